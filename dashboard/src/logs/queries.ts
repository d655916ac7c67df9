/**
 * What the screens of logs ask the Management API.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/request.ts';
import type { LogEvent, PageOf } from '../api/types.ts';

export type LogPage = PageOf<'logs', LogEvent>;

export const PER_PAGE = 50;
/** Milliseconds between two looks for new events. */
const INTERVAL = 2500;

export type LogSearch = {
  /** What identifies the search, which stays the same while time passes. */
  key: unknown;
  /** The query of this moment: a period ends now. */
  q: () => string | undefined;
  page: number;
  /** Asks again and again. */
  live: boolean;
};

/** A page of the events that a search finds, newest first. `page` counts from 1, as the address does. */
export function logListQuery(api: Api, { key, q, page, live }: LogSearch) {
  return queryOptions({
    queryKey: ['logs', 'list', key, page],
    queryFn: ({ signal }) =>
      api<LogPage>('/logs', {
        query: { q: q(), page: page - 1, per_page: PER_PAGE, include_totals: true, sort: 'date:-1' },
        signal,
      }),
    refetchInterval: live && INTERVAL,
    placeholderData: keepPreviousData,
  });
}

/** An event; it never changes, so it is asked for once. */
export function logQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['logs', 'one', id],
    queryFn: ({ signal }) => api<LogEvent>(`/logs/${encodeURIComponent(id)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
