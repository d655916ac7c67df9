/**
 * The page of one client: what it is, and its tabs.
 */
import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Client } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { clientQuery } from './queries.ts';
import { ClientIcon, clientType, clientTypeLabel } from './types.tsx';

export function ClientScreen() {
  const { api } = useDashboard();
  const { clientId } = getRouteApi('/clients/$clientId').useParams();
  const query = useQuery(clientQuery(api, clientId));
  return (
    <Found query={query} to="/clients" label="Go to clients">
      {(client) => <ClientPage client={client} />}
    </Found>
  );
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
          <CopyLine value={client.client_id} label="client ID" />
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
