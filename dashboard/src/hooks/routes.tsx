/** The addresses of the screens of hooks. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

const hooks = createRoute({
  getParentRoute: () => root,
  path: 'hooks',
  component: lazyRouteComponent(() => import('./list.tsx'), 'HooksScreen'),
});

const hook = createRoute({
  getParentRoute: () => root,
  path: 'hooks/$hookId',
  component: lazyRouteComponent(() => import('./hook.tsx'), 'HookScreen'),
});

export const hookRoutes = [hooks, hook];
