/**
 * The permissions an API knows: the values of `scope` that clients ask for and that users and roles are given.
 */
import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { pathOf, reasonOf } from '../api/errors.ts';
import { May, useMay } from '../api/may.tsx';
import { useAsked } from '../ui/asked.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { Empty, InlineFailure } from '../ui/states.tsx';
import { type ResourceServer, useResourceServer, useUpdateApi } from './queries.ts';

type Permission = NonNullable<ResourceServer['scopes']>[number];

export function PermissionsTab() {
  const resourceServer = useResourceServer();
  const { scopes, is_system } = resourceServer;
  const permissions = scopes ?? [];
  return (
    <Stack gap="lg" pt="xl">
      <Text size="sm" c="dimmed" maw={620}>
        {is_system
          ? 'These permissions belong to the Management API. They cannot be changed.'
          : 'What can be allowed at this API. Clients ask for permissions by their value, in the scope of a request.'}
      </Text>
      {!is_system && (
        <May scope="update:resource_servers">
          <AddPermission resourceServer={resourceServer} />
        </May>
      )}
      {permissions.length === 0 ? (
        <Empty icon={<IconKey />} title="No permission yet">
          Name what can be done with the API, such as read:orders. Without permissions a token says only for whom it is.
        </Empty>
      ) : (
        <PermissionRows resourceServer={resourceServer} permissions={permissions} />
      )}
    </Stack>
  );
}

function AddPermission({ resourceServer }: { resourceServer: ResourceServer }) {
  const [value, setValue] = useState('');
  const [description, setDescription] = useState('');
  const update = useUpdateApi(resourceServer.id);
  const isAboutDescription = pathOf(update.error)?.endsWith('.description') ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const added = { value: value.trim(), ...(description.trim() ? { description: description.trim() } : {}) };
    update.mutate(
      { scopes: [...(resourceServer.scopes ?? []), added] },
      {
        onSuccess: () => {
          setValue('');
          setDescription('');
          document.getElementById('permission')?.focus();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="sm">
        <TextInput
          id="permission"
          flex="1 1 11rem"
          label="Permission"
          placeholder="read:orders"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={value}
          error={isAboutDescription ? undefined : reasonOf(update.error)}
          onChange={(event) => {
            update.reset();
            setValue(event.currentTarget.value);
          }}
        />
        <TextInput
          flex="2 1 14rem"
          label="Description"
          placeholder="Read orders"
          autoComplete="off"
          value={description}
          error={isAboutDescription ? reasonOf(update.error) : undefined}
          onChange={(event) => {
            update.reset();
            setDescription(event.currentTarget.value);
          }}
        />
        <Button type="submit" mt={25} disabled={value.trim() === ''} loading={update.isPending}>
          Add
        </Button>
      </Group>
    </form>
  );
}

function PermissionRows(props: { resourceServer: ResourceServer; permissions: readonly Permission[] }) {
  const { resourceServer, permissions } = props;
  const update = useUpdateApi(resourceServer.id);
  const mayChange = useMay('update:resource_servers');
  const removal = useAsked<Permission>(
    {
      ...update,
      mutate: (removed, options) => update.mutate({ scopes: permissions.filter((one) => one !== removed) }, options),
    },
    'The permission was removed',
  );
  return (
    <>
      <Rows label="Permissions">
        {permissions.map((permission) => (
          <Row key={permission.value}>
            <Group gap="md" wrap="nowrap" justify="space-between">
              <Stack gap={1} miw={0}>
                <Text ff="monospace" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {permission.value}
                </Text>
                {permission.description && (
                  <Text size="sm" c="dimmed">
                    {permission.description}
                  </Text>
                )}
              </Stack>
              {!resourceServer.is_system && mayChange && (
                <Tooltip label="Remove">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    c="dimmed"
                    aria-label={`Remove ${permission.value}`}
                    onClick={() => removal.ask(permission)}
                  >
                    <IconTrash size={18} />
                  </ActionIcon>
                </Tooltip>
              )}
            </Group>
          </Row>
        ))}
      </Rows>
      <Confirm {...removal.question} title="Remove this permission?" action="Remove permission">
        <strong>{removal.about?.value}</strong> is taken from all users and roles that have it. Tokens that were issued
        keep it until they expire.
      </Confirm>
      {!removal.about && <InlineFailure error={update.error} />}
    </>
  );
}
