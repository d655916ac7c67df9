/** The addresses of the screens of APIs. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

export const apisRoute = createRoute({
  getParentRoute: () => root,
  path: 'apis',
  component: lazyRouteComponent(() => import('./list.tsx'), 'ApisScreen'),
});

const api = createRoute({
  getParentRoute: () => root,
  path: 'apis/$apiId',
  component: lazyRouteComponent(() => import('./api.tsx'), 'ApiScreen'),
});

const settings = createRoute({
  getParentRoute: () => api,
  path: '/',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SettingsTab'),
});

const permissions = createRoute({
  getParentRoute: () => api,
  path: 'permissions',
  component: lazyRouteComponent(() => import('./permissions.tsx'), 'PermissionsTab'),
});

const machines = createRoute({
  getParentRoute: () => api,
  path: 'machine-to-machine',
  component: lazyRouteComponent(() => import('./machines.tsx'), 'MachinesTab'),
});

const tryout = createRoute({
  getParentRoute: () => api,
  path: 'test',
  component: lazyRouteComponent(() => import('./test.tsx'), 'TestTab'),
});

export const apiRoute = api.addChildren([settings, permissions, machines, tryout]);
