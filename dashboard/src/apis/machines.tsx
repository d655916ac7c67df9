/**
 * Which clients may call the API on their own behalf, and with which permissions: client grants.
 */
import { Anchor, Button, Checkbox, Collapse, Group, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Row, Rows, rowControl } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure, InlineFailure } from '../ui/states.tsx';
import {
  type ClientGrant,
  grantsQuery,
  type Machine,
  machinesQuery,
  type ResourceServer,
  useAuthorize,
  useChangeGrant,
  useResourceServer,
  useRevokeGrant,
} from './queries.ts';

export function MachinesTab() {
  const { api } = useDashboard();
  const resourceServer = useResourceServer();
  const machines = useQuery(machinesQuery(api));
  const grants = useQuery(grantsQuery(api, resourceServer.identifier));
  const [words, setWords] = useState('');
  const error = machines.error ?? grants.error;
  if (error) {
    const retry = () => {
      machines.refetch();
      grants.refetch();
    };
    return <Failure error={error} onRetry={retry} />;
  }
  if (!machines.data || !grants.data) return <RowSkeletons label="Clients" count={4} avatar={false} />;
  if (machines.data.length === 0) return <NoMachine />;
  const found = machines.data.filter(({ name, client_id }) =>
    `${name} ${client_id}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <Stack gap="lg" pt="xl">
      <Text size="sm" c="dimmed" maw={620}>
        Programs without a user, such as services and scheduled jobs, get a token only for APIs that they are authorised
        for, and only with the permissions that are ticked here.
      </Text>
      {machines.data.length > 8 && (
        <FilterField
          label="Search clients"
          placeholder="Search by name or client ID"
          value={words}
          onChange={setWords}
        />
      )}
      <Rows label="Clients">
        {found.map((machine) => (
          <MachineRow
            key={machine.client_id}
            machine={machine}
            grant={grants.data.find(({ client_id }) => client_id === machine.client_id)}
            resourceServer={resourceServer}
          />
        ))}
      </Rows>
    </Stack>
  );
}

function NoMachine() {
  return (
    <Empty
      icon={<IconRobot />}
      title="No client can be authorised"
      actions={
        <ButtonLink to="/clients" variant="default">
          Go to clients
        </ButtonLink>
      }
    >
      A client needs the client credentials grant, as Non Interactive Clients and Regular Web Applications have it.
    </Empty>
  );
}

type MachineProps = { machine: Machine; grant: ClientGrant | undefined; resourceServer: ResourceServer };

function MachineRow({ machine, grant, resourceServer }: MachineProps) {
  const { identifier: audience, scopes } = resourceServer;
  const [open, setOpen] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const authorize = useAuthorize(audience);
  const revoke = useRevokeGrant(audience);
  const panel = useId();
  const maySwitch = useMay(grant ? 'delete:client_grants' : 'create:client_grants');
  const toggle = (on: boolean) => {
    if (!on) return setRevoking(true);
    authorize.mutate(machine.client_id, { onSuccess: () => setOpen(true) });
  };
  const total = scopes?.length ?? 0;
  const given = grant?.allow_all_scopes ? total : (grant?.scope?.length ?? 0);
  return (
    <Row>
      <Group justify="space-between" gap="sm">
        <Stack gap={1} miw={0} flex="1 1 12rem">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {machine.name}
          </Text>
          <Text size="sm" c="dimmed" ff="monospace" truncate>
            {machine.client_id}
          </Text>
        </Stack>
        <Group gap="md" className={rowControl}>
          {grant && total > 0 && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              aria-expanded={open}
              aria-controls={panel}
              aria-label={`${given} of ${total} permissions for ${machine.name}`}
              onClick={() => setOpen(!open)}
            >
              {given} of {total} permissions
            </Anchor>
          )}
          <Switch
            label="Authorised"
            aria-label={`${machine.name} is authorised`}
            labelPosition="left"
            checked={grant !== undefined}
            disabled={!maySwitch || authorize.isPending || grant?.is_system === true}
            onChange={(event) => toggle(event.currentTarget.checked)}
          />
        </Group>
      </Group>
      <InlineFailure error={authorize.error} />
      {grant && (
        <Collapse expanded={open} id={panel}>
          {open && <Permissions key={grant.id} grant={grant} machine={machine} resourceServer={resourceServer} />}
        </Collapse>
      )}
      <Confirm
        opened={revoking}
        onClose={() => setRevoking(false)}
        onConfirm={() =>
          grant &&
          revoke.mutate(grant.id, {
            onSuccess: () => {
              setRevoking(false);
              notifyDone(`${machine.name} is no longer authorised`);
            },
          })
        }
        title="Withdraw the authorisation?"
        action="Withdraw"
        pending={revoke.isPending}
        error={revoke.error}
      >
        <strong>{machine.name}</strong> gets no further token for this API. Tokens that it has stay good until they
        expire.
      </Confirm>
    </Row>
  );
}

function Permissions({ grant, machine, resourceServer }: MachineProps & { grant: ClientGrant }) {
  const stored = grant.scope ?? [];
  const [draft, setDraft] = useState<readonly string[]>(stored);
  const change = useChangeGrant(resourceServer.identifier);
  const all = resourceServer.scopes?.map(({ value }) => value) ?? [];
  const mayChange = useMay('update:client_grants');
  const changed = [...draft].sort().join(' ') !== [...stored].sort().join(' ');
  if (grant.allow_all_scopes)
    return (
      <Text size="sm" c="dimmed" pt="md">
        This authorisation holds every permission of the API, also those that are added later.
      </Text>
    );
  return (
    <Stack gap="md" pt="md">
      <Checkbox.Group
        aria-label={`Permissions of ${machine.name}`}
        value={[...draft]}
        onChange={(chosen) => setDraft(chosen)}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mah={340} style={{ overflowY: 'auto' }} p={4}>
          {all.map((scope) => (
            <Checkbox
              disabled={!mayChange}
              key={scope}
              value={scope}
              label={scope}
              styles={{ label: { overflowWrap: 'anywhere' } }}
            />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <InlineFailure error={change.error} />
      {mayChange && (
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => setDraft(all)}>
            Select all
          </Button>
          <Button variant="default" size="xs" onClick={() => setDraft([])}>
            Select none
          </Button>
          <Button
            size="xs"
            ml="auto"
            disabled={!changed}
            loading={change.isPending}
            onClick={() =>
              change.mutate(
                { id: grant.id, scope: draft },
                { onSuccess: () => notifyDone('The permissions are saved') },
              )
            }
          >
            Save permissions
          </Button>
        </Group>
      )}
    </Stack>
  );
}
