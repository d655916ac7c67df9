/**
 * The page of one role: what it is, and its tabs.
 */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Role } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { RoleIcon } from './icon.tsx';
import { roleQuery } from './queries.ts';

export function RoleScreen() {
  const { api } = useDashboard();
  const { roleId } = getRouteApi('/roles/$roleId').useParams();
  const query = useQuery(roleQuery(api, roleId));
  return (
    <Found query={query} to="/roles" label="Go to roles">
      {(role) => <RolePage role={role} />}
    </Found>
  );
}

function RolePage({ role }: { role: Role }) {
  const params = { roleId: role.id };
  return (
    <Page
      title={role.name}
      back={<BackLink to="/roles">Roles</BackLink>}
      icon={<RoleIcon size={52} />}
      description={<CopyLine value={role.id} label="role ID" />}
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
