/**
 * What forms let one choose from: lists of things that other screens look after.
 */
import { queryOptions } from '@tanstack/react-query';
import { everyItem } from './paging.ts';
import type { Api, RequestOptions } from './request.ts';
import type { Client, Connection, ResourceServer } from './types.ts';

/** Milliseconds: choices change rarely, and dialogs should open with them. */
const FRESH = 30_000;

/** @param name what is chosen, which the choices are kept by */
function choicesQuery<Item>(api: Api, name: string, path: string, query?: RequestOptions['query']) {
  return queryOptions({
    queryKey: ['choices', name],
    queryFn: ({ signal }) => everyItem<Item>(api, path, { query, signal }),
    staleTime: FRESH,
  });
}

const CONNECTION_FIELDS = 'id,name,strategy,options';

export function connectionChoicesQuery(api: Api) {
  return choicesQuery<Connection>(api, 'connections', '/connections', { fields: CONNECTION_FIELDS });
}

/** The database connections: users are made in these only. */
export function databaseChoicesQuery(api: Api) {
  return choicesQuery<Connection>(api, 'databases', '/connections', { strategy: 'auth0', fields: CONNECTION_FIELDS });
}

export function apiChoicesQuery(api: Api) {
  return choicesQuery<ResourceServer>(api, 'apis', '/resource-servers');
}

export function clientChoicesQuery(api: Api) {
  const fields = 'client_id,name,app_type,organization_usage';
  return choicesQuery<Client>(api, 'clients', '/clients', { is_global: false, fields });
}
