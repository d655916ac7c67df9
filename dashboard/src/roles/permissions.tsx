import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockOpen, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { May, useMay } from '../api/may.tsx';
import type { Permission } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Listed } from '../ui/listed.tsx';
import { Pager } from '../ui/pager.tsx';
import { Empty } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { AddPermissions, type NamedPermission, PermissionRows } from './permission-list.tsx';
import { PER_PAGE, rolePath, rolePermissionsQuery, useRole, useRoleDeed } from './queries.ts';

const route = getRouteApi('/roles/$roleId/permissions');

/** What users of a role may do. */
export function PermissionsTab() {
  const role = useRole();
  const { api } = useDashboard();
  const mayChange = useMay('update:roles');
  const { page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(rolePermissionsQuery(api, role.id, page));
  const [adding, dialog] = useDisclosure(false);
  const path = rolePath(role.id, 'permissions');
  const add = useRoleDeed<NamedPermission[]>(role.id, (permissions) => ({
    path,
    method: 'POST',
    body: { permissions },
  }));
  const remove = useRoleDeed<Permission>(role.id, ({ resource_server_identifier, permission_name }) => ({
    path,
    method: 'DELETE',
    body: { permissions: [{ resource_server_identifier, permission_name }] },
  }));
  const removal = useAsked(remove, 'Permission removed');
  const open = () => {
    add.reset();
    dialog.open();
  };
  const button = (
    <May scope="update:roles">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
        Add permissions
      </Button>
    </May>
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
            <Stack gap="lg">
              <PermissionRows
                permissions={permissions.map((permission) => ({
                  permission,
                  onRemove: mayChange ? () => removal.ask(permission) : undefined,
                }))}
              />
              <Pager
                page={page}
                perPage={PER_PAGE}
                total={total}
                thing="permission"
                things="permissions"
                onChange={(next) => navigate({ search: { page: next > 1 ? next : undefined } })}
              />
            </Stack>
          </>
        )}
      </Listed>
      <AddPermissions opened={adding} onClose={dialog.close} given={query.data?.permissions ?? []} add={add} />
      <Confirm {...removal.question} title="Remove this permission?" action="Remove">
        Everybody who has <strong>{role.name}</strong> loses <strong>{removal.about?.permission_name}</strong>, unless
        they have it otherwise.
      </Confirm>
    </>
  );
}
