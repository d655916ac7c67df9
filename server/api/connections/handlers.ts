/** What the operations of `/connections` do. A connection that goes takes its users along. */
import { ApiError } from '../../http/errors.ts';
import { withChanges } from '../../schema/resource.ts';
import { UniqueViolation } from '../../storage/database.ts';
import { listCollection, pickFields } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { deleteUsersOf } from '../users/store.ts';
import { changedOptions, checkOptions, newConnection, sealConfiguration } from './defaults.ts';
import {
  changeEnabledClients,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  listEnabledClients,
  updateConnection,
} from './operations.ts';
import { type Connection, connectionResource } from './schema.ts';

/** Clients of a page when the request does not say. */
const DEFAULT_TAKE = 50;

export const connectionRoutes: Route[] = [
  handle(listConnections, async (call) => {
    const { services, sql, context, query } = call;
    const strategies = query.strategy === undefined ? undefined : [query.strategy].flat();
    const filter = (connection: Connection) =>
      (strategies?.includes(connection.strategy) ?? true) && (query.name ?? connection.name) === connection.name;
    const show = (connection: Connection) => pickFields(shown(connection), query);
    const narrowed = strategies !== undefined || query.name !== undefined;
    return listCollection(
      sql,
      context.tenant,
      services.stores.connections,
      connectionResource,
      query,
      show,
      narrowed ? filter : undefined,
    );
  }),

  handle(createConnection, async (call) => {
    const { services, sql, context, body } = call;
    const connection = newConnection(body);
    sealConfiguration(connection, services.vault);
    try {
      await services.stores.connections.insert(sql, context.tenant, connection, context.now);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new ApiError(409, 'A connection with the same name already exists', 'connection_conflict');
    }
    await services.configurations.touch(sql, context.tenant);
    return shown(connection);
  }),

  handle(getConnection, async (call) => pickFields(shown(await requireConnection(call)), call.query)),

  handle(updateConnection, async (call) => {
    const { services, sql, context, body } = call;
    const current = await requireConnection(call);
    const connection = withChanges(connectionResource, current, body) as Connection;
    if (body.options) connection.options = changedOptions(current.options ?? {}, body.options as never);
    if (!connection.realms?.length) connection.realms = [connection.name];
    checkOptions(connection);
    sealConfiguration(connection, services.vault);
    await services.stores.connections.replace(sql, context.tenant, connection, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shown(connection);
  }),

  handle(deleteConnection, async (call) => {
    const { services, sql, context, params } = call;
    const { tenant } = context;
    const connection = await services.stores.connections.get(sql, tenant, params.id);
    if (connection) {
      await services.stores.connections.remove(sql, tenant, connection.id);
      await deleteUsersOf(sql, tenant, connection.name);
      await services.configurations.touch(sql, tenant);
    }
    return { deleted_at: new Date(context.now).toISOString() };
  }),

  handle(listEnabledClients, async (call) => {
    const { take = DEFAULT_TAKE, from } = call.query;
    const enabled = (await requireConnection(call)).enabled_clients ?? [];
    const start = from === undefined ? 0 : enabled.indexOf(from) + 1;
    const page = enabled.slice(start, start + take);
    const next = enabled.length > start + take ? { next: page.at(-1)! } : {};
    return { clients: page.map((client_id) => ({ client_id })), ...next };
  }),

  handle(changeEnabledClients, async (call) => {
    const { services, sql, context, body } = call;
    const connection = await requireConnection(call);
    const enabled = new Set(connection.enabled_clients);
    for (const { client_id, status } of body) {
      if (!status) enabled.delete(client_id);
      else if (await services.stores.clients.get(sql, context.tenant, client_id)) enabled.add(client_id);
      else throw new ApiError(400, `The client ${client_id} does not exist`, 'inexistent_client');
    }
    const changed = { ...connection, enabled_clients: [...enabled] };
    await services.stores.connections.replace(sql, context.tenant, changed, context.now);
    await services.configurations.touch(sql, context.tenant);
  }),
];

/** The connection as answers show it; one that was made before a default existed shows the default. */
function shown(connection: Connection): Connection {
  return {
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    enabled_clients: [],
    realms: [connection.name],
    ...connection,
  };
}

async function requireConnection(
  call: Pick<Call, 'services' | 'sql' | 'context'> & { readonly params: { readonly id: string } },
): Promise<Connection> {
  const { services, sql, context, params } = call;
  const connection = await services.stores.connections.get(sql, context.tenant, params.id);
  if (!connection) throw new ApiError(404, 'The connection does not exist', 'inexistent_connection');
  return connection;
}
