/** The addresses of the screens of logs. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/root.tsx';
import { pageNumber, text } from '../ui/address.ts';
import { FILTER_NAMES, type Filter, type LogAddress, PERIODS } from './filter.ts';

export const logsRoute = createRoute({
  getParentRoute: () => root,
  path: 'logs',
  component: lazyRouteComponent(() => import('./list.tsx'), 'LogsScreen'),
  validateSearch: (search: Record<string, unknown>): LogAddress => {
    const filter: Filter = Object.fromEntries(FILTER_NAMES.map((name) => [name, text(search[name])]));
    return {
      ...filter,
      outcome: filter.outcome === 'success' || filter.outcome === 'failure' ? filter.outcome : undefined,
      since: filter.since && filter.since in PERIODS ? filter.since : undefined,
      q: typeof search.q === 'string' ? search.q : text(search.q),
      page: pageNumber(search.page),
      live: search.live === true ? true : undefined,
    };
  },
});

export const logRoute = createRoute({
  getParentRoute: () => root,
  path: 'logs/$logId',
  component: lazyRouteComponent(() => import('./event.tsx'), 'LogScreen'),
});
