import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockOpen, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { May, useMay } from '../api/may.tsx';
import type { SourcedPermission } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddPermissions, type NamedPermission, PermissionRows, RoleSource } from '../roles/permission-list.tsx';
import { useAsked } from '../ui/asked.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Listed } from '../ui/listed.tsx';
import { Empty } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { permissionName, userPath, userPermissionsQuery, useUser, useUserDeed } from './queries.ts';

/** What a user may do at APIs: by single permissions, which are given and taken here, and by roles. */
export function PermissionsTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const mayChange = useMay('update:users');
  const query = useQuery(userPermissionsQuery(api, user_id));
  const [adding, dialog] = useDisclosure(false);
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
  const removal = useAsked(remove, 'Permission removed');
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
            <PermissionRows
              permissions={permissions.map((permission) => ({
                permission,
                source: <Sources permission={permission} />,
                onRemove: mayChange && isDirect(permission) ? () => removal.ask(permission) : undefined,
              }))}
            />
          </>
        )}
      </Listed>
      <AddPermissions opened={adding} onClose={dialog.close} given={permissions.filter(isDirect)} add={add} />
      <Confirm {...removal.question} title="Remove this permission?" action="Remove">
        The user loses <strong>{removal.about?.permission_name}</strong> at {removal.about?.resource_server_name},
        unless a role still gives it.
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
