/**
 * The page of one role: what it is, and its tabs.
 */
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Role } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { isNotFound, NotThere } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { Loaded } from '../ui/states.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { RoleIcon } from './icon.tsx';
import { roleQuery } from './queries.ts';

export function RoleScreen() {
  const { api } = useDashboard();
  const { roleId } = getRouteApi('/roles/$roleId').useParams();
  const query = useQuery(roleQuery(api, roleId));
  if (isNotFound(query.error)) return <NotThere error={query.error} to="/roles" label="Go to roles" />;
  return <Loaded query={query}>{(role) => <RolePage role={role} />}</Loaded>;
}

function RolePage({ role }: { role: Role }) {
  const params = { roleId: role.id };
  return (
    <Page
      title={role.name}
      back={<BackLink to="/roles">Roles</BackLink>}
      icon={<RoleIcon size={52} />}
      description={
        <Group gap={4} wrap="nowrap" miw={0}>
          <Text span ff="monospace" size="sm" truncate>
            {role.id}
          </Text>
          <CopyIcon value={role.id} label="role ID" />
        </Group>
      }
    >
      <TabPages
        label={role.name}
        tabs={[
          { name: 'settings', label: 'Settings', link: { to: '/roles/$roleId', params } },
          { name: 'permissions', label: 'Permissions', link: { to: '/roles/$roleId/permissions', params } },
          { name: 'users', label: 'Users', link: { to: '/roles/$roleId/users', params } },
        ]}
      />
    </Page>
  );
}
