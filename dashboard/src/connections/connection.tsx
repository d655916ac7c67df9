/**
 * The page of one connection: what it is, and its tabs.
 */
import { STRATEGIES } from 'virtual:connections';
import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { type TabPage, TabPages } from '../ui/tab-pages.tsx';
import { type Family, type StrategyName, strategyLabel } from './catalogue.ts';
import { StrategyIcon } from './icon.tsx';
import { type Connection, connectionQuery } from './queries.ts';

const LISTS = {
  database: '/connections',
  social: '/connections/social',
  enterprise: '/connections/enterprise',
  passwordless: '/connections/passwordless',
} as const satisfies Record<Family, string>;

export function familyOf({ strategy }: Pick<Connection, 'strategy'>): Family {
  return STRATEGIES[strategy as StrategyName].family;
}

export function listOf(connection: Pick<Connection, 'strategy'>) {
  return LISTS[familyOf(connection)];
}

export function ConnectionScreen() {
  const { api } = useDashboard();
  const { connectionId } = getRouteApi('/connections/$connectionId').useParams();
  const query = useQuery(connectionQuery(api, connectionId));
  return (
    <Found query={query} to="/connections" label="Go to connections">
      {(connection) => <ConnectionPage connection={connection} />}
    </Found>
  );
}

function ConnectionPage({ connection }: { connection: Connection }) {
  const { id, name, strategy } = connection;
  const params = { connectionId: id };
  const tabs: TabPage[] = [
    { name: 'settings', label: 'Settings', link: { to: '/connections/$connectionId', params } },
    { name: 'clients', label: 'Clients', link: { to: '/connections/$connectionId/clients', params } },
    ...(familyOf(connection) === 'database'
      ? [{ name: 'try', label: 'Try connection', link: { to: '/connections/$connectionId/try', params } } as const]
      : []),
  ];
  return (
    <Page
      title={name}
      back={<BackLink to={listOf(connection)}>Connections</BackLink>}
      icon={<StrategyIcon strategy={strategy} size={52} />}
      description={
        <Group gap="0 var(--mantine-spacing-xs)">
          <span>{strategyLabel(strategy)}</span>
          <CopyLine value={id} label="connection ID" />
        </Group>
      }
    >
      <TabPages label={name} tabs={tabs} />
    </Page>
  );
}
