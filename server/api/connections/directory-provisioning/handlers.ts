/** What the operations of `/connections/{id}/directory-provisioning` do. */
import { ApiError } from '../../../http/errors.ts';
import { randomAlphanumeric } from '../../../keys/secrets.ts';
import { listByCheckpoints, pageAfter } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import type { Connection } from '../schema.ts';
import { requireConnection } from '../store.ts';
import { strategyOf } from '../strategies/table.ts';
import { defaultDirectoryMapping } from './mapping.ts';
import {
  addSynchronizedGroups,
  createDirectoryProvisioning,
  deleteDirectoryProvisioning,
  getDefaultDirectoryMapping,
  getDirectoryProvisioning,
  listDirectoryProvisionings,
  listSynchronizedGroups,
  removeSynchronizedGroups,
  replaceSynchronizedGroups,
  synchronizeDirectory,
  updateDirectoryProvisioning,
} from './operations.ts';
import { type DirectoryProvisioning, directoryProvisioningResource } from './schema.ts';
import { directoryProvisionings, removeDirectoryProvisioningOf } from './store.ts';

export const directoryProvisioningRoutes: Route[] = [
  handle(listDirectoryProvisionings, async ({ services, sql, context, query }) => {
    const { tenant } = context;
    const connections = new Map((await services.stores.connections.list(sql, tenant)).map((one) => [one.id, one]));
    const show = (provisioning: DirectoryProvisioning) =>
      shown(provisioning, connections.get(provisioning.connection_id)!);
    return listByCheckpoints(sql, tenant, directoryProvisionings, directoryProvisioningResource, query, show);
  }),

  handle(getDirectoryProvisioning, async (call) => {
    const connection = await requireConnection(call);
    return shown(await requireProvisioning(call), connection);
  }),

  handle(createDirectoryProvisioning, async (call) => {
    const { sql, context, body } = call;
    const { tenant, now } = context;
    const connection = await requireDirectory(call);
    if (await directoryProvisionings.get(sql, tenant, connection.id))
      throw new ApiError(
        409,
        'Directory provisioning is already enabled on the specified connection',
        'directory_provisioning_conflict',
      );
    const at = new Date(now).toISOString();
    const provisioning: DirectoryProvisioning = {
      connection_id: connection.id,
      mapping: body?.mapping ?? defaultDirectoryMapping(),
      synchronize_automatically: body?.synchronize_automatically ?? false,
      synchronize_groups: body?.synchronize_groups ?? 'off',
      created_at: at,
      updated_at: at,
      groups: [],
    };
    await directoryProvisionings.insert(sql, tenant, provisioning, now);
    return shown(provisioning, connection);
  }),

  handle(updateDirectoryProvisioning, async (call) => {
    const connection = await requireConnection(call);
    return shown(await change(call, call.body ?? {}), connection);
  }),

  handle(deleteDirectoryProvisioning, async (call) => {
    const { id } = await requireConnection(call);
    await removeDirectoryProvisioningOf(call.sql, call.context.tenant, id);
  }),

  handle(getDefaultDirectoryMapping, async (call) => {
    await requireDirectory(call);
    return { mapping: defaultDirectoryMapping() };
  }),

  handle(synchronizeDirectory, async (call) => {
    const { id } = await requireConnection(call);
    // Reading a directory needs an administrator's consent at the provider, which cannot be given here yet: the attempt
    // ends at once, and the configuration tells why.
    const status = 'failed';
    await change(call, {
      last_synchronization_at: new Date(call.context.now).toISOString(),
      last_synchronization_status: status,
      last_synchronization_error: 'No administrator has given access to the directory',
    });
    return { connection_id: id, synchronization_id: `dps_${randomAlphanumeric(16)}`, status };
  }),

  handle(listSynchronizedGroups, async (call) => {
    const { q } = call.query;
    await requireConnection(call);
    const { groups } = await requireProvisioning(call);
    const found = q === undefined ? groups : groups.filter((id) => matches(q, id));
    const { page, next } = pageAfter(call.query, found, (id) => id);
    return { groups: page.map((id) => ({ id })), ...next };
  }),

  handle(replaceSynchronizedGroups, (call) => select(call, (_current, given) => given)),
  handle(addSynchronizedGroups, (call) => select(call, (current, given) => [...current, ...given])),
  handle(removeSynchronizedGroups, (call) =>
    select(call, (current, given) => current.filter((id) => !given.includes(id))),
  ),
];

type About = Where & { readonly params: { readonly id: string } };

async function requireProvisioning({ sql, context, params }: About): Promise<DirectoryProvisioning> {
  const provisioning = await directoryProvisionings.get(sql, context.tenant, params.id);
  if (!provisioning)
    throw new ApiError(
      404,
      'Directory provisioning is not enabled on the specified connection',
      'inexistent_directory_provisioning',
    );
  return provisioning;
}

/** @throws ApiError 404 for no connection, 400 for one without a directory */
async function requireDirectory(call: About): Promise<Connection> {
  const connection = await requireConnection(call);
  if (strategyOf(connection.strategy).hasDirectory) return connection;
  throw new ApiError(400, 'This connection type does not support directory provisioning', 'operation_not_supported');
}

async function change(call: About, changes: Partial<DirectoryProvisioning>): Promise<DirectoryProvisioning> {
  const { tenant, now } = call.context;
  const current = await requireProvisioning(call);
  const changed = { ...current, ...changes, updated_at: new Date(now).toISOString() };
  await directoryProvisionings.replace(call.sql, tenant, changed, now);
  return changed;
}

type Selection = About & { readonly body: { readonly groups: readonly { readonly id: string }[] } };

/** Changes which groups are read; each is there once. */
async function select(
  call: Selection,
  combine: (current: readonly string[], given: readonly string[]) => readonly string[],
): Promise<void> {
  await requireConnection(call);
  const { groups } = await requireProvisioning(call);
  const given = call.body.groups.map(({ id }) => id);
  await change(call, { groups: [...new Set(combine(groups, given))] });
}

/** Groups have an id and, until a directory is read, no name: a search for anything else finds nothing. */
function matches(q: string, id: string): boolean {
  const [, field, wanted] = /^(?:(\w+):)?"?([^"]*)"?$/.exec(q) ?? [];
  if (wanted === undefined || (field !== undefined && field !== 'id')) return false;
  return wanted.endsWith('*') ? id.startsWith(wanted.slice(0, -1)) : id === wanted;
}

function shown({ groups: _groups, connection_id, ...provisioning }: DirectoryProvisioning, connection: Connection) {
  return { connection_id, connection_name: connection.name, strategy: connection.strategy, ...provisioning };
}
