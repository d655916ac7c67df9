/**
 * What the screens of APIs ask the Management API, and what they change there.
 */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ClientGrant } from '../../../server/api/client-grants/schema.ts';
import type { Client } from '../../../server/api/clients/schema.ts';
import type { ResourceServer } from '../../../server/api/resource-servers/schema.ts';
import { useChange } from '../api/change.ts';
import { everyItem } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import { useDashboard } from '../dashboard.tsx';
import type { Body } from '../forms/draft.ts';

export type { ClientGrant, ResourceServer };

/** What is needed of a client that calls an API on its own behalf. */
export type Machine = Pick<Client, 'client_id' | 'name' | 'grant_types'>;

const LIST = ['apis', 'list'];
const one = (id: string) => ['apis', 'one', id];
const grantsOf = (audience: string) => ['apis', 'grants', audience];

export function apiListQuery(api: Api) {
  return queryOptions({
    queryKey: LIST,
    queryFn: ({ signal }) => everyItem<ResourceServer>(api, '/resource-servers', { signal }),
  });
}

export function apiQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id),
    queryFn: ({ signal }) => api<ResourceServer>(pathOf(id), { signal }),
  });
}

/** The API of the address, for the tabs of its page, which are shown only once it is there. */
export function useResourceServer(): ResourceServer {
  const { api } = useDashboard();
  const { apiId } = getRouteApi('/apis/$apiId').useParams();
  return useSuspenseQuery(apiQuery(api, apiId)).data;
}

export function useCreateApi() {
  return useChange(
    (api, body: { name: string; identifier: string; signing_alg: string }) =>
      api<ResourceServer>('/resource-servers', { method: 'POST', body }),
    [LIST],
  );
}

export function useUpdateApi(id: string) {
  return useChange((api, body: Body) => api<ResourceServer>(pathOf(id), { method: 'PATCH', body }), [one(id), LIST]);
}

export function useDeleteApi(id: string) {
  return useChange((api) => api<void>(pathOf(id), { method: 'DELETE' }), [LIST]);
}

/** The clients that could be authorised: those that may ask for tokens of their own (RFC 6749 §4.4). */
export function machinesQuery(api: Api) {
  return queryOptions({
    queryKey: ['apis', 'machines'],
    queryFn: async ({ signal }) => {
      const query = { is_global: false, fields: 'client_id,name,grant_types' };
      const clients = await everyItem<Machine>(api, '/clients', { query, signal });
      return clients.filter(({ grant_types }) => grant_types?.includes('client_credentials'));
    },
  });
}

/** What clients were authorised for at an API, on their own behalf. */
export function grantsQuery(api: Api, audience: string) {
  return queryOptions({
    queryKey: grantsOf(audience),
    queryFn: async ({ signal }) => {
      const grants = await everyItem<ClientGrant>(api, '/client-grants', { query: { audience }, signal });
      return grants.filter(({ subject_type }) => subject_type !== 'user');
    },
  });
}

export function useAuthorize(audience: string) {
  return useChange(
    (api, clientId: string) =>
      api<ClientGrant>('/client-grants', { method: 'POST', body: { client_id: clientId, audience, scope: [] } }),
    [grantsOf(audience)],
  );
}

export function useChangeGrant(audience: string) {
  return useChange(
    (api, { id, scope }: { id: string; scope: readonly string[] }) =>
      api<ClientGrant>(`/client-grants/${encodeURIComponent(id)}`, { method: 'PATCH', body: { scope } }),
    [grantsOf(audience)],
  );
}

export function useRevokeGrant(audience: string) {
  return useChange(
    (api, id: string) => api<void>(`/client-grants/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    [grantsOf(audience)],
  );
}

function pathOf(id: string) {
  return `/resource-servers/${encodeURIComponent(id)}`;
}
