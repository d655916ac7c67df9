/** Which connections a client has, and switching one on or off for it. The list is that of the connections' screens. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { connectionListQuery, type ListedConnection } from '../connections/queries.ts';
import { useDashboard } from '../dashboard.tsx';

export { connectionListQuery, type ListedConnection };

/** Shows the switch as it was turned at once, and turns it back when the server refuses. */
export function useToggleConnection(clientId: string, connection: ListedConnection) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  const { queryKey } = connectionListQuery(api);
  const show = (isOn: boolean) =>
    queries.setQueryData(queryKey, (all) =>
      all?.map((one) => (one.id === connection.id ? withClient(one, clientId, isOn) : one)),
    );
  return useMutation({
    mutationFn: (status: boolean) =>
      api<void>(`/connections/${encodeURIComponent(connection.id)}/clients`, {
        method: 'PATCH',
        body: [{ client_id: clientId, status }],
      }),
    onMutate: async (isOn) => {
      await queries.cancelQueries({ queryKey });
      show(isOn);
    },
    onError: (_error, isOn) => show(!isOn),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  });
}

function withClient(connection: ListedConnection, clientId: string, isOn: boolean): ListedConnection {
  const others = (connection.enabled_clients ?? []).filter((id) => id !== clientId);
  return { ...connection, enabled_clients: isOn ? [...others, clientId] : others };
}

/** The connections that the users of a client may come from. */
export function enabledFor(connections: readonly ListedConnection[], clientId: string): ListedConnection[] {
  return connections.filter(({ enabled_clients }) => enabled_clients?.includes(clientId));
}
