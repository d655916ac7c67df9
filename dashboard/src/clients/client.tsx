/**
 * The page of one client: what it is, and its tabs.
 */
import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiFailure } from '../api/errors.ts';
import type { Client } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import { BackLink, ButtonLink } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { Failure, Loaded } from '../ui/states.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { clientQuery } from './queries.ts';
import { ClientIcon, clientType, clientTypeLabel } from './types.tsx';

export function ClientScreen() {
  const { api } = useDashboard();
  const { clientId } = getRouteApi('/clients/$clientId').useParams();
  const query = useQuery(clientQuery(api, clientId));
  if (query.error instanceof ApiFailure && query.error.statusCode === 404) return <NoSuchClient error={query.error} />;
  return <Loaded query={query}>{(client) => <ClientPage client={client} />}</Loaded>;
}

function ClientPage({ client }: { client: Client }) {
  const params = { clientId: client.client_id };
  return (
    <Page
      title={client.name}
      back={<BackLink to="/clients">Clients</BackLink>}
      icon={<ClientIcon client={client} size={52} />}
      description={
        <Group gap="0 var(--mantine-spacing-xs)">
          <Badge variant={clientType(client) ? 'light' : 'default'} tt="none" fw={550}>
            {clientTypeLabel(client)}
          </Badge>
          <Group gap={4} wrap="nowrap" miw={0}>
            <Text span ff="monospace" size="sm" truncate>
              {client.client_id}
            </Text>
            <CopyIcon value={client.client_id} label="client ID" />
          </Group>
        </Group>
      }
    >
      <TabPages
        label={client.name}
        tabs={[
          { name: 'quick-start', label: 'Quick Start', link: { to: '/clients/$clientId', params } },
          { name: 'settings', label: 'Settings', link: { to: '/clients/$clientId/settings', params } },
          { name: 'addons', label: 'Addons', link: { to: '/clients/$clientId/addons', params } },
          { name: 'connections', label: 'Connections', link: { to: '/clients/$clientId/connections', params } },
        ]}
      />
    </Page>
  );
}

function NoSuchClient({ error }: { error: ApiFailure }) {
  return (
    <Failure
      order={1}
      error={error}
      actions={
        <ButtonLink to="/clients" variant="default">
          Go to clients
        </ButtonLink>
      }
    />
  );
}
