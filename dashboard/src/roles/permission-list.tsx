/**
 * Permissions as a list, and the dialog that gives more of them: the same for roles and for users.
 */
import { Alert, Anchor, Badge, Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { apiChoicesQuery } from '../api/choices.ts';
import type { Permission, ResourceServer } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Row, Rows, rowControl } from '../ui/rows.tsx';
import { Loaded } from '../ui/states.tsx';
import classes from './permission-list.module.css';

export type ListedPermission<P extends Permission = Permission> = {
  permission: P;
  /** Where it comes from, when that is worth saying. */
  source?: ReactNode;
  onRemove?: (() => void) | undefined;
};

export function PermissionRows({ permissions }: { permissions: readonly ListedPermission[] }) {
  return (
    <Rows label="Permissions">
      {permissions.map(({ permission, source, onRemove }) => (
        <Row key={keyOf(permission)}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Stack gap={1} miw={0}>
              <Group gap="2px 8px">
                <Text fw={600} ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {permission.permission_name}
                </Text>
                {source}
              </Group>
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {[permission.resource_server_name, permission.description].filter(Boolean).join(' · ')}
              </Text>
            </Stack>
            {onRemove && (
              <Button
                variant="default"
                size="xs"
                className={rowControl}
                style={{ flex: 'none' }}
                aria-label={`Remove ${permission.permission_name}`}
                onClick={onRemove}
              >
                Remove
              </Button>
            )}
          </Group>
        </Row>
      ))}
    </Rows>
  );
}

export function RoleSource({ name }: { name: string }) {
  return <Badge variant="default">From {name}</Badge>;
}

/** What names a permission among all. */
export function keyOf({ resource_server_identifier, permission_name }: Permission): string {
  return `${permission_name} ${resource_server_identifier}`;
}

export type NamedPermission = Pick<Permission, 'resource_server_identifier' | 'permission_name'>;

/** What names a permission to the API. */
export function permissionName({ resource_server_identifier, permission_name }: Permission): NamedPermission {
  return { resource_server_identifier, permission_name };
}

export type AddPermissionsProps = {
  opened: boolean;
  onClose: () => void;
  /** Those that are there already. */
  given: readonly NamedPermission[];
  add: {
    mutate: (permissions: NamedPermission[], options: { onSuccess: () => void }) => void;
    error: Error | null;
    isPending: boolean;
  };
};

export const AddPermissions = dialogOf('Add permissions', Apis, { size: 'lg' });

function Apis(props: Omit<AddPermissionsProps, 'opened'>) {
  const { api } = useDashboard();
  const query = useQuery(apiChoicesQuery(api));
  return <Loaded query={query}>{(apis) => <ChooseForm apis={apis} {...props} />}</Loaded>;
}

function ChooseForm(props: Omit<AddPermissionsProps, 'opened'> & { apis: ResourceServer[] }) {
  const { apis, given, onClose, add } = props;
  const offered = apis.filter(({ scopes }) => (scopes ?? []).length > 0);
  const [identifier, setIdentifier] = useState(offered.length === 1 ? offered[0]!.identifier : null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [words, setWords] = useState('');
  const server = offered.find((entry) => entry.identifier === identifier);
  const has = new Set(
    given
      .filter(({ resource_server_identifier }) => resource_server_identifier === identifier)
      .map(({ permission_name }) => permission_name),
  );
  const left = (server?.scopes ?? []).filter(({ value }) => !has.has(value));
  const shown = left.filter(({ value, description }) =>
    `${value} ${description ?? ''}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const values = shown.map(({ value }) => value);
  const isAll = values.length > 0 && values.every((value) => chosen.includes(value));
  if (offered.length === 0) {
    return (
      <Text>
        No API has permissions yet. Define them at the API first: each is a word for something one may do there, such as{' '}
        <Text span ff="monospace" inherit>
          read:orders
        </Text>
        .
      </Text>
    );
  }
  const submit = () => {
    if (!identifier) return;
    const permissions = chosen.map((permission_name) => ({ resource_server_identifier: identifier, permission_name }));
    add.mutate(permissions, {
      onSuccess: () => {
        onClose();
        notifyDone(chosen.length === 1 ? 'Permission added' : `${chosen.length} permissions added`);
      },
    });
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Add"
      ready={chosen.length > 0}
      pending={add.isPending}
      error={add.error}
    >
      <Select
        data-autofocus
        label="API"
        placeholder="Choose an API"
        data={offered.map((entry) => ({ value: entry.identifier, label: entry.name ?? entry.identifier }))}
        value={identifier}
        allowDeselect={false}
        onChange={(next) => {
          setIdentifier(next);
          setChosen([]);
        }}
      />
      {server && left.length === 0 && (
        <Alert variant="default" radius="lg">
          All permissions of this API are given already.
        </Alert>
      )}
      {left.length > 0 && (
        <Checkbox.Group label="Permissions" value={chosen} onChange={setChosen}>
          <Stack gap="sm" mt={6}>
            {left.length > 8 && (
              <FilterField label="Filter permissions" placeholder="Filter" value={words} onChange={setWords} />
            )}
            <Group justify="space-between">
              <Text size="sm" c="dimmed" role="status">
                {chosen.length} of {left.length} chosen
              </Text>
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() =>
                  setChosen(
                    isAll ? chosen.filter((value) => !values.includes(value)) : [...new Set([...chosen, ...values])],
                  )
                }
              >
                {isAll ? 'Choose none' : 'Choose all'}
              </Anchor>
            </Group>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
            <section className={classes.choices} tabIndex={0} aria-label="Permissions of this API">
              {shown.map(({ value, description }) => (
                <Checkbox
                  key={value}
                  value={value}
                  label={value}
                  description={description}
                  styles={{ label: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
                />
              ))}
            </section>
          </Stack>
        </Checkbox.Group>
      )}
    </DialogForm>
  );
}
