/**
 * What the screens of clients ask the Management API, and what they keep of its answers.
 */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDeletion, useKept } from '../api/change.ts';
import { everyItem, pageQuery } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import type { Client, ClientGrant, ResourceServer } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import type { ClientType } from './type-values.ts';

/** Members of a client to change; null removes one. */
export type ClientChanges = { [Name in keyof Client]?: Client[Name] | null };

/** What a new client is made of: its name and type, and what it may be set to at once. */
export type NewClient = { name: string; app_type: ClientType } & {
  [Name in 'callbacks' | 'allowed_logout_urls' | 'web_origins']?: readonly string[];
};

/** What the list shows of a client; no secret is fetched for it. */
export type ListedClient = Pick<Client, 'client_id' | 'name' | 'app_type' | 'logo_uri' | 'is_first_party'>;

/** What part of the list is asked for. `page` counts from 1. */
export type ClientListFilter = { page: number; words: string; type: ClientType | undefined };

export const PER_PAGE = 20;
const LISTED_FIELDS = 'client_id,name,app_type,logo_uri,is_first_party';
const LIST = ['clients', 'list'];
const one = (id: string) => ['clients', 'one', id];

/** A page of the clients a person may see; the hidden global client is not among them. */
export function clientListQuery(api: Api, { page, words, type }: ClientListFilter) {
  return pageQuery<'clients', ListedClient>(api, {
    path: '/clients',
    key: LIST,
    page,
    perPage: PER_PAGE,
    query: { is_global: false, fields: LISTED_FIELDS, app_type: type, q: searchFor(words) },
  });
}

/** Long words of letters and digits are (the beginning of) a client ID, everything else is part of a name. */
function searchFor(words: string): string | undefined {
  const given = words.trim().replaceAll('"', '');
  if (given === '') return undefined;
  return /^[A-Za-z0-9_-]{16,}$/.test(given) ? `client_id:"${given}*"` : `name:"*${given}*"`;
}

export function clientQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id),
    queryFn: ({ signal }) => api<Client>(pathOf(id), { signal }),
  });
}

export const grantsKey = (id: string) => ['client-grants', { client_id: id }];

/** The APIs that a client is authorised for, for itself. */
export function grantsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: grantsKey(id),
    queryFn: async ({ signal }) => {
      const grants = await everyItem<ClientGrant>(api, '/client-grants', { query: { client_id: id }, signal });
      return grants.filter(({ subject_type }) => subject_type !== 'user');
    },
  });
}

export function resourceServersQuery(api: Api) {
  return queryOptions({
    queryKey: ['resource-servers', 'picker'],
    queryFn: ({ signal }) => everyItem<ResourceServer>(api, '/resource-servers', { signal }),
  });
}

/** The client of the address, for the tabs of its page, which are shown only once it is there. */
export function useClient(): Client {
  const { api } = useDashboard();
  const { clientId } = getRouteApi('/clients/$clientId').useParams();
  return useSuspenseQuery(clientQuery(api, clientId)).data;
}

/** How a new client of a type that can keep a secret proves itself; the server says it of the others. */
const PROOF = { token_endpoint_auth_method: 'client_secret_post' } as const;
const PROOFS: Partial<Record<ClientType, object>> = { regular_web: PROOF, non_interactive: PROOF };

export function useCreateClient() {
  return useKept(
    (api, body: NewClient) => api<Client>('/clients', { method: 'POST', body: { ...PROOFS[body.app_type], ...body } }),
    keyOf,
    LIST,
  );
}

export function useUpdateClient(id: string) {
  return useKept((api, body: ClientChanges) => api<Client>(pathOf(id), { method: 'PATCH', body }), keyOf, LIST);
}

export function useRotateSecret(id: string) {
  return useKept((api) => api<Client>(`${pathOf(id)}/rotate-secret`, { method: 'POST' }), keyOf, LIST);
}

export function useDeleteClient(id: string) {
  return useDeletion(pathOf(id), one(id), LIST);
}

function keyOf({ client_id }: Client) {
  return one(client_id);
}

function pathOf(id: string) {
  return `/clients/${encodeURIComponent(id)}`;
}
