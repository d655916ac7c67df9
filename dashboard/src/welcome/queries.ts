/**
 * What the first steps ask of the tenant: whether it is fresh and how far they have come. Both are known to every
 * browser and administrator of the tenant, because the progress is kept with the dashboard's own client.
 */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { FRESH_CLIENTS } from '../../../server/tenants/fresh.ts';
import type { Api } from '../api/request.ts';
import type { Client, DashboardConfig, PageOf } from '../api/types.ts';
import { useCreateClient } from '../clients/queries.ts';
import type { Addresses } from '../clients/quick-start/catalogue.ts';
import { tryCallback } from '../clients/quick-start/try-login.ts';
import type { ClientType } from '../clients/type-values.ts';
import { useDashboard } from '../dashboard.tsx';

/** In the metadata of the dashboard's client. */
type Progress = {
  /** That they were gone through, or put aside. */
  welcome?: 'done' | 'dismissed';
  /** The client they made, and the technology that was chosen for it. */
  welcome_client?: string;
  welcome_guide?: string;
};

const PROGRESS = ['welcome', 'progress'];
const pathOf = (id: string) => `/clients/${encodeURIComponent(id)}`;

export function progressQuery(api: Api, config: DashboardConfig) {
  return queryOptions({
    queryKey: PROGRESS,
    queryFn: async ({ signal }) => {
      const query = { fields: 'client_metadata' };
      const { client_metadata } = await api<{ client_metadata?: Progress }>(pathOf(config.client_id), {
        query,
        signal,
      });
      return client_metadata ?? {};
    },
  });
}

/** Whether the tenant holds no client but those it came with. */
export function isFreshQuery(api: Api) {
  const fresh: readonly string[] = Object.values(FRESH_CLIENTS);
  return queryOptions({
    queryKey: ['clients', 'list', 'fresh'],
    queryFn: async ({ signal }) => {
      const query = { is_global: false, fields: 'name', per_page: fresh.length, include_totals: true };
      const { clients, total } = await api<PageOf<'clients', { name: string }>>('/clients', { query, signal });
      return total < fresh.length && clients.every(({ name }) => fresh.includes(name));
    },
  });
}

/** Notes how far the first steps have come. */
export function useKeepProgress() {
  const { api, config } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (progress: Progress) =>
      api<Client>(pathOf(config.client_id), { method: 'PATCH', body: { client_metadata: progress } }),
    onMutate: (progress) => queries.setQueryData(PROGRESS, (now: Progress | undefined) => ({ ...now, ...progress })),
  });
}

export type FirstClient = {
  name: string;
  type: ClientType;
  /** Id of the guide, and what its sample needs; none for another technology. */
  guide?: string | undefined;
  addresses?: Addresses | undefined;
  /** Id of the connection that people may sign in by. */
  connection?: string | undefined;
};

/** Makes the client with all that its sample and the trial need. What fails after it was made is told by the next step. */
export function useMakeFirstClient() {
  const { api } = useDashboard();
  const queries = useQueryClient();
  const create = useCreateClient();
  const keep = useKeepProgress();
  return useMutation({
    mutationFn: async ({ name, type, guide, addresses, connection }: FirstClient) => {
      const isMachine = type === 'non_interactive';
      const callbacks = isMachine ? [] : [...(addresses?.callbacks ?? []), tryCallback()];
      const client = await create.mutateAsync({ name, app_type: type, ...addresses, callbacks });
      if (connection) await enable(api, connection, client.client_id).catch(() => undefined);
      const progress = { welcome_client: client.client_id, welcome_guide: guide ?? '' };
      await keep.mutateAsync(progress).catch(() => undefined);
      return client;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  });
}

function enable(api: Api, connection: string, client_id: string) {
  const path = `/connections/${encodeURIComponent(connection)}/clients`;
  return api<void>(path, { method: 'PATCH', body: [{ client_id, status: true }] });
}
