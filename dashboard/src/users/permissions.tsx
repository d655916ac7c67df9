import { Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../api/may.tsx';
import type { SourcedPermission } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import {
  AddPermissions,
  type NamedPermission,
  PermissionRows,
  permissionName,
  RoleSource,
} from '../roles/permission-list.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { Listed } from '../ui/listed.tsx';
import { useRemoval } from '../ui/removal.ts';
import { Empty, InlineFailure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { userPath, userPermissionsQuery, useUser, useUserDeed } from './queries.ts';

/** What a user may do at APIs: by single permissions, which are given and taken here, and by roles. */
export function PermissionsTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const mayChange = useMay('update:users');
  const query = useQuery(userPermissionsQuery(api, user_id));
  const [adding, dialog] = useDisclosure(false);
  const request = (method: 'POST' | 'DELETE', permissions: NamedPermission[]) => ({
    path: userPath(user_id, 'permissions'),
    method,
    body: { permissions },
  });
  const add = useUserDeed<NamedPermission[]>(user_id, (permissions) => request('POST', permissions));
  const removal = useRemoval(
    useUserDeed<SourcedPermission>(user_id, (permission) => request('DELETE', [permissionName(permission)])),
    useUserDeed<SourcedPermission>(user_id, (permission) => request('POST', [permissionName(permission)])),
    ({ permission_name }) => `${permission_name} was removed`,
  );
  const permissions = query.data ?? [];
  const open = () => {
    add.reset();
    dialog.open();
  };
  const button = (
    <AddButton scope="update:users" onClick={open}>
      Add permissions
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Permissions"
        avatar={false}
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty icon={<IconLockOpen />} title="No permission yet" actions={button}>
            Permissions come with roles, which is easier to look after, or one by one from here.
          </Empty>
        }
      >
        {() => (
          <>
            <Toolbar text="What this user may do at your APIs. What comes from a role is taken away by taking the role.">
              {button}
            </Toolbar>
            <InlineFailure error={removal.error} />
            <PermissionRows
              permissions={permissions.map((permission) => ({
                permission,
                source: <Sources permission={permission} />,
                onRemove: mayChange && isDirect(permission) ? () => removal.remove(permission) : undefined,
              }))}
            />
          </>
        )}
      </Listed>
      <AddPermissions opened={adding} onClose={dialog.close} given={permissions.filter(isDirect)} add={add} />
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
