/** What the operations of `/connections` do. A connection that goes takes along its users and all that hangs on it. */
import { ApiError } from '../../http/errors.ts';
import { orConflict } from '../conflict.ts';
import { removeGroupsOfConnection } from '../groups/store.ts';
import { listCollection, pageAfter, pickFields } from '../lists.ts';
import { removeConnectionFromOrganizations } from '../organizations/connections/store.ts';
import { removeInvitationsOf } from '../organizations/invitations/store.ts';
import { type Call, handle, type Route, type Where } from '../pipeline.ts';
import { requirePowerOverUser, requirePowerOverUsersOf } from '../powers.ts';
import { removeDependants } from '../removals.ts';
import { removeSsoTicketsOfConnection } from '../self-service-profiles/store.ts';
import { removedConnections } from '../users/gone.ts';
import { deleteUser, removeAdministratorsOf } from '../users/removal.ts';
import { findUser } from '../users/store.ts';
import { changedConnection, newConnection, type Surroundings, sealConfiguration } from './defaults.ts';
import { removeDirectoryProvisioningOf } from './directory-provisioning/store.ts';
import { type ConnectionKeys, makeKeys, needsKeys } from './keys/pairs.ts';
import { connectionKeyStore, removeKeysOf } from './keys/store.ts';
import {
  changeEnabledClients,
  createConnection,
  deleteConnection,
  deleteConnectionUser,
  getConnection,
  getConnectionStatus,
  listConnections,
  listEnabledClients,
  updateConnection,
} from './operations.ts';
import { type Connection, connectionResource } from './schema.ts';
import { removeScimConfigurationOf } from './scim-configuration/store.ts';
import { requireConnection } from './store.ts';
import type { Options } from './strategies/strategy.ts';
import { checkStrategyOptions, strategyOf } from './strategies/table.ts';
import { learn } from './upstream/learn.ts';

