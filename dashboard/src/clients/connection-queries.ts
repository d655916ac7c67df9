/** The connections of the tenant as the screens of a client need them, and switching one on or off for it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Api } from '../api/request.ts';
import type { Connection, PageOf } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

const CONNECTIONS = ['connections', 'all'];
const PER_PAGE = 100;
const FIELDS = 'id,name,display_name,strategy,enabled_clients,is_domain_connection';

/** All of them: a tenant has few, and a page of switches that hides some would mislead. */
export function connectionsQuery(api: Api) {
  return queryOptions({
    queryKey: CONNECTIONS,
    queryFn: async ({ signal }) => {
      const found: Connection[] = [];
      for (let page = 0; ; page++) {
        const query = { page, per_page: PER_PAGE, include_totals: true, fields: FIELDS };
        const answer = await api<PageOf<'connections', Connection>>('/connections', { query, signal });
        found.push(...answer.connections);
        if (answer.connections.length === 0 || found.length >= answer.total) return found;
      }
    },
  });
}

/** Shows the switch as it was turned at once, and turns it back when the server refuses. */
export function useToggleConnection(clientId: string, connection: Connection) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  const show = (isOn: boolean) =>
    queries.setQueryData<Connection[]>(CONNECTIONS, (all) =>
      all?.map((one) => (one.id === connection.id ? withClient(one, clientId, isOn) : one)),
    );
  return useMutation({
    mutationFn: (status: boolean) =>
      api<void>(`/connections/${encodeURIComponent(connection.id)}/clients`, {
        method: 'PATCH',
        body: [{ client_id: clientId, status }],
      }),
    onMutate: async (isOn) => {
      await queries.cancelQueries({ queryKey: CONNECTIONS });
      show(isOn);
    },
    onError: (_error, isOn) => show(!isOn),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  });
}

function withClient(connection: Connection, clientId: string, isOn: boolean): Connection {
  const others = (connection.enabled_clients ?? []).filter((id) => id !== clientId);
  return { ...connection, enabled_clients: isOn ? [...others, clientId] : others };
}

/** The connections that the users of a client may come from. */
export function enabledFor(connections: readonly Connection[], clientId: string): Connection[] {
  return connections.filter(({ enabled_clients }) => enabled_clients?.includes(clientId));
}
