/**
 * The page of one API: what it is, and its tabs.
 */
import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { ApiIcon } from './icon.tsx';
import { apiQuery, type ResourceServer } from './queries.ts';

export function ApiScreen() {
  const { api } = useDashboard();
  const { apiId } = getRouteApi('/apis/$apiId').useParams();
  const query = useQuery(apiQuery(api, apiId));
  return (
    <Found query={query} to="/apis" label="Go to APIs">
      {(one) => <ApiPage resourceServer={one} apiId={apiId} />}
    </Found>
  );
}

function ApiPage({ resourceServer, apiId }: { resourceServer: ResourceServer; apiId: string }) {
  const { name, identifier, is_system } = resourceServer;
  const params = { apiId };
  return (
    <Page
      title={name || identifier}
      back={<BackLink to="/apis">APIs</BackLink>}
      icon={<ApiIcon isSystem={is_system === true} size={52} />}
      description={
        <Group gap="0 var(--mantine-spacing-xs)">
          <span>{is_system ? 'System API' : 'Custom API'}</span>
          <CopyLine value={identifier} label="identifier" />
        </Group>
      }
    >
      <TabPages
        label={name || identifier}
        tabs={[
          { name: 'settings', label: 'Settings', link: { to: '/apis/$apiId', params } },
          { name: 'permissions', label: 'Permissions', link: { to: '/apis/$apiId/permissions', params } },
          {
            name: 'machines',
            label: 'Machine to machine',
            link: { to: '/apis/$apiId/machine-to-machine', params },
            scopes: ['read:client_grants'],
          },
          { name: 'test', label: 'Test', link: { to: '/apis/$apiId/test', params }, scopes: ['read:client_grants'] },
        ]}
      />
    </Page>
  );
}
