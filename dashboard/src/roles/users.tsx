import { Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { RoleUser, User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddButton, RowButton } from '../ui/buttons.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { Paged } from '../ui/pager.tsx';
import { useRemoval } from '../ui/removal.ts';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Empty, InlineFailure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { AddUser } from '../users/add-user.tsx';
import { UserAvatar, userSubtitle, userTitle } from '../users/person.tsx';
import { PER_PAGE, rolePath, roleUsersQuery, useRole, useRoleDeed } from './queries.ts';

const route = getRouteApi('/roles/$roleId/users');

/** Who has a role. */
export function UsersTab() {
  const role = useRole();
  const { api } = useDashboard();
  const { page = 1 } = route.useSearch();
  const query = useQuery(roleUsersQuery(api, role.id, page));
  const [adding, dialog] = useDisclosure(false);
  const removal = useRemoval(
    useRoleDeed<RoleUser>(role.id, ({ user_id }) => ({
      path: `/users/${encodeURIComponent(user_id)}/roles`,
      method: 'DELETE',
      body: { roles: [role.id] },
    })),
    useRoleDeed<RoleUser>(role.id, ({ user_id }) => addition(role.id, user_id)),
    (user) => `${userTitle(user)} lost the role`,
  );
  const button = (
    <AddButton scope={['update:roles', 'create:role_members']} onClick={dialog.open}>
      Add user
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Users"
        isEmpty={({ total }) => total === 0}
        empty={
          <Empty icon={<IconUsers />} title="Nobody has this role" actions={button}>
            Whoever you add has the permissions of the role from the next access token on.
          </Empty>
        }
      >
        {({ users, total }) => (
          <>
            <Toolbar text="Those who were given this role themselves.">{button}</Toolbar>
            <InlineFailure error={removal.error} />
            <Paged perPage={PER_PAGE} total={total} thing="user" things="users" isBeyond={users.length === 0}>
              <Rows label="Users">
                {users.map((user) => (
                  <IconRow
                    key={user.user_id}
                    icon={<UserAvatar user={user} />}
                    action={
                      <RowButton
                        scope={['update:users', 'delete:role_members']}
                        label={`Remove ${userTitle(user)}`}
                        onClick={() => removal.remove(user)}
                      >
                        Remove
                      </RowButton>
                    }
                  >
                    <Link to="/users/$userId" params={{ userId: user.user_id }} className={rowLink}>
                      {userTitle(user)}
                    </Link>
                    <Text size="sm" c="dimmed" truncate>
                      {userSubtitle(user)}
                    </Text>
                  </IconRow>
                ))}
              </Rows>
            </Paged>
          </>
        )}
      </Listed>
      <Modal opened={adding} onClose={dialog.close} title="Add a user to this role">
        <AddToRole
          roleId={role.id}
          without={query.data?.users.map(({ user_id }) => user_id) ?? []}
          onClose={dialog.close}
        />
      </Modal>
    </>
  );
}

function AddToRole({ roleId, without, onClose }: { roleId: string; without: string[]; onClose: () => void }) {
  const add = useRoleDeed<User>(roleId, ({ user_id }) => addition(roleId, user_id));
  return <AddUser without={without} add={add} done="has the role" onClose={onClose} />;
}

function addition(roleId: string, userId: string) {
  return { path: rolePath(roleId, 'users'), method: 'POST', body: { users: [userId] } } as const;
}
