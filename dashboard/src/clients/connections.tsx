/**
 * Where the users of a client may come from: a switch for each connection of the tenant. Connections are shared; the
 * switch adds this client to one or takes it out, and sign-ins follow at once.
 */
import { Badge, Group, Stack, Switch, Text, ThemeIcon } from '@mantine/core';
import {
  IconBuildingSkyscraper,
  IconDatabase,
  IconMailFast,
  IconPlugConnected,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Client, Connection } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, InlineFailure, Loading } from '../ui/states.tsx';
import { connectionsQuery, useToggleConnection } from './connection-queries.ts';
import { type Family, familyOf } from './families.ts';
import { useClient } from './queries.ts';

const GROUPS: readonly { family: Family; title: string; description: string; Icon: typeof IconDatabase }[] = [
  {
    family: 'database',
    title: 'Database',
    description: 'People sign up here, or are kept in a database of yours.',
    Icon: IconDatabase,
  },
  { family: 'social', title: 'Social', description: 'Accounts that people have elsewhere.', Icon: IconUsersGroup },
  {
    family: 'enterprise',
    title: 'Enterprise',
    description: 'The directory of an organisation.',
    Icon: IconBuildingSkyscraper,
  },
  {
    family: 'passwordless',
    title: 'Passwordless',
    description: 'A code or a link by e-mail or SMS.',
    Icon: IconMailFast,
  },
];

export function ConnectionsTab() {
  const { api } = useDashboard();
  const client = useClient();
  const connections = useQuery(connectionsQuery(api));
  if (connections.isError && !connections.data)
    return <Failure error={connections.error} onRetry={() => connections.refetch()} />;
  if (!connections.data) return <Loading />;
  if (connections.data.length === 0) {
    return (
      <Empty icon={<IconPlugConnected />} title="No connection yet">
        A connection is where users come from: a database, a social account, the directory of an organisation. Every
        client of this tenant can share one.
      </Empty>
    );
  }
  return (
    <>
      {client.app_type === 'non_interactive' && (
        <Text pt="xl">
          A Non Interactive Client signs nobody in. Connections matter to it only when it asks for tokens with the
          password of a user.
        </Text>
      )}
      {GROUPS.map((group) => (
        <ConnectionGroup
          key={group.family}
          {...group}
          client={client}
          connections={connections.data.filter(({ strategy }) => familyOf(strategy) === group.family)}
        />
      ))}
    </>
  );
}

type ConnectionGroupProps = (typeof GROUPS)[number] & { client: Client; connections: Connection[] };

function ConnectionGroup({ title, description, Icon, client, connections }: ConnectionGroupProps) {
  return (
    <Section title={title} description={description}>
      {connections.length === 0 ? (
        <Text c="dimmed">None yet.</Text>
      ) : (
        <Rows label={`${title} connections`}>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} client={client} connection={connection} Icon={Icon} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function ConnectionRow(props: { client: Client; connection: Connection; Icon: typeof IconDatabase }) {
  const { client, connection, Icon } = props;
  const toggle = useToggleConnection(client.client_id, connection);
  const clients = connection.enabled_clients ?? [];
  const isOn = clients.includes(client.client_id);
  const others = clients.filter((id) => id !== client.client_id).length;
  return (
    <Row>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" gap="md">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <ThemeIcon variant="light" size={38} radius="md" aria-hidden>
              <Icon size={20} stroke={1.6} />
            </ThemeIcon>
            <Stack gap={2} miw={0}>
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                {connection.display_name ?? connection.name}
              </Text>
              <Group gap={6}>
                <Text size="sm" c="dimmed">
                  {connection.strategy}
                </Text>
                {others > 0 && (
                  <Text size="sm" c="dimmed">
                    · shared with {others} other {others === 1 ? 'client' : 'clients'}
                  </Text>
                )}
                {connection.is_domain_connection && (
                  <Badge variant="default" size="sm" tt="none" fw={550}>
                    Domain level
                  </Badge>
                )}
              </Group>
            </Stack>
          </Group>
          <Switch
            size="md"
            aria-label={connection.name}
            checked={isOn}
            onChange={(event) => toggle.mutate(event.currentTarget.checked)}
          />
        </Group>
        <InlineFailure error={toggle.error} />
      </Stack>
    </Row>
  );
}
