/** The address of the branding. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

export const brandingRoute = createRoute({
  getParentRoute: () => root,
  path: 'branding',
  component: lazyRouteComponent(() => import('./branding.tsx'), 'BrandingScreen'),
});
