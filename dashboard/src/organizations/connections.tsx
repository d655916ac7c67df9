/**
 * By which connections members of an organization sign in, and how each behaves there.
 */
import { Badge, Group, Modal, Select, Stack, Switch, Text } from '@mantine/core';
import { IconPlug } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { connectionChoicesQuery } from '../api/choices.ts';
import type { Connection, OrganizationConnection } from '../api/types.ts';
import { strategyLabel } from '../connections/catalogue.ts';
import { StrategyIcon } from '../connections/icon.tsx';
import { useDashboard } from '../dashboard.tsx';
import { AddButton, RowButton } from '../ui/buttons.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { useRemoval } from '../ui/removal.ts';
import { Rows } from '../ui/rows.tsx';
import { Empty, InlineFailure, Loaded } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { organizationConnectionsQuery, organizationPath, useOrganization, useOrganizationDeed } from './queries.ts';

const SETTINGS = [
  {
    name: 'is_enabled',
    label: 'Enabled',
    description: 'Members may sign in by it.',
    otherwise: true,
  },
  {
    name: 'assign_membership_on_login',
    label: 'Membership on login',
    description: 'Whoever signs in by it becomes a member.',
    otherwise: false,
  },
  {
    name: 'show_as_button',
    label: 'Show as a button',
    description: 'The login page of the organization offers it.',
    otherwise: true,
  },
] as const;

type Values = Record<(typeof SETTINGS)[number]['name'], boolean>;

function valuesOf(connection: Partial<OrganizationConnection>): Values {
  return Object.fromEntries(SETTINGS.map(({ name, otherwise }) => [name, connection[name] ?? otherwise])) as Values;
}

function nameOf({ connection, connection_id }: OrganizationConnection): string {
  return connection?.name ?? connection_id;
}

export function ConnectionsTab() {
  const organization = useOrganization();
  const { api } = useDashboard();
  const query = useQuery(organizationConnectionsQuery(api, organization.id));
  const [editing, setEditing] = useState<OrganizationConnection | 'new'>();
  const removal = useRemoval(
    useOrganizationDeed<OrganizationConnection>(organization.id, ({ connection_id }) => ({
      path: organizationPath(organization.id, 'connections', connection_id),
      method: 'DELETE',
    })),
    useOrganizationDeed<OrganizationConnection>(organization.id, ({ connection: _shown, ...kept }) =>
      addition(organization.id, kept),
    ),
    (connection) => `${nameOf(connection)} was removed`,
  );
  const connections = query.data ?? [];
  const close = () => setEditing(undefined);
  const button = (
    <AddButton scope="create:organization_connections" onClick={() => setEditing('new')}>
      Add connection
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Connections"
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty icon={<IconPlug />} title="No connection yet" actions={button}>
            Add the connections that its members sign in by: a shared database, or the identity provider of the
            customer.
          </Empty>
        }
      >
        {() => (
          <>
            <Toolbar text="Members of this organization sign in by these.">{button}</Toolbar>
            <InlineFailure error={removal.error} />
            <Rows label="Connections">
              {connections.map((connection) => (
                <ConnectionRow
                  key={connection.connection_id}
                  connection={connection}
                  onEdit={() => setEditing(connection)}
                  onRemove={() => removal.remove(connection)}
                />
              ))}
            </Rows>
          </>
        )}
      </Listed>
      <Modal
        opened={editing !== undefined}
        onClose={close}
        title={editing === 'new' ? 'Add a connection' : 'Connection settings'}
      >
        {editing === 'new' && <Add organizationId={organization.id} without={connections} onClose={close} />}
        {editing && editing !== 'new' && <Edit organizationId={organization.id} connection={editing} onClose={close} />}
      </Modal>
    </>
  );
}

type ConnectionRowProps = { connection: OrganizationConnection; onEdit: () => void; onRemove: () => void };

