import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockOpen, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { May, useMay } from '../api/may.tsx';
import type { Permission } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Pager } from '../ui/pager.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
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
  const [removing, setRemoving] = useState<Permission>();
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
  const open = () => {
    add.reset();
    dialog.open();
  };
  const total = query.data?.total ?? 0;
  const button = (
    <May scope="update:roles">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
        Add permissions
      </Button>
    </May>
  );
  return (
    <>
      {query.isPending && <RowSkeletons label="Permissions" avatar={false} />}
      {query.isError && !query.data && <Failure error={query.error} onRetry={() => query.refetch()} />}
      {query.isSuccess && total === 0 && (
        <Empty icon={<IconLockOpen />} title="This role allows nothing yet" actions={button}>
          Add permissions of your APIs. Whoever has the role gets them in access tokens, as far as the client asks.
        </Empty>
      )}
      {query.data && total > 0 && (
        <>
          <Toolbar text="Whoever has this role may do this.">{button}</Toolbar>
          <Stack gap="lg">
            <PermissionRows
              permissions={query.data.permissions.map((permission) => ({
                permission,
                onRemove: mayChange
                  ? () => {
                      remove.reset();
                      setRemoving(permission);
                    }
                  : undefined,
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
      <AddPermissions
        opened={adding}
        onClose={dialog.close}
        given={query.data?.permissions ?? []}
        pending={add.isPending}
        error={add.error}
        onAdd={(permissions) =>
          add.mutate(permissions, {
            onSuccess: () => {
              dialog.close();
              notifyDone(permissions.length === 1 ? 'Permission added' : `${permissions.length} permissions added`);
            },
          })
        }
      />
      <Confirm
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        onConfirm={() =>
          removing &&
          remove.mutate(removing, {
            onSuccess: () => {
              setRemoving(undefined);
              notifyDone('Permission removed');
            },
          })
        }
        title="Remove this permission?"
        action="Remove"
        pending={remove.isPending}
        error={remove.error}
      >
        Everybody who has <strong>{role.name}</strong> loses <strong>{removing?.permission_name}</strong>, unless they
        have it otherwise.
      </Confirm>
    </>
  );
}