export const connectionRoutes: Route[] = [
  handle(listConnections, async (call) => {
    const { services, sql, context, query } = call;
    const strategies = query.strategy === undefined ? undefined : [query.strategy].flat();
    const filter = (connection: Connection) =>
      (strategies?.includes(connection.strategy) ?? true) && (query.name ?? connection.name) === connection.name;
    const show = (connection: Connection) => picked(connection, query);
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

  handle(
    createConnection,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const { connection, keys } = prepared;
      if ((await removedConnections(sql, context.tenant)).includes(connection.name))
        throw new ApiError(409, 'A connection with the same name is still being removed', 'connection_conflict');
      await orConflict(services.stores.connections.insert(sql, context.tenant, connection, context.now), () => {
        return new ApiError(409, 'A connection with the same name already exists', 'connection_conflict');
      });
      await addKeys(call, connection.id, keys);
      await services.configurations.touch(sql, context.tenant);
      return shown(connection);
    },
    prepareCreation,
  ),

  handle(getConnection, async (call) => picked(await requireConnection(call), call.query)),

  handle(
    updateConnection,
    async (call) => {
      const { services, sql, context, body, prepared } = call;
      const connection = changedConnection(await requireConnection(call), body, prepared.surroundings);
      sealConfiguration(connection, services.vault);
      await services.stores.connections.replace(sql, context.tenant, connection, context.now);
      await addKeys(call, connection.id, prepared.keys);
      await services.configurations.touch(sql, context.tenant);
      return shown(connection);
    },
    prepareChange,
  ),

  handle(deleteConnection, async (call) => {
    const { services, sql, context, params } = call;
    const { tenant } = context;
    const connection = await services.stores.connections.get(sql, tenant, params.id);
    if (connection) {
      await requirePowerOverUsersOf(call, connection.name);
      await services.stores.connections.remove(sql, tenant, connection.id);
      await removeAdministratorsOf(sql, tenant, connection.name);
      await removeDependants(call, 'connection', connection.name);
      await removeKeysOf(sql, services.vault, tenant, connection.id);
      await removeScimConfigurationOf(sql, tenant, connection.id);
      await removeDirectoryProvisioningOf(sql, tenant, connection.id);
      await removeConnectionFromOrganizations(sql, tenant, connection.id);
      await removeInvitationsOf(sql, services.vault, tenant, 'connection', connection.id);
      await removeGroupsOfConnection(sql, tenant, services.stores.groups, connection.id);
      await removeSsoTicketsOfConnection(sql, tenant, connection.id);
      await services.configurations.touch(sql, tenant);
    }
    return { deleted_at: new Date(context.now).toISOString() };
  }),

  handle(listEnabledClients, async (call) => {
    const enabled = (await requireConnection(call)).enabled_clients ?? [];
    const { page, next } = pageAfter(call.query, enabled, (id) => id);
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

  handle(getConnectionStatus, async (call) => {
    const connection = await requireConnection(call);
    // Directories are connected by an agent of theirs, and none can connect yet; all others are asked when needed.
    if (connection.strategy === 'ad') throw new ApiError(404, 'The connection is offline', 'connection_offline');
    return {};
  }),

  handle(deleteConnectionUser, async (call) => {
    const { services, sql, context, query } = call;
    const connection = await requireConnection(call);
    if (strategyOf(connection.strategy).family !== 'database')
      throw new ApiError(400, 'Connection must be a database connection', 'operation_not_supported');
    const user = await findUser(sql, context.tenant, connection.name, 'email', query.email);
    if (!user) return;
    await requirePowerOverUser(call, user.user_id);
    await deleteUser(sql, context.tenant, user.user_id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

type Prepared = { readonly keys: ConnectionKeys | undefined };

/** Asks the provider, and makes keys where the connection signs: both take long. */
async function prepareCreation(
  call: Call<typeof createConnection>,
): Promise<Prepared & { readonly connection: Connection }> {
  const { services, context, body } = call;
  const { strategy, name } = body as { strategy: string; name: string };
  const options = (body.options ?? {}) as Options;
  checkStrategyOptions(strategy, options);
  const learnt = await learn(services, strategy, options);
  const connection = newConnection(body, { issuer: context.site.issuer, learnt });
  sealConfiguration(connection, services.vault);
  const keys = needsKeys(connection) ? await makeKeys(name, connection.options, context.now) : undefined;
  return { connection, keys };
}

/** The same for a change. The connection is read again in the unit of work, which another change may have preceded. */
async function prepareChange(
  call: Call<typeof updateConnection>,
): Promise<Prepared & { readonly surroundings: Surroundings }> {
  const { services, sql, context, body } = call;
  const { issuer } = context.site;
  const connection = await requireConnection(call);
  if (!body.options) return { keys: undefined, surroundings: { issuer, learnt: {} } };
  const options = body.options as Options;
  checkStrategyOptions(connection.strategy, options);
  const surroundings = { issuer, learnt: await learn(services, connection.strategy, options) };
  const changed = changedConnection(connection, body, surroundings);
  const existing = await connectionKeyStore(services.vault).findAll(sql, context.tenant, 'connection', connection.id);
  const wanted = needsKeys(changed) && existing.length === 0;
  return { keys: wanted ? await makeKeys(changed.name, changed.options, context.now) : undefined, surroundings };
}

async function addKeys(
  { services, sql, context }: Where,
  connectionId: string,
  keys: ConnectionKeys | undefined,
): Promise<void> {
  const store = connectionKeyStore(services.vault);
  for (const key of keys ?? []) {
    await store.insert(sql, context.tenant, { ...key, connection_id: connectionId }, context.now);
  }
}

/** What is shown besides the fields that are asked for (recorded). */
const ALWAYS = 'id,is_domain_connection,authentication,connected_accounts';

function picked(connection: Connection, query: { fields?: string; include_fields?: boolean }) {
  const asked = query.fields && query.include_fields !== false ? `${query.fields},${ALWAYS}` : query.fields;
  return pickFields(shown(connection), { ...query, ...(asked ? { fields: asked } : {}) });
}

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