function ConnectionRow({ connection, onEdit, onRemove }: ConnectionRowProps) {
  const values = valuesOf(connection);
  const strategy = connection.connection?.strategy ?? '';
  return (
    <IconRow
      icon={<StrategyIcon strategy={strategy} />}
      action={
        <Group gap={6} wrap="nowrap">
          <RowButton
            scope="update:organization_connections"
            label={`Settings of ${nameOf(connection)}`}
            onClick={onEdit}
          >
            Settings
          </RowButton>
          <RowButton scope="delete:organization_connections" label={`Remove ${nameOf(connection)}`} onClick={onRemove}>
            Remove
          </RowButton>
        </Group>
      }
    >
      <Group gap="2px 8px">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {nameOf(connection)}
        </Text>
        {!values.is_enabled && <Badge variant="default">Disabled</Badge>}
      </Group>
      <Text size="sm" c="dimmed">
        {[
          strategyLabel(strategy),
          values.assign_membership_on_login && 'gives membership',
          !values.show_as_button && 'no button',
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </IconRow>
  );
}

type FormProps = { organizationId: string; onClose: () => void };

function Add(props: FormProps & { without: OrganizationConnection[] }) {
  const { api } = useDashboard();
  const query = useQuery(connectionChoicesQuery(api));
  return (
    <Loaded query={query}>
      {(all) => (
        <AddForm
          {...props}
          choices={all.filter(({ id }) => !props.without.some(({ connection_id }) => connection_id === id))}
        />
      )}
    </Loaded>
  );
}

function AddForm({ organizationId, choices, onClose }: FormProps & { choices: Connection[] }) {
  const [id, setId] = useState<string | null>(null);
  const [values, setValues] = useState(valuesOf({}));
  const add = useOrganizationDeed<string>(organizationId, (chosen) =>
    addition(organizationId, { connection_id: chosen, ...values }),
  );
  if (choices.length === 0) return <Text>Every connection of the tenant is here already.</Text>;
  const submit = () =>
    id &&
    add.mutate(id, {
      onSuccess: () => {
        onClose();
        notifyDone('The connection was added');
      },
    });
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Add"
      ready={id !== null}
      pending={add.isPending}
      error={add.error}
    >
      <Select
        data-autofocus
        searchable
        label="Connection"
        placeholder="Choose a connection"
        nothingFoundMessage="No such connection"
        data={choices.map(({ id: value, name }) => ({ value, label: name }))}
        value={id}
        comboboxProps={{ withinPortal: false }}
        onChange={setId}
      />
      <Switches values={values} onChange={setValues} />
    </DialogForm>
  );
}

function addition(organizationId: string, body: Omit<OrganizationConnection, 'connection'>) {
  return { path: organizationPath(organizationId, 'connections'), method: 'POST', body } as const;
}

function Edit({ organizationId, connection, onClose }: FormProps & { connection: OrganizationConnection }) {
  const [values, setValues] = useState(valuesOf(connection));
  const update = useOrganizationDeed<Values>(organizationId, (body) => ({
    path: organizationPath(organizationId, 'connections', connection.connection_id),
    method: 'PATCH',
    body,
  }));
  const submit = () =>
    update.mutate(values, {
      onSuccess: () => {
        onClose();
        notifyDone('Saved');
      },
    });
  return (
    <DialogForm onSubmit={submit} onClose={onClose} action="Save" pending={update.isPending} error={update.error}>
      <Text fw={600}>{nameOf(connection)}</Text>
      <Switches values={values} onChange={setValues} />
    </DialogForm>
  );
}

function Switches({ values, onChange }: { values: Values; onChange: (values: Values) => void }) {
  return (
    <Stack gap="md">
      {SETTINGS.map(({ name, label, description }) => (
        <Switch
          key={name}
          label={label}
          description={description}
          checked={values[name]}
          onChange={(event) => onChange({ ...values, [name]: event.currentTarget.checked })}
        />
      ))}
    </Stack>
  );
}
