/**
 * What the screens of clients ask the Management API, and what they keep of its answers.
 */
import { keepPreviousData, queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Api } from '../api/request.ts';
import type { Client, ClientGrant, PageOf, ResourceServer } from '../api/types.ts';
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
  return queryOptions({
    queryKey: [...LIST, { page, words, type }],
    queryFn: ({ signal }) =>
      api<PageOf<'clients', ListedClient>>('/clients', {
        query: {
          page: page - 1,
          per_page: PER_PAGE,
          include_totals: true,
          is_global: false,
          fields: LISTED_FIELDS,
          app_type: type,
          q: searchFor(words),
        },
        signal,
      }),
    // While the next page or the next letter is on its way, what was there stays: nothing jumps.
    placeholderData: keepPreviousData,
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
      const grants = await api<ClientGrant[]>('/client-grants', { query: { client_id: id, per_page: 100 }, signal });
      return grants.filter(({ subject_type }) => subject_type !== 'user');
    },
  });
}

export function resourceServersQuery(api: Api) {
  return queryOptions({
    queryKey: ['resource-servers', 'picker'],
    queryFn: ({ signal }) => api<ResourceServer[]>('/resource-servers', { query: { per_page: 100 }, signal }),
  });
}

/** The client of the address, for the tabs of its page, which are shown only once it is there. */
export function useClient(): Client {
  const { api } = useDashboard();
  const { clientId } = getRouteApi('/clients/$clientId').useParams();
  return useSuspenseQuery(clientQuery(api, clientId)).data;
}

export function useCreateClient() {
  const { api } = useDashboard();
  const keep = useKeepClient();
  return useMutation({
    mutationFn: (body: NewClient) => api<Client>('/clients', { method: 'POST', body }),
    onSuccess: keep,
  });
}

export function useUpdateClient(id: string) {
  const { api } = useDashboard();
  const keep = useKeepClient();
  return useMutation({
    mutationFn: (body: ClientChanges) => api<Client>(pathOf(id), { method: 'PATCH', body }),
    onSuccess: keep,
  });
}

export function useRotateSecret(id: string) {
  const { api } = useDashboard();
  const keep = useKeepClient();
  return useMutation({
    mutationFn: () => api<Client>(`${pathOf(id)}/rotate-secret`, { method: 'POST' }),
    onSuccess: keep,
  });
}

export function useDeleteClient(id: string) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>(pathOf(id), { method: 'DELETE' }),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: one(id), refetchType: 'none' });
      // Waits for the new list, also while it is not on screen: it is what the user sees next.
      return queries.invalidateQueries({ queryKey: LIST, refetchType: 'all' });
    },
  });
}

function useKeepClient() {
  const queries = useQueryClient();
  return (client: Client) => {
    queries.setQueryData(one(client.client_id), client);
    return queries.invalidateQueries({ queryKey: LIST });
  };
}

function pathOf(id: string) {
  return `/clients/${encodeURIComponent(id)}`;
}
