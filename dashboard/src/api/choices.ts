/**
 * What forms let one choose from: short lists of things that other screens look after.
 */
import { queryOptions } from '@tanstack/react-query';
import type { Api } from './request.ts';
import type { Client, Connection, ResourceServer } from './types.ts';

/** As many as one request answers; whoever has more finds them on their own screens. */
const MOST = 100;
/** Milliseconds: choices change rarely, and dialogs should open with them. */
const FRESH = 30_000;

export function connectionChoicesQuery(api: Api) {
  return queryOptions({
    queryKey: ['choices', 'connections'],
    queryFn: ({ signal }) =>
      api<Connection[]>('/connections', { query: { per_page: MOST, fields: 'id,name,strategy,options' }, signal }),
    staleTime: FRESH,
  });
}

/** The database connections: users are made in these only. */
export function databaseChoicesQuery(api: Api) {
  return queryOptions({
    queryKey: ['choices', 'databases'],
    queryFn: ({ signal }) =>
      api<Connection[]>('/connections', {
        query: { strategy: 'auth0', per_page: MOST, fields: 'id,name,strategy,options' },
        signal,
      }),
    staleTime: FRESH,
  });
}

export function apiChoicesQuery(api: Api) {
  return queryOptions({
    queryKey: ['choices', 'apis'],
    queryFn: ({ signal }) => api<ResourceServer[]>('/resource-servers', { query: { per_page: MOST }, signal }),
    staleTime: FRESH,
  });
}

export function clientChoicesQuery(api: Api) {
  return queryOptions({
    queryKey: ['choices', 'clients'],
    queryFn: ({ signal }) =>
      api<Client[]>('/clients', {
        query: { per_page: MOST, is_global: false, fields: 'client_id,name,app_type,organization_usage' },
        signal,
      }),
    staleTime: FRESH,
  });
}
