import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockOpen, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { May, useMay } from '../api/may.tsx';
import type { SourcedPermission } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddPermissions, type NamedPermission, PermissionRows, RoleSource } from '../roles/permission-list.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { permissionName, userPath, userPermissionsQuery, useUser, useUserDeed } from './queries.ts';

/** What a user may do at APIs: by single permissions, which are given and taken here, and by roles. */
export function PermissionsTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const mayChange = useMay('update:users');
  const query = useQuery(userPermissionsQuery(api, user_id));
  const [adding, dialog] = useDisclosure(false);
  const [removing, setRemoving] = useState<SourcedPermission>();
  const path = userPath(user_id, 'permissions');
  const add = useUserDeed<NamedPermission[]>(user_id, (permissions) => ({
    path,
    method: 'POST',
    body: { permissions },
  }));
  const remove = useUserDeed<SourcedPermission>(user_id, (permission) => ({
    path,
    method: 'DELETE',
    body: { permissions: [permissionName(permission)] },
  }));
  const permissions = query.data ?? [];
  const button = (
    <May scope="update:users">
      <Button
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => {
          add.reset();
          dialog.open();
        }}
      >
        Add permissions
      </Button>
    </May>
  );
  return (
    <>
      {query.isPending && <RowSkeletons label="Permissions" avatar={false} />}
      {query.isError && !query.data && <Failure error={query.error} onRetry={() => query.refetch()} />}
      {query.isSuccess && permissions.length === 0 && (
        <Empty icon={<IconLockOpen />} title="No permission yet" actions={button}>
          Permissions come with roles, which is easier to look after, or one by one from here.
        </Empty>
      )}
      {permissions.length > 0 && (
        <>
          <Toolbar text="What this user may do at your APIs. What comes from a role is taken away by taking the role.">
            {button}
          </Toolbar>
          <PermissionRows
            permissions={permissions.map((permission) => ({
              permission,
              source: <Sources permission={permission} />,
              onRemove:
                mayChange && isDirect(permission)
                  ? () => {
                      remove.reset();
                      setRemoving(permission);
                    }
                  : undefined,
            }))}
          />
        </>
      )}
      <AddPermissions
        opened={adding}
        onClose={dialog.close}
        given={permissions.filter(isDirect)}
        pending={add.isPending}
        error={add.error}
        onAdd={(chosen) =>
          add.mutate(chosen, {
            onSuccess: () => {
              dialog.close();
              notifyDone(chosen.length === 1 ? 'Permission added' : `${chosen.length} permissions added`);
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
        The user loses <strong>{removing?.permission_name}</strong> at {removing?.resource_server_name}, unless a role
        still gives it.
      </Confirm>
    </>
  );
}

function Sources({ permission }: { permission: SourcedPermission }) {
  const roles = permission.sources.filter(({ source_type }) => source_type === 'ROLE');
  return (
    <Group gap={6}>
      {roles.map(({ source_id, source_name }) => (
        <RoleSource key={source_id} name={source_name} />
      ))}
    </Group>
  );
}

function isDirect({ sources }: SourcedPermission) {
  return sources.some(({ source_type }) => source_type === 'DIRECT');
}
