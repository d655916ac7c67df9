/** The addresses of the screens of users. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';
import { pageNumber, text } from '../ui/address.ts';

const users = createRoute({
  getParentRoute: () => root,
  path: 'users',
  component: lazyRouteComponent(() => import('./list.tsx'), 'UsersScreen'),
  validateSearch: (search: Record<string, unknown>): { q?: string; sort?: string; page?: number } => ({
    q: text(search.q),
    sort: text(search.sort),
    page: pageNumber(search.page),
  }),
});

const importing = createRoute({
  getParentRoute: () => root,
  path: 'users/import',
  component: lazyRouteComponent(() => import('./jobs/import.tsx'), 'ImportScreen'),
});

const exporting = createRoute({
  getParentRoute: () => root,
  path: 'users/export',
  component: lazyRouteComponent(() => import('./jobs/export.tsx'), 'ExportScreen'),
});

const job = createRoute({
  getParentRoute: () => root,
  path: 'users/jobs/$jobId',
  component: lazyRouteComponent(() => import('./jobs/job.tsx'), 'JobScreen'),
});

const user = createRoute({
  getParentRoute: () => root,
  path: 'users/$userId',
  component: lazyRouteComponent(() => import('./user.tsx'), 'UserScreen'),
});

const profile = createRoute({
  getParentRoute: () => user,
  path: '/',
  component: lazyRouteComponent(() => import('./profile.tsx'), 'ProfileTab'),
});

const devices = createRoute({
  getParentRoute: () => user,
  path: 'devices',
  component: lazyRouteComponent(() => import('./devices.tsx'), 'DevicesTab'),
});

const history = createRoute({
  getParentRoute: () => user,
  path: 'history',
  component: lazyRouteComponent(() => import('./history.tsx'), 'HistoryTab'),
  validateSearch: (search: Record<string, unknown>): { page?: number } => ({ page: pageNumber(search.page) }),
});

const roles = createRoute({
  getParentRoute: () => user,
  path: 'roles',
  component: lazyRouteComponent(() => import('./roles.tsx'), 'RolesTab'),
});

const permissions = createRoute({
  getParentRoute: () => user,
  path: 'permissions',
  component: lazyRouteComponent(() => import('./permissions.tsx'), 'PermissionsTab'),
});

const metadata = createRoute({
  getParentRoute: () => user,
  path: 'metadata',
  component: lazyRouteComponent(() => import('./metadata.tsx'), 'MetadataTab'),
});

const json = createRoute({
  getParentRoute: () => user,
  path: 'json',
  component: lazyRouteComponent(() => import('./raw-json.tsx'), 'RawJsonTab'),
});

export const usersRoute = users;
export const userJobRoutes = [importing, exporting, job] as const;
export const userRoute = user.addChildren([profile, devices, history, roles, permissions, metadata, json]);
