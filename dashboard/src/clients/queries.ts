/**
 * What the screens of clients ask the Management API, and what they keep of its answers.
 */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Api } from '../api/request.ts';
import type { Client } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import type { ClientType } from './types.tsx';

type ClientPage = { clients: Client[]; total: number; start: number; limit: number };

/** Members of a client to change; null removes one. */
export type ClientChanges = { [Name in keyof Client]?: Client[Name] | null };

const PER_PAGE = 50;
const LIST = ['clients', 'list'];
const one = (id: string) => ['clients', 'one', id];

/** All clients a person may see, page by page; the hidden global client is not among them. */
export function clientListQuery(api: Api) {
  return infiniteQueryOptions({
    queryKey: LIST,
    queryFn: ({ pageParam, signal }) =>
      api<ClientPage>('/clients', {
        query: { page: pageParam, per_page: PER_PAGE, include_totals: true, is_global: false },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) => (last.start + last.clients.length < last.total ? page + 1 : undefined),
  });
}

export function clientQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id),
    queryFn: ({ signal }) => api<Client>(pathOf(id), { signal }),
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
    mutationFn: (body: { name: string; app_type: ClientType }) => api<Client>('/clients', { method: 'POST', body }),
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
