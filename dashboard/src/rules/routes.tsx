/** The addresses of the screens of rules. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

const rules = createRoute({
  getParentRoute: () => root,
  path: 'rules',
  component: lazyRouteComponent(() => import('./rules.tsx'), 'RulesScreen'),
});

const list = createRoute({
  getParentRoute: () => rules,
  path: '/',
  component: lazyRouteComponent(() => import('./list.tsx'), 'RulesTab'),
});

const settings = createRoute({
  getParentRoute: () => rules,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SettingsTab'),
});

const templates = createRoute({
  getParentRoute: () => root,
  path: 'rules/new',
  component: lazyRouteComponent(() => import('./new.tsx'), 'RuleTemplatesScreen'),
});

const create = createRoute({
  getParentRoute: () => root,
  path: 'rules/new/$template',
  component: lazyRouteComponent(() => import('./new.tsx'), 'NewRuleScreen'),
});

const rule = createRoute({
  getParentRoute: () => root,
  path: 'rules/edit/$ruleId',
  component: lazyRouteComponent(() => import('./rule.tsx'), 'RuleScreen'),
});

export const ruleRoutes = [rules.addChildren([list, settings]), templates, create, rule];
