/**
 * Every address of the dashboard, in one list. A screen's code is loaded when its address is first opened.
 */

import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { actionRoutes } from './actions/routes.tsx';
import { apiRoute, apisRoute } from './apis/routes.tsx';
import { brandingRoute } from './branding/routes.tsx';
import { clientRoutes } from './clients/routes.ts';
import { connectionRoute, connectionsRoute, providersRoute } from './connections/routes.tsx';
import { emailsRoute, emailTemplateRoute } from './emails/routes.tsx';
import { root } from './frame/root.tsx';
import { hookRoutes } from './hooks/routes.tsx';
import { logRoute, logsRoute } from './logs/routes.tsx';
import { organizationRoute, organizationsRoute } from './organizations/routes.tsx';
import { roleRoute, rolesRoute } from './roles/routes.tsx';
import { ruleRoutes } from './rules/routes.tsx';
import { securityRoute } from './security/routes.tsx';
import { tenantRoute } from './tenant/routes.tsx';
import { Failure, Loading } from './ui/states.tsx';
import { userJobRoutes, userRoute, usersRoute } from './users/routes.tsx';
import { homeRoute, welcomeRoute } from './welcome/routes.tsx';

const mailbox = createRoute({
  getParentRoute: () => root,
  path: 'mailbox',
  component: lazyRouteComponent(() => import('./mailbox/mailbox.tsx'), 'MailboxScreen'),
  validateSearch: (search: Record<string, unknown>): { page?: number; message?: string } => ({
    page: Number(search.page) > 1 ? Math.floor(Number(search.page)) : undefined,
    message: typeof search.message === 'string' ? search.message : undefined,
  }),
});

const routeTree = root.addChildren([
  homeRoute,
  welcomeRoute,
  ...clientRoutes,
  usersRoute,
  ...userJobRoutes,
  userRoute,
  organizationsRoute,
  organizationRoute,
  rolesRoute,
  roleRoute,
  logsRoute,
  logRoute,
  apisRoute,
  apiRoute,
  connectionsRoute,
  connectionRoute,
  providersRoute,
  ...actionRoutes,
  ...ruleRoutes,
  ...hookRoutes,
  brandingRoute,
  emailsRoute,
  emailTemplateRoute,
  securityRoute,
  tenantRoute,
  mailbox,
]);

/** The router for this page load; it reads the address bar at once. */
export function createDashboardRouter() {
  return createRouter({
    routeTree,
    basepath: '/dashboard',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => <Failure order={1} error={error} onRetry={reset} />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDashboardRouter>;
  }
}
