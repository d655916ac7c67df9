/** What the operations of `/flows/vault/connections` do. */
import { Type } from 'typebox';
import { ApiError } from '../../../http/errors.ts';
import { randomAlphanumeric } from '../../../keys/secrets.ts';
import type { Vault } from '../../../keys/vault.ts';
import { withChanges } from '../../../schema/resource.ts';
import { validator } from '../../../schema/validate.ts';
import { listCollection } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import {
  createVaultConnection,
  deleteVaultConnection,
  getVaultConnection,
  listVaultConnections,
  updateVaultConnection,
} from './operations.ts';
import { APPS, setupOf, type VaultConnection, vaultConnectionResource } from './schema.ts';
import { vaultConnectionStore } from './store.ts';

/** The setup whose credentials come from a consent at the service. */
const NEEDS_CONSENT = 'OAUTH_CODE';

const setupChecks = Object.fromEntries(
  APPS.map((app) => [app, validator(Type.Object({ setup: setupOf[app]! }), 'body')]),
);

export const vaultConnectionRoutes: Route[] = [
  handle(listVaultConnections, ({ services, sql, context, query }) =>
    listCollection(
      sql,
      context.tenant,
      vaultConnectionStore(services.vault),
      vaultConnectionResource,
      query,
      (connection) => shown(connection),
    ),
  ),

  handle(createVaultConnection, async ({ services, sql, context, body }) => {
    const at = new Date(context.now).toISOString();
    const given = body as Pick<VaultConnection, 'app_id' | 'name' | 'setup'>;
    const connection = completed(services.vault, {
      ...given,
      id: `ac_${randomAlphanumeric(22)}`,
      created_at: at,
      updated_at: at,
    });
    await vaultConnectionStore(services.vault).insert(sql, context.tenant, connection, context.now);
    await services.configurations.touch(sql, context.tenant);
    return { ...shown(connection), refreshed_at: null };
  }),

  handle(getVaultConnection, async (call) => shown(await requireConnection(call))),

  handle(updateVaultConnection, async (call) => {
    const { services, sql, context } = call;
    const current = await requireConnection(call);
    const changes = call.body as Partial<VaultConnection>;
    const problem = changes.setup && setupChecks[current.app_id]!({ setup: changes.setup });
    if (problem) throw new ApiError(400, problem.message, problem.errorCode);
    const connection = completed(services.vault, {
      ...(withChanges(vaultConnectionResource, current, changes) as VaultConnection),
      updated_at: new Date(context.now).toISOString(),
    });
    await vaultConnectionStore(services.vault).replace(sql, context.tenant, connection, context.now);
    await services.configurations.touch(sql, context.tenant);
    return { ...shown(connection), refreshed_at: null };
  }),

  handle(deleteVaultConnection, async ({ services, sql, context, params }) => {
    await vaultConnectionStore(services.vault).remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

async function requireConnection(call: Where & { readonly params: unknown }): Promise<VaultConnection> {
  const { services, sql, context, params } = call;
  const connection = await vaultConnectionStore(services.vault).get(sql, context.tenant, (params as { id: string }).id);
  // Recorded: no `errorCode`.
  if (!connection) throw new ApiError(404, 'Connection not found');
  return connection;
}

/** The connection with what follows from the rest of it. The fingerprint is keyed: it tells nothing of the credentials. */
function completed(vault: Vault, connection: Omit<VaultConnection, 'ready' | 'fingerprint'>): VaultConnection {
  const { id, app_id, name, setup } = connection;
  const digest = vault.digest('flow connection', JSON.stringify([id, app_id, name, setup]));
  return {
    ...connection,
    ready: setup !== undefined && setup !== null && setup.type !== NEEDS_CONSENT,
    fingerprint: Buffer.from(digest, 'base64url').toString('hex').slice(0, 32),
  };
}

function shown({ setup: _kept, ...connection }: VaultConnection) {
  return connection;
}
