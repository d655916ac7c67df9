/**
 * The page of one user: who it is, what can be done, and its tabs.
 */
import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { UserActions } from './actions.tsx';
import { UserAvatar, UserBadges, userTitle } from './person.tsx';
import { userQuery } from './queries.ts';

export function UserScreen() {
  const { api } = useDashboard();
  const { userId } = getRouteApi('/users/$userId').useParams();
  const query = useQuery(userQuery(api, userId));
  return (
    <Found query={query} to="/users" label="Go to users">
      {(user) => <UserPage user={user} />}
    </Found>
  );
}

const TABS = [
  { name: 'profile', label: 'Profile', to: '/users/$userId' },
  { name: 'devices', label: 'Devices', to: '/users/$userId/devices', scopes: ['read:sessions', 'read:refresh_tokens'] },
  { name: 'history', label: 'History', to: '/users/$userId/history', scopes: ['read:logs', 'read:logs_users'] },
  { name: 'roles', label: 'Roles', to: '/users/$userId/roles' },
  { name: 'permissions', label: 'Permissions', to: '/users/$userId/permissions' },
  { name: 'metadata', label: 'Metadata', to: '/users/$userId/metadata' },
  { name: 'json', label: 'Raw JSON', to: '/users/$userId/json' },
] as const;

function UserPage({ user }: { user: User }) {
  const params = { userId: user.user_id };
  return (
    <Page
      title={userTitle(user)}
      back={<BackLink to="/users">Users</BackLink>}
      icon={<UserAvatar user={user} size={52} />}
      actions={<UserActions user={user} />}
      description={
        <Group gap="4px 12px">
          <CopyLine value={user.user_id} label="user ID" />
          <UserBadges user={user} />
        </Group>
      }
    >
      <TabPages label={userTitle(user)} tabs={TABS.map(({ to, ...tab }) => ({ ...tab, link: { to, params } }))} />
    </Page>
  );
}
