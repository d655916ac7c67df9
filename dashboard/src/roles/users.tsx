import { Button, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { May } from '../api/may.tsx';
import type { RoleUser, User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { Confirm } from '../ui/confirm.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { Pager } from '../ui/pager.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Empty } from '../ui/states.tsx';
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
  const navigate = route.useNavigate();
  const query = useQuery(roleUsersQuery(api, role.id, page));
  const [adding, dialog] = useDisclosure(false);
  const remove = useRoleDeed<RoleUser>(role.id, ({ user_id }) => ({
    path: `/users/${encodeURIComponent(user_id)}/roles`,
    method: 'DELETE',
    body: { roles: [role.id] },
  }));
  const removal = useAsked(remove, 'Removed from the role');
  const button = (
    <May scope={['update:roles', 'create:role_members']}>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={dialog.open}>
        Add user
      </Button>
    </May>
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
            <Stack gap="lg">
              <Rows label="Users">
                {users.map((user) => (
                  <IconRow
                    key={user.user_id}
                    icon={<UserAvatar user={user} />}
                    action={
                      <May scope={['update:users', 'delete:role_members']}>
                        <Button
                          variant="default"
                          size="xs"
                          aria-label={`Remove ${userTitle(user)}`}
                          onClick={() => removal.ask(user)}
                        >
                          Remove
                        </Button>
                      </May>
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
              <Pager
                page={page}
                perPage={PER_PAGE}
                total={total}
                thing="user"
                things="users"
                onChange={(next) => navigate({ search: { page: next > 1 ? next : undefined } })}
              />
            </Stack>
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
      <Confirm {...removal.question} title="Take the role from this user?" action="Remove">
        <strong>{removal.about && userTitle(removal.about)}</strong> loses the permissions of{' '}
        <strong>{role.name}</strong>.
      </Confirm>
    </>
  );
}

function AddToRole({ roleId, without, onClose }: { roleId: string; without: string[]; onClose: () => void }) {
  const add = useRoleDeed<User>(roleId, ({ user_id }) => ({
    path: rolePath(roleId, 'users'),
    method: 'POST',
    body: { users: [user_id] },
  }));
  return <AddUser without={without} add={add} done="has the role" onClose={onClose} />;
}
