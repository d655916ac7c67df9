import { useDisclosure } from '@mantine/hooks';
import { IconLockOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../api/may.tsx';
import type { Permission } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { Listed } from '../ui/listed.tsx';
import { Paged } from '../ui/pager.tsx';
import { useRemoval } from '../ui/removal.ts';
import { Empty, InlineFailure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { AddPermissions, type NamedPermission, PermissionRows, permissionName } from './permission-list.tsx';
import { PER_PAGE, rolePath, rolePermissionsQuery, useRole, useRoleDeed } from './queries.ts';

const route = getRouteApi('/roles/$roleId/permissions');

/** What users of a role may do. */
export function PermissionsTab() {
  const role = useRole();
  const { api } = useDashboard();
  const mayChange = useMay('update:roles');
  const { page = 1 } = route.useSearch();
  const query = useQuery(rolePermissionsQuery(api, role.id, page));
  const [adding, dialog] = useDisclosure(false);
  const request = (method: 'POST' | 'DELETE', permissions: NamedPermission[]) => ({
    path: rolePath(role.id, 'permissions'),
    method,
    body: { permissions },
  });
  const add = useRoleDeed<NamedPermission[]>(role.id, (permissions) => request('POST', permissions));
  const removal = useRemoval(
    useRoleDeed<Permission>(role.id, (permission) => request('DELETE', [permissionName(permission)])),
    useRoleDeed<Permission>(role.id, (permission) => request('POST', [permissionName(permission)])),
    ({ permission_name }) => `${permission_name} was removed`,
  );
  const open = () => {
    add.reset();
    dialog.open();
  };
  const button = (
    <AddButton scope="update:roles" onClick={open}>
      Add permissions
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Permissions"
        avatar={false}
        isEmpty={({ total }) => total === 0}
        empty={
          <Empty icon={<IconLockOpen />} title="This role allows nothing yet" actions={button}>
            Add permissions of your APIs. Whoever has the role gets them in access tokens, as far as the client asks.
          </Empty>
        }
      >
        {({ permissions, total }) => (
          <>
            <Toolbar text="Whoever has this role may do this.">{button}</Toolbar>
            <InlineFailure error={removal.error} />
            <Paged
              perPage={PER_PAGE}
              total={total}
              thing="permission"
              things="permissions"
              isBeyond={permissions.length === 0}
            >
              <PermissionRows
                permissions={permissions.map((permission) => ({
                  permission,
                  onRemove: mayChange ? () => removal.remove(permission) : undefined,
                }))}
              />
            </Paged>
          </>
        )}
      </Listed>
      <AddPermissions opened={adding} onClose={dialog.close} given={query.data?.permissions ?? []} add={add} />
    </>
  );
}
