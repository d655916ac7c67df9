/**
 * Who administers this tenant: people with their roles, and those who were invited and have not come yet.
 */
import { Badge, Group, Modal, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailForward } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ADMINISTRATOR_ROLES } from '../../../server/tenants/administrator-roles.ts';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { AddButton, RowButton } from '../ui/buttons.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Ago } from '../ui/moment.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Failure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { UserAvatar, userSubtitle, userTitle } from '../users/person.tsx';
import { AddAdministrator } from './add-administrator.tsx';
import {
  type Administrator,
  type AdministratorInvitation,
  type AdministratorRole,
  administratorsQuery,
  invitationsQuery,
  useRemoveAdministrator,
  useWithdraw,
} from './administrator-queries.ts';
import { ChangeRoles } from './administrator-roles.tsx';

export function AdministratorsTab() {
  const { api, session } = useDashboard();
  const administrators = useQuery(administratorsQuery(api));
  const [adding, dialog] = useDisclosure(false);
  const remove = useRemoveAdministrator();
  const removal = useAsked<Administrator>(
    { ...remove, mutate: ({ user_id }, options) => remove.mutate(user_id, options) },
    (one) => `${userTitle(one)} no longer administers this tenant`,
  );
  const [changing, setChanging] = useState<Administrator>();
  return (
    <>
      <Toolbar text="Who may use this dashboard, and for what. Roles that are taken away count at once; new ones at the next sign-in or reload.">
        {administrators.data && (
          <AddButton scope="create:administrators" onClick={dialog.open}>
            Add administrator
          </AddButton>
        )}
      </Toolbar>
      {administrators.isPending && <RowSkeletons label="Administrators" count={2} />}
      {administrators.isError && !administrators.data && (
        <Failure error={administrators.error} onRetry={() => administrators.refetch()} />
      )}
      {administrators.data && (
        <>
          <Rows label="Administrators">
            {administrators.data.map((one) => (
              <AdministratorRow
                key={one.user_id}
                administrator={one}
                onChange={() => setChanging(one)}
                onRemove={() => removal.ask(one)}
              />
            ))}
          </Rows>
          <Invitations />
        </>
      )}
      <Modal opened={adding} onClose={dialog.close} title="Add administrator" size="lg">
        <AddAdministrator without={administrators.data?.map(({ user_id }) => user_id) ?? []} onClose={dialog.close} />
      </Modal>
      <Modal opened={changing !== undefined} onClose={() => setChanging(undefined)} title="Change roles" size="lg">
        {changing && <ChangeRoles administrator={changing} onClose={() => setChanging(undefined)} />}
      </Modal>
      <Confirm {...removal.question} title="Remove this administrator?" action="Remove">
        <strong>{removal.about && userTitle(removal.about)}</strong> can do nothing here any more, from this moment on.
        The user stays.
        {removal.about?.user_id === session.profile.sub &&
          ' That is you: you will need somebody else to let you in again.'}
      </Confirm>
    </>
  );
}

type RowProps = { administrator: Administrator; onChange: () => void; onRemove: () => void };

function AdministratorRow({ administrator, onChange, onRemove }: RowProps) {
  const { session } = useDashboard();
  const { user_id, roles, last_login, blocked } = administrator;
  const title = userTitle(administrator);
  return (
    <IconRow
      icon={<UserAvatar user={administrator} />}
      action={
        <Group gap={6} wrap="nowrap">
          <RowButton scope="update:administrators" label={`Roles of ${title}`} onClick={onChange}>
            Roles
          </RowButton>
          <RowButton scope="delete:administrators" label={`Remove ${title}`} onClick={onRemove}>
            Remove
          </RowButton>
        </Group>
      }
    >
      <Group gap="2px 8px">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Text>
        {user_id === session.profile.sub && <Badge variant="default">You</Badge>}
        {blocked && (
          <Badge variant="outline" color="red">
            Blocked
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {userSubtitle(administrator)}
        {last_login && (
          <>
            {' · signed in '}
            <Ago at={last_login} span inherit />
          </>
        )}
      </Text>
      <RoleBadges roles={roles} />
    </IconRow>
  );
}

function RoleBadges({ roles }: { roles: readonly AdministratorRole[] }) {
  return (
    <Group gap={6} mt={4}>
      {roles.map((role) => (
        <Badge key={role} variant={role === 'admin' ? 'light' : 'default'} tt="none" fw={550}>
          {ADMINISTRATOR_ROLES[role].name}
        </Badge>
      ))}
    </Group>
  );
}

function Invitations() {
  const { api } = useDashboard();
  const invitations = useQuery(invitationsQuery(api));
  const withdraw = useWithdraw();
  const withdrawal = useAsked<AdministratorInvitation>(
    { ...withdraw, mutate: ({ id }, options) => withdraw.mutate(id, options) },
    'The invitation was withdrawn',
  );
  if (!invitations.data?.length) return null;
  return (
    <Section title="Invitations" description="Sent, and not used yet. Each link works once, for three days.">
      <Rows label="Invitations">
        {invitations.data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onWithdraw={() => withdrawal.ask(invitation)} />
        ))}
      </Rows>
      <Confirm {...withdrawal.question} title="Withdraw this invitation?" action="Withdraw">
        The link that <strong>{withdrawal.about?.email}</strong> got stops working.
      </Confirm>
    </Section>
  );
}

type InvitationRowProps = { invitation: AdministratorInvitation; onWithdraw: () => void };

function InvitationRow({ invitation, onWithdraw }: InvitationRowProps) {
  const { email, roles, expires_at, inviter } = invitation;
  const isOver = Date.parse(expires_at) <= Date.now();
  return (
    <IconRow
      icon={
        <ThemeIcon variant="light" size={38} radius="md" aria-hidden>
          <IconMailForward size={20} stroke={1.6} />
        </ThemeIcon>
      }
      action={
        <RowButton scope="delete:administrators" label={`Withdraw ${email}`} onClick={onWithdraw}>
          Withdraw
        </RowButton>
      }
    >
      <Group gap="2px 8px">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
        {isOver && <Badge variant="default">Expired</Badge>}
      </Group>
      <Text size="sm" c="dimmed">
        {inviter && `Invited by ${inviter}, `}
        {isOver ? 'expired' : 'expires'} <Ago at={expires_at} span inherit />
      </Text>
      <RoleBadges roles={roles} />
    </IconRow>
  );
}
