/** The addresses of the clients' screens. What is searched for and which guide is open are part of them. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';
import { CLIENT_TYPE_VALUES, type ClientType } from './type-values.ts';

const clients = createRoute({
  getParentRoute: () => root,
  path: 'clients',
  component: lazyRouteComponent(() => import('./list.tsx'), 'ClientsScreen'),
  validateSearch: (search: Record<string, unknown>): { page?: number; q?: string; type?: ClientType } => ({
    page: Number(search.page) > 1 ? Math.floor(Number(search.page)) : undefined,
    q: search.q === undefined || search.q === '' ? undefined : String(search.q),
    type: CLIENT_TYPE_VALUES.find((value) => value === search.type),
  }),
});

const client = createRoute({
  getParentRoute: () => root,
  path: 'clients/$clientId',
  component: lazyRouteComponent(() => import('./client.tsx'), 'ClientScreen'),
});

const quickStart = createRoute({
  getParentRoute: () => client,
  path: '/',
  component: lazyRouteComponent(() => import('./quick-start/quick-start.tsx'), 'QuickStartTab'),
  validateSearch: (search: Record<string, unknown>): { guide?: string } => ({
    guide: typeof search.guide === 'string' ? search.guide : undefined,
  }),
});

const settings = createRoute({
  getParentRoute: () => client,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'SettingsTab'),
});

const addons = createRoute({
  getParentRoute: () => client,
  path: 'addons',
  component: lazyRouteComponent(() => import('./addons/addons.tsx'), 'AddonsTab'),
});

const connections = createRoute({
  getParentRoute: () => client,
  path: 'connections',
  component: lazyRouteComponent(() => import('./connections.tsx'), 'ConnectionsTab'),
});

export const clientRoutes = [clients, client.addChildren([quickStart, settings, addons, connections])] as const;
