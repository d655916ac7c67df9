/** The addresses of the screens of connections: one for each category, and the pages of a connection. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

const connections = createRoute({
  getParentRoute: () => root,
  path: 'connections',
  component: lazyRouteComponent(() => import('./list.tsx'), 'ConnectionsScreen'),
});

const database = createRoute({
  getParentRoute: () => connections,
  path: '/',
  component: lazyRouteComponent(() => import('./list.tsx'), 'DatabaseTab'),
});

const social = createRoute({
  getParentRoute: () => connections,
  path: 'social',
  component: lazyRouteComponent(() => import('./list.tsx'), 'SocialTab'),
});

const enterprise = createRoute({
  getParentRoute: () => connections,
  path: 'enterprise',
  component: lazyRouteComponent(() => import('./list.tsx'), 'EnterpriseTab'),
});

const passwordless = createRoute({
  getParentRoute: () => connections,
  path: 'passwordless',
  component: lazyRouteComponent(() => import('./list.tsx'), 'PasswordlessTab'),
});

export const connectionsRoute = connections.addChildren([database, social, enterprise, passwordless]);

const connection = createRoute({
  getParentRoute: () => root,
  path: 'connections/$connectionId',
  component: lazyRouteComponent(() => import('./connection.tsx'), 'ConnectionScreen'),
});

const settings = createRoute({
  getParentRoute: () => connection,
  path: '/',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SettingsTab'),
});

const clients = createRoute({
  getParentRoute: () => connection,
  path: 'clients',
  component: lazyRouteComponent(() => import('./clients.tsx'), 'ClientsTab'),
});

const tryout = createRoute({
  getParentRoute: () => connection,
  path: 'try',
  component: lazyRouteComponent(() => import('./try.tsx'), 'TryTab'),
});

export const connectionRoute = connection.addChildren([settings, clients, tryout]);

export const providersRoute = createRoute({
  getParentRoute: () => root,
  path: 'identity-providers',
  component: lazyRouteComponent(() => import('./providers.tsx'), 'ProvidersScreen'),
});
