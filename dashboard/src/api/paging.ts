/**
 * Lists of the Management API: a page at a time, or whole.
 */
import { keepPreviousData, type QueryKey, queryOptions } from '@tanstack/react-query';
import type { Api, RequestOptions } from './request.ts';
import type { PageOf } from './types.ts';

/** As many as one request answers. */
const MOST = 100;

type PageRequest = {
  path: string;
  /** Where pages of the list are kept. */
  key: QueryKey;
  /** Counts from 1, as the address does. */
  page: number;
  perPage: number;
  /** What narrows or sorts the list. */
  query?: RequestOptions['query'];
};

/** A page of a list, and how many there are in all. Until another page is there, the one before stays: nothing jumps. */
export function pageQuery<Plural extends string, Item>(api: Api, { path, key, page, perPage, query }: PageRequest) {
  return queryOptions({
    queryKey: [...key, query, page],
    queryFn: ({ signal }) =>
      api<PageOf<Plural, Item>>(path, {
        query: { ...query, page: page - 1, per_page: perPage, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Every item of a list, request after request: for what one chooses from, of which tenants have some dozens. */
export async function everyItem<Item>(
  api: Api,
  path: string,
  { query, signal }: Pick<RequestOptions, 'query' | 'signal'>,
): Promise<Item[]> {
  const found: Item[] = [];
  for (let page = 0; ; page++) {
    const items = await api<Item[]>(path, { query: { ...query, page, per_page: MOST }, signal });
    found.push(...items);
    if (items.length < MOST) return found;
  }
}
