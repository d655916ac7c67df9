/**
 * Who was invited to an organization and has not come yet.
 */
import { Badge, Group, Modal, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailForward } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { clientChoicesQuery } from '../api/choices.ts';
import { May } from '../api/may.tsx';
import type { Invitation } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { AddButton, RowButton } from '../ui/buttons.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { Ago } from '../ui/moment.tsx';
import { Paged } from '../ui/pager.tsx';
import { Rows } from '../ui/rows.tsx';
import { Empty } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { Invite } from './invite.tsx';
import { invitationListQuery, organizationPath, PER_PAGE, useOrganization, useOrganizationDeed } from './queries.ts';

const route = getRouteApi('/organizations/$organizationId/invitations');

export function InvitationsTab() {
  const organization = useOrganization();
  const { api } = useDashboard();
  const { page = 1 } = route.useSearch();
  const query = useQuery(invitationListQuery(api, organization.id, page));
  const clients = useQuery(clientChoicesQuery(api)).data;
  const [inviting, dialog] = useDisclosure(false);
  const revoke = useOrganizationDeed<Invitation>(organization.id, ({ id }) => ({
    path: organizationPath(organization.id, 'invitations', id),
    method: 'DELETE',
  }));
  const withdrawal = useAsked(revoke, 'The invitation was withdrawn');
  const button = (
    <AddButton scope="create:organization_invitations" onClick={dialog.open}>
      Invite
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Invitations"
        isEmpty={({ total }) => total === 0}
        empty={
          <Empty icon={<IconMailForward />} title="No invitation is open" actions={button}>
            Invite people by email. The link leads to the login page of an application and makes them members.
          </Empty>
        }
      >
        {({ invitations, total }) => (
          <>
            <Toolbar text="Invitations that nobody has used yet.">{button}</Toolbar>
            <Paged
              perPage={PER_PAGE}
              total={total}
              thing="invitation"
              things="invitations"
              isBeyond={invitations.length === 0}
            >
              <Rows label="Invitations">
                {invitations.map((invitation) => (
                  <InvitationRow
                    key={invitation.id}
                    invitation={invitation}
                    client={
                      clients?.find(({ client_id }) => client_id === invitation.client_id)?.name ?? invitation.client_id
                    }
                    onRevoke={() => withdrawal.ask(invitation)}
                  />
                ))}
              </Rows>
            </Paged>
          </>
        )}
      </Listed>
      <Modal opened={inviting} onClose={dialog.close} title="Invite to this organization">
        <Invite organizationId={organization.id} onClose={dialog.close} />
      </Modal>
      <Confirm {...withdrawal.question} title="Withdraw this invitation?" action="Withdraw">
        The link that <strong>{withdrawal.about?.invitee.email}</strong> got stops working.
      </Confirm>
    </>
  );
}

type InvitationRowProps = { invitation: Invitation; client: string; onRevoke: () => void };

function InvitationRow({ invitation, client, onRevoke }: InvitationRowProps) {
  const { invitee, inviter, invitation_url, expires_at } = invitation;
  const isOver = Date.parse(expires_at) <= Date.now();
  return (
    <IconRow
      icon={
        <ThemeIcon variant="light" size={38} radius="md" aria-hidden>
          <IconMailForward size={20} stroke={1.6} />
        </ThemeIcon>
      }
      action={
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <May scope="create:organization_invitations">
            <CopyIcon value={invitation_url} label={`link for ${invitee.email}`} />
          </May>
          <RowButton scope="delete:organization_invitations" label={`Withdraw ${invitee.email}`} onClick={onRevoke}>
            Withdraw
          </RowButton>
        </Group>
      }
    >
      <Group gap="2px 8px">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {invitee.email}
        </Text>
        {isOver && <Badge variant="default">Expired</Badge>}
      </Group>
      <Text size="sm" c="dimmed">
        {client} · invited by {inviter.name} · {isOver ? 'expired' : 'expires'} <Ago at={expires_at} span inherit />
      </Text>
    </IconRow>
  );
}
