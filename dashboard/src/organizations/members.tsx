/**
 * Who belongs to an organization, and the roles that each has there.
 */
import { Badge, Group, Modal, MultiSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Member, User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { roleChoicesQuery } from '../roles/queries.ts';
import { AddButton, RowButton } from '../ui/buttons.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Paged } from '../ui/pager.tsx';
import { useRemoval } from '../ui/removal.ts';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Empty, InlineFailure, Loaded } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { AddUser } from '../users/add-user.tsx';
import { UserAvatar, userSubtitle, userTitle } from '../users/person.tsx';
import {
  memberListQuery,
  organizationPath,
  PER_PAGE,
  useOrganization,
  useOrganizationDeed,
  useRestoreMember,
} from './queries.ts';

const route = getRouteApi('/organizations/$organizationId/members');

export function MembersTab() {
  const organization = useOrganization();
  const { api } = useDashboard();
  const { page = 1 } = route.useSearch();
  const query = useQuery(memberListQuery(api, organization.id, page));
  const [adding, dialog] = useDisclosure(false);
  const [editing, setEditing] = useState<Member>();
  const removal = useRemoval(
    useOrganizationDeed<Member>(organization.id, ({ user_id }) => ({
      path: organizationPath(organization.id, 'members'),
      method: 'DELETE',
      body: { members: [user_id] },
    })),
    useRestoreMember(organization.id),
    (member) => `${userTitle(member)} is no longer a member`,
  );
  const button = (
    <AddButton scope="create:organization_members" onClick={dialog.open}>
      Add member
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Members"
        isEmpty={({ total }) => total === 0}
        empty={
          <Empty icon={<IconUsers />} title="No member yet" actions={button}>
            Add people who are users already. Whoever is not gets an invitation.
          </Empty>
        }
      >
        {({ members, total }) => (
          <>
            <Toolbar text="Roles are given within this organization only.">{button}</Toolbar>
            <InlineFailure error={removal.error} />
            <Paged perPage={PER_PAGE} total={total} thing="member" things="members" isBeyond={members.length === 0}>
              <Rows label="Members">
                {members.map((member) => (
                  <MemberRow
                    key={member.user_id}
                    member={member}
                    onEdit={() => setEditing(member)}
                    onRemove={() => removal.remove(member)}
                  />
                ))}
              </Rows>
            </Paged>
          </>
        )}
      </Listed>
      <Modal opened={adding} onClose={dialog.close} title="Add a member">
        <AddMember
          organizationId={organization.id}
          without={query.data?.members.flatMap(({ user_id }) => user_id ?? []) ?? []}
          onClose={dialog.close}
        />
      </Modal>
      <Modal opened={editing !== undefined} onClose={() => setEditing(undefined)} title="Roles of this member">
        {editing && <Roles organizationId={organization.id} member={editing} onClose={() => setEditing(undefined)} />}
      </Modal>
    </>
  );
}

type MemberRowProps = { member: Member; onEdit: () => void; onRemove: () => void };

function MemberRow({ member, onEdit, onRemove }: MemberRowProps) {
  return (
    <IconRow
      icon={<UserAvatar user={member} />}
      action={
        <Group gap={6} wrap="nowrap">
          <RowButton scope="create:organization_member_roles" label={`Roles of ${userTitle(member)}`} onClick={onEdit}>
            Roles
          </RowButton>
          <RowButton scope="delete:organization_members" label={`Remove ${userTitle(member)}`} onClick={onRemove}>
            Remove
          </RowButton>
        </Group>
      }
    >
      <Link to="/users/$userId" params={{ userId: member.user_id ?? '' }} className={rowLink}>
        {userTitle(member)}
      </Link>
      <Text size="sm" c="dimmed" truncate>
        {userSubtitle(member)}
      </Text>
      {(member.roles ?? []).length > 0 && (
        <Group gap={6} mt={4}>
          {member.roles?.map(({ id, name }) => (
            <Badge key={id} variant="default">
              {name}
            </Badge>
          ))}
        </Group>
      )}
    </IconRow>
  );
}

type AddMemberProps = { organizationId: string; without: string[]; onClose: () => void };

function AddMember({ organizationId, without, onClose }: AddMemberProps) {
  const add = useOrganizationDeed<User>(organizationId, ({ user_id }) => ({
    path: organizationPath(organizationId, 'members'),
    method: 'POST',
    body: { members: [user_id] },
  }));
  return <AddUser without={without} add={add} done="is a member" onClose={onClose} />;
}

type RolesProps = { organizationId: string; member: Member; onClose: () => void };

function Roles({ organizationId, member, onClose }: RolesProps) {
  const { api } = useDashboard();
  const all = useQuery(roleChoicesQuery(api));
  const [chosen, setChosen] = useState((member.roles ?? []).map(({ id }) => id));
  const before = (member.roles ?? []).map(({ id }) => id);
  const path = organizationPath(organizationId, 'members', member.user_id ?? '', 'roles');
  const change = useOrganizationDeed<{ method: 'POST' | 'DELETE'; roles: string[] }>(
    organizationId,
    ({ method, roles }) => ({ path, method, body: { roles } }),
  );
  const given = chosen.filter((id) => !before.includes(id));
  const taken = before.filter((id) => !chosen.includes(id));
  const save = async () => {
    if (given.length > 0) await change.mutateAsync({ method: 'POST', roles: given });
    if (taken.length > 0) await change.mutateAsync({ method: 'DELETE', roles: taken });
    onClose();
    notifyDone('Saved');
  };
  return (
    <Loaded query={all}>
      {(roles) => (
        <DialogForm
          // What fails is shown by the form.
          onSubmit={() => save().catch(() => undefined)}
          onClose={onClose}
          action="Save"
          ready={given.length + taken.length > 0}
          pending={change.isPending}
          error={change.error}
        >
          <MultiSelect
            data-autofocus
            searchable
            label={`Roles of ${userTitle(member)}`}
            placeholder={chosen.length === 0 ? 'Choose one or more' : undefined}
            nothingFoundMessage="No role found"
            data={roles
              .filter(({ type, owner_id }) => type !== 'organization' || owner_id === organizationId)
              .map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            comboboxProps={{ withinPortal: false }}
            onChange={setChosen}
          />
        </DialogForm>
      )}
    </Loaded>
  );
}
