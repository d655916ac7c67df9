/** The addresses of the settings of the tenant. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

const tenant = createRoute({
  getParentRoute: () => root,
  path: 'tenant-settings',
  component: lazyRouteComponent(() => import('./tenant.tsx'), 'TenantScreen'),
});

const general = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'GeneralTab'),
});

const sessions = createRoute({
  getParentRoute: () => tenant,
  path: 'sessions',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SessionsTab'),
});

const keys = createRoute({
  getParentRoute: () => tenant,
  path: 'signing-keys',
  component: lazyRouteComponent(() => import('./signing-keys.tsx'), 'SigningKeysTab'),
});

const domains = createRoute({
  getParentRoute: () => tenant,
  path: 'custom-domains',
  component: lazyRouteComponent(() => import('./custom-domains.tsx'), 'CustomDomainsTab'),
});

const registration = createRoute({
  getParentRoute: () => tenant,
  path: 'registration',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'RegistrationTab'),
});

const administrators = createRoute({
  getParentRoute: () => tenant,
  path: 'administrators',
  component: lazyRouteComponent(() => import('./administrators.tsx'), 'AdministratorsTab'),
});

const advanced = createRoute({
  getParentRoute: () => tenant,
  path: 'advanced',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'AdvancedTab'),
});

export const tenantRoute = tenant.addChildren([
  general,
  sessions,
  keys,
  domains,
  registration,
  administrators,
  advanced,
]);
