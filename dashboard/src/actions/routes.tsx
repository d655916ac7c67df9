/** The addresses of the screens of actions. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';
import { pageNumber, text } from '../ui/address.ts';

type Search = Record<string, unknown>;

const actions = createRoute({
  getParentRoute: () => root,
  path: 'actions',
  component: lazyRouteComponent(() => import('./actions.tsx'), 'ActionsScreen'),
});

const library = createRoute({
  getParentRoute: () => actions,
  path: '/',
  component: lazyRouteComponent(() => import('./library.tsx'), 'LibraryTab'),
  validateSearch: (search: Search): { trigger?: string; page?: number } => ({
    trigger: text(search.trigger),
    page: pageNumber(search.page),
  }),
});

const flows = createRoute({
  getParentRoute: () => actions,
  path: 'triggers',
  component: lazyRouteComponent(() => import('./flows.tsx'), 'FlowsTab'),
});

const flow = createRoute({
  getParentRoute: () => root,
  path: 'actions/triggers/$triggerId',
  component: lazyRouteComponent(() => import('./flow.tsx'), 'FlowScreen'),
});

const modules = createRoute({
  getParentRoute: () => actions,
  path: 'modules',
  component: lazyRouteComponent(() => import('./modules/list.tsx'), 'ModulesTab'),
});

const action = createRoute({
  getParentRoute: () => root,
  path: 'actions/library/$actionId',
  component: lazyRouteComponent(() => import('./action.tsx'), 'ActionScreen'),
});

const code = createRoute({
  getParentRoute: () => action,
  path: '/',
  component: lazyRouteComponent(() => import('./code.tsx'), 'CodeTab'),
});

const ofVersions = (search: Search): { version?: string; page?: number } => ({
  version: text(search.version),
  page: pageNumber(search.page),
});

const versions = createRoute({
  getParentRoute: () => action,
  path: 'versions',
  component: lazyRouteComponent(() => import('./versions.tsx'), 'VersionsTab'),
  validateSearch: ofVersions,
});

const module = createRoute({
  getParentRoute: () => root,
  path: 'actions/modules/$moduleId',
  component: lazyRouteComponent(() => import('./modules/module.tsx'), 'ModuleScreen'),
});

const moduleCode = createRoute({
  getParentRoute: () => module,
  path: '/',
  component: lazyRouteComponent(() => import('./modules/code.tsx'), 'ModuleCodeTab'),
});

const moduleVersions = createRoute({
  getParentRoute: () => module,
  path: 'versions',
  component: lazyRouteComponent(() => import('./modules/versions.tsx'), 'ModuleVersionsTab'),
  validateSearch: ofVersions,
});

export const actionRoutes = [
  actions.addChildren([library, flows, modules]),
  flow,
  action.addChildren([code, versions]),
  module.addChildren([moduleCode, moduleVersions]),
];
