/**
 * What the screens of connections ask the Management API, and what they change there.
 */
import { infiniteQueryOptions, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Client } from '../../../server/api/clients/schema.ts';
import type { Connection } from '../../../server/api/connections/schema.ts';
import { useChange } from '../api/change.ts';
import { everyItem } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import { useDashboard } from '../dashboard.tsx';
import type { Body } from '../forms/draft.ts';

export type { Connection };
export type ListedConnection = Pick<Connection, 'id' | 'name' | 'strategy' | 'display_name' | 'enabled_clients'>;
export type ConnectedClient = Pick<Client, 'client_id' | 'name' | 'app_type' | 'grant_types'>;

/** As many as one request answers. */
const MOST = 100;
const LIST = ['connections', 'list'];
const one = (id: string) => ['connections', 'one', id];
const CLIENTS = ['connections', 'clients'];
export const PASSWORD_REALM = 'http://auth0.com/oauth/grant-type/password-realm';

/** Every connection, page after page: categories are made here, and few tenants have more than some dozens. */
export function connectionListQuery(api: Api) {
  return queryOptions({
    queryKey: LIST,
    queryFn: ({ signal }) =>
      everyItem<ListedConnection>(api, '/connections', {
        query: { fields: 'id,name,strategy,display_name,enabled_clients' },
        signal,
      }),
  });
}

export function connectionQuery(api: Api, id: string) {
  return queryOptions({ queryKey: one(id), queryFn: ({ signal }) => api<Connection>(pathOf(id), { signal }) });
}

/** The connection of the address, for the tabs of its page, which are shown only once it is there. */
export function useConnection(): Connection {
  const { api } = useDashboard();
  const { connectionId } = getRouteApi('/connections/$connectionId').useParams();
  return useSuspenseQuery(connectionQuery(api, connectionId)).data;
}

export function useCreateConnection() {
  return useChange(
    (api, body: { name: string; strategy: string; options?: object }) =>
      api<Connection>('/connections', { method: 'POST', body }),
    [LIST],
  );
}

export function useUpdateConnection(id: string) {
  return useChange((api, body: Body) => api<Connection>(pathOf(id), { method: 'PATCH', body }), [one(id), LIST]);
}

export function useDeleteConnection(id: string) {
  return useChange((api) => api<unknown>(pathOf(id), { method: 'DELETE' }), [LIST]);
}

/** The clients a connection can be switched on for, page by page. */
export function clientsQuery(api: Api) {
  return infiniteQueryOptions({
    queryKey: CLIENTS,
    queryFn: ({ pageParam, signal }) =>
      api<{ clients: ConnectedClient[]; total: number; start: number }>('/clients', {
        query: {
          page: pageParam,
          per_page: MOST,
          include_totals: true,
          is_global: false,
          fields: 'client_id,name,app_type,grant_types',
        },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) => (last.start + last.clients.length < last.total ? page + 1 : undefined),
  });
}

export function useSwitchClient(id: string) {
  return useChange(
    (api, change: { client_id: string; status: boolean }) =>
      api<void>(`${pathOf(id)}/clients`, { method: 'PATCH', body: [change] }),
    [one(id), LIST],
  );
}

/** A client that may do nothing but try passwords of this connection. */
export function useCreateTester(id: string) {
  return useChange(
    async (api) => {
      const body = {
        name: 'Connection tester',
        description: 'Tries logins of connections in the dashboard, by the password grant.',
        app_type: 'regular_web',
        grant_types: [PASSWORD_REALM],
      };
      const { client_id } = await api<ConnectedClient>('/clients', { method: 'POST', body });
      await api<void>(`${pathOf(id)}/clients`, { method: 'PATCH', body: [{ client_id, status: true }] });
      return client_id;
    },
    [one(id), LIST, CLIENTS],
  );
}

function pathOf(id: string) {
  return `/connections/${encodeURIComponent(id)}`;
}
