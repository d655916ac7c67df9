/**
 * Where the users of a client may come from: a switch for each connection of the tenant. Connections are shared; the
 * switch adds this client to one or takes it out, and sign-ins follow at once.
 */
import { Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../api/may.tsx';
import type { Client } from '../api/types.ts';
import { CATEGORIES, type Category, strategyLabel } from '../connections/catalogue.ts';
import { StrategyIcon } from '../connections/icon.tsx';
import { useDashboard } from '../dashboard.tsx';
import { TextLink } from '../ui/links.tsx';
import { Row, Rows, rowControl, rowLink } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Failure, InlineFailure } from '../ui/states.tsx';
import { connectionListQuery, type ListedConnection, useToggleConnection } from './connection-queries.ts';
import { familyOf } from './families.ts';
import { useClient } from './queries.ts';

/** Where a connection of each category is made. */
const PAGES = {
  database: '/connections',
  social: '/connections/social',
  enterprise: '/connections/enterprise',
  passwordless: '/connections/passwordless',
} as const;

export function ConnectionsTab() {
  const { api } = useDashboard();
  const client = useClient();
  const connections = useQuery(connectionListQuery(api));
  if (connections.isError && !connections.data)
    return <Failure error={connections.error} onRetry={() => connections.refetch()} />;
  if (!connections.data) return <RowSkeletons label="Connections" count={3} />;
  return (
    <>
      {client.app_type === 'non_interactive' && (
        <Text pt="xl">
          A Non Interactive Client signs nobody in. Connections matter to it only when it asks for tokens with the
          password of a user.
        </Text>
      )}
      {CATEGORIES.map((category) => (
        <ConnectionGroup
          key={category.family}
          category={category}
          client={client}
          connections={connections.data.filter(({ strategy }) => familyOf(strategy) === category.family)}
        />
      ))}
    </>
  );
}

type ConnectionGroupProps = { category: Category; client: Client; connections: ListedConnection[] };

function ConnectionGroup({ category, client, connections }: ConnectionGroupProps) {
  const { family, label, about } = category;
  return (
    <Section title={label} description={about}>
      {connections.length > 0 && (
        <Rows label={`${label} connections`}>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} client={client} connection={connection} />
          ))}
        </Rows>
      )}
      <Text size="sm" c="dimmed">
        {connections.length === 0 && 'None yet. '}
        <TextLink to={PAGES[family]} inherit underline="always">
          Create one under Connections, {label}
        </TextLink>
      </Text>
    </Section>
  );
}

function ConnectionRow({ client, connection }: { client: Client; connection: ListedConnection }) {
  const toggle = useToggleConnection(client.client_id, connection);
  const maySwitch = useMay('update:connections');
  const clients = connection.enabled_clients ?? [];
  const others = clients.filter((id) => id !== client.client_id).length;
  return (
    <Row>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" gap="md">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <StrategyIcon strategy={connection.strategy} />
            <Stack gap={2} miw={0}>
              <Link to="/connections/$connectionId" params={{ connectionId: connection.id }} className={rowLink}>
                {connection.display_name ?? connection.name}
              </Link>
              <Text size="sm" c="dimmed">
                {strategyLabel(connection.strategy)}
                {others > 0 && ` · shared with ${others} other ${others === 1 ? 'client' : 'clients'}`}
              </Text>
            </Stack>
          </Group>
          <Switch
            size="md"
            className={rowControl}
            aria-label={connection.name}
            checked={clients.includes(client.client_id)}
            disabled={!maySwitch}
            onChange={(event) => toggle.mutate(event.currentTarget.checked)}
          />
        </Group>
        <InlineFailure error={toggle.error} />
      </Stack>
    </Row>
  );
}
