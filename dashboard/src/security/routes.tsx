/** The addresses of attack protection, a protection a tab. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';

const security = createRoute({
  getParentRoute: () => root,
  path: 'security',
  component: lazyRouteComponent(() => import('./security.tsx'), 'SecurityScreen'),
});

const bruteForce = createRoute({
  getParentRoute: () => security,
  path: '/',
  component: lazyRouteComponent(() => import('./security.tsx'), 'BruteForceTab'),
});

const throttling = createRoute({
  getParentRoute: () => security,
  path: 'suspicious-ip-throttling',
  component: lazyRouteComponent(() => import('./security.tsx'), 'ThrottlingTab'),
});

const breached = createRoute({
  getParentRoute: () => security,
  path: 'breached-passwords',
  component: lazyRouteComponent(() => import('./security.tsx'), 'BreachedTab'),
});

const bots = createRoute({
  getParentRoute: () => security,
  path: 'bot-detection',
  component: lazyRouteComponent(() => import('./security.tsx'), 'BotsTab'),
});

const captcha = createRoute({
  getParentRoute: () => security,
  path: 'captcha',
  component: lazyRouteComponent(() => import('./security.tsx'), 'CaptchaTab'),
});

export const securityRoute = security.addChildren([bruteForce, throttling, breached, bots, captcha]);
