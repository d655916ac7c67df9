/** The addresses of the screens of organizations. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';
import { pageNumber } from '../ui/address.ts';

const paged = (search: Record<string, unknown>): { page?: number } => ({ page: pageNumber(search.page) });

export const organizationsRoute = createRoute({
  getParentRoute: () => root,
  path: 'organizations',
  component: lazyRouteComponent(() => import('./list.tsx'), 'OrganizationsScreen'),
});

const organization = createRoute({
  getParentRoute: () => root,
  path: 'organizations/$organizationId',
  component: lazyRouteComponent(() => import('./organization.tsx'), 'OrganizationScreen'),
});

const overview = createRoute({
  getParentRoute: () => organization,
  path: '/',
  component: lazyRouteComponent(() => import('./overview.tsx'), 'OverviewTab'),
});

const members = createRoute({
  getParentRoute: () => organization,
  path: 'members',
  component: lazyRouteComponent(() => import('./members.tsx'), 'MembersTab'),
  validateSearch: paged,
});

const invitations = createRoute({
  getParentRoute: () => organization,
  path: 'invitations',
  component: lazyRouteComponent(() => import('./invitations.tsx'), 'InvitationsTab'),
  validateSearch: paged,
});

const connections = createRoute({
  getParentRoute: () => organization,
  path: 'connections',
  component: lazyRouteComponent(() => import('./connections.tsx'), 'ConnectionsTab'),
});

export const organizationRoute = organization.addChildren([overview, members, invitations, connections]);
