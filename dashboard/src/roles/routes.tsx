/** The addresses of the screens of roles. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';
import { pageNumber, text } from '../ui/address.ts';

const paged = (search: Record<string, unknown>): { page?: number } => ({ page: pageNumber(search.page) });

export const rolesRoute = createRoute({
  getParentRoute: () => root,
  path: 'roles',
  component: lazyRouteComponent(() => import('./list.tsx'), 'RolesScreen'),
  validateSearch: (search: Record<string, unknown>): { name?: string; page?: number } => ({
    name: text(search.name),
    ...paged(search),
  }),
});

const role = createRoute({
  getParentRoute: () => root,
  path: 'roles/$roleId',
  component: lazyRouteComponent(() => import('./role.tsx'), 'RoleScreen'),
});

const settings = createRoute({
  getParentRoute: () => role,
  path: '/',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SettingsTab'),
});

const permissions = createRoute({
  getParentRoute: () => role,
  path: 'permissions',
  component: lazyRouteComponent(() => import('./permissions.tsx'), 'PermissionsTab'),
  validateSearch: paged,
});

const users = createRoute({
  getParentRoute: () => role,
  path: 'users',
  component: lazyRouteComponent(() => import('./users.tsx'), 'UsersTab'),
  validateSearch: paged,
});

export const roleRoute = role.addChildren([settings, permissions, users]);
