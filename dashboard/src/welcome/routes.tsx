/** The address of the first steps. Which step is open, and of which client, is part of it. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { CLIENT_TYPE_VALUES, type ClientType } from '../clients/type-values.ts';
import { root } from '../frame/root.tsx';
import { text } from '../ui/address.ts';

export type WelcomeSearch = {
  /** What is being built: the second step. */
  type?: ClientType;
  /** The client that was made: the third step, or the last one with `done`. */
  client?: string;
  done?: true;
  /** From the first step on, whatever was made before. */
  again?: true;
};

export const homeRoute = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home.tsx'), 'HomeScreen'),
});

export const welcomeRoute = createRoute({
  getParentRoute: () => root,
  path: 'welcome',
  component: lazyRouteComponent(() => import('./welcome.tsx'), 'WelcomeScreen'),
  validateSearch: (search: Record<string, unknown>): WelcomeSearch => ({
    type: CLIENT_TYPE_VALUES.find((value) => value === search.type),
    client: text(search.client),
    done: search.done === true ? true : undefined,
    again: search.again === true ? true : undefined,
  }),
});
