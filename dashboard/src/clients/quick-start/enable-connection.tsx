/** The way out for a client that nobody can sign in to yet: the tenant's database with one click, or the tab of all. */
import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { TextLink } from '../../ui/links.tsx';
import { NoEffect } from '../../ui/no-effect.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { connectionListQuery, enabledFor, type ListedConnection, useToggleConnection } from '../connection-queries.ts';
import { familyOf } from '../families.ts';

export function EnableConnection({ client }: { client: Client }) {
  const { api } = useDashboard();
  const mayEnable = useMay('update:connections');
  const connections = useQuery(connectionListQuery(api));
  const database = connections.data?.find(({ strategy }) => familyOf(strategy) === 'database');
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" c="dimmed">
        Nobody can sign in before: choose where users come from in the{' '}
        <TextLink
          to="/clients/$clientId/connections"
          params={{ clientId: client.client_id }}
          inherit
          underline="always"
        >
          connections
        </TextLink>
        .
      </Text>
      {database && mayEnable && <Enable client={client} connection={database} />}
    </Stack>
  );
}

/** The same for a guide, whose code cannot work before; nothing once there is a connection. */
export function ConnectionNotice({ client }: { client: Client }) {
  const { api } = useDashboard();
  const connections = useQuery(connectionListQuery(api));
  if (!connections.data || enabledFor(connections.data, client.client_id).length > 0) return null;
  return (
    <NoEffect title="No connection is enabled">
      <EnableConnection client={client} />
    </NoEffect>
  );
}

function Enable({ client, connection }: { client: Client; connection: ListedConnection }) {
  const toggle = useToggleConnection(client.client_id, connection);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        h="auto"
        py={7}
        styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
        loading={toggle.isPending}
        onClick={() => toggle.mutate(true)}
      >
        Enable {connection.name}
      </Button>
      <InlineFailure error={toggle.error} />
    </>
  );
}
