/**
 * The clients that a connection is on for: their users may come from here.
 */
import { Group, Stack, Switch, Text } from '@mantine/core';
import { IconApps } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Row, Rows, rowControl, rowLink } from '../ui/rows.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure, InlineFailure } from '../ui/states.tsx';
import { type ConnectedClient, clientsQuery, useConnection, useSwitchClient } from './queries.ts';

export function ClientsTab() {
  const { api } = useDashboard();
  const connection = useConnection();
  const list = useInfiniteQuery(clientsQuery(api));
  const [words, setWords] = useState('');
  if (list.isPending) return <RowSkeletons label="Clients" count={4} avatar={false} />;
  if (!list.data) return <Failure error={list.error} onRetry={() => list.refetch()} />;
  const clients = list.data.pages.flatMap((page) => page.clients);
  const found = clients.filter(({ name, client_id }) =>
    `${name} ${client_id}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  if (clients.length === 0)
    return (
      <Empty icon={<IconApps />} title="No client yet" actions={<ButtonLink to="/clients">Go to clients</ButtonLink>}>
        Once there are clients, this connection can be switched on for each of them.
      </Empty>
    );
  return (
    <Stack gap="lg" pt="xl">
      <Text size="sm" c="dimmed" maw={620}>
        People sign in to a client only through connections that are on for it. Switching it off takes effect at once.
      </Text>
      {clients.length > 8 && (
        <FilterField
          label="Search clients"
          placeholder="Search by name or client ID"
          value={words}
          onChange={setWords}
        />
      )}
      <Rows label="Clients">
        {found.map((client) => (
          <ClientRow
            key={client.client_id}
            client={client}
            on={connection.enabled_clients?.includes(client.client_id)}
          />
        ))}
      </Rows>
      <ShowMore list={list} />
    </Stack>
  );
}

function ClientRow({ client, on = false }: { client: ConnectedClient; on: boolean | undefined }) {
  const connection = useConnection();
  const change = useSwitchClient(connection.id);
  const { client_id } = client;
  const maySwitch = useMay('update:connections');
  // While the change is on its way the switch shows where it goes.
  const shown = change.isPending ? change.variables.status : on;
  return (
    <Row>
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={1} miw={0}>
          <Link to="/clients/$clientId" params={{ clientId: client_id }} className={rowLink}>
            {client.name}
          </Link>
          <Text size="sm" c="dimmed" ff="monospace" truncate>
            {client_id}
          </Text>
        </Stack>
        <Switch
          className={rowControl}
          aria-label={`On for ${client.name}`}
          checked={shown}
          disabled={!maySwitch}
          onChange={(event) => {
            if (!change.isPending) change.mutate({ client_id, status: event.currentTarget.checked });
          }}
        />
      </Group>
      <InlineFailure error={change.error} />
    </Row>
  );
}
