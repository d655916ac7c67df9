/** The addresses of the screens of mails. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

const emails = createRoute({
  getParentRoute: () => root,
  path: 'emails',
  component: lazyRouteComponent(() => import('./emails.tsx'), 'EmailsScreen'),
});

const templates = createRoute({
  getParentRoute: () => emails,
  path: '/',
  component: lazyRouteComponent(() => import('./emails.tsx'), 'TemplatesTab'),
});

const provider = createRoute({
  getParentRoute: () => emails,
  path: 'provider',
  component: lazyRouteComponent(() => import('./provider.tsx'), 'ProviderTab'),
});

export const emailsRoute = emails.addChildren([templates, provider]);

export const emailTemplateRoute = createRoute({
  getParentRoute: () => root,
  path: 'emails/templates/$template',
  component: lazyRouteComponent(() => import('./template.tsx'), 'TemplateScreen'),
});
