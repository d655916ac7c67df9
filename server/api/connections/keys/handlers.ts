/** What the operations of `/connections/{id}/keys` do. */
import { createHash, X509Certificate } from 'node:crypto';
import { ApiError } from '../../../http/errors.ts';
import { pkcs7Of } from '../../../keys/pkcs7.ts';
import { type Call, handle, type Route, type Where } from '../../pipeline.ts';
import type { Connection } from '../schema.ts';
import { requireConnection } from '../store.ts';
import { strategyOf } from '../strategies/table.ts';
import { createConnectionKeys, listConnectionKeys, rotateConnectionKeys } from './operations.ts';
import { algorithmOf, type ConnectionKeys, makeKey, makeKeys, type NewConnectionKey } from './pairs.ts';
import type { ConnectionKey, ConnectionKeyAnswer } from './schema.ts';
import { connectionKeyStore } from './store.ts';

/** The order in which keys are shown: what signs, what will, what did. */
const ORDER = { current: 0, next: 1, previous: 2 } as const;

export const connectionKeyRoutes: Route[] = [
  handle(listConnectionKeys, async (call) => {
    const connection = await requireConnection(call);
    const keys = await keysOf(call, connection);
    return keys.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]).map((key) => shown(key, connection));
  }),

  handle(
    createConnectionKeys,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const connection = await requireConnection(call);
      if ((await keysOf(call, connection)).length > 0)
        throw new ApiError(409, 'Keys have already been created for this connection', 'connection_keys_conflict');
      const keys = prepared.map((key) => ({ ...key, connection_id: connection.id }));
      for (const key of keys) await connectionKeyStore(services.vault).insert(sql, context.tenant, key, context.now);
      await services.configurations.touch(sql, context.tenant);
      return keys.map((key) => shown(key, connection));
    },
    prepareKeys,
  ),

  handle(
    rotateConnectionKeys,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const connection = await requireConnection(call);
      const store = connectionKeyStore(services.vault);
      for (const key of await keysOf(call, connection)) {
        // What signed before the one that signs now is needed by nobody any more.
        if (key.status === 'previous') await store.remove(sql, context.tenant, key.kid);
        else await store.replace(sql, context.tenant, movedOn(key, context.now), context.now);
      }
      const next: ConnectionKey = { ...prepared, connection_id: connection.id };
      await store.insert(sql, context.tenant, next, context.now);
      await services.configurations.touch(sql, context.tenant);
      return shown(next, connection);
    },
    prepareRotation,
  ),
];

async function prepareKeys(call: Call<typeof createConnectionKeys>): Promise<ConnectionKeys> {
  const connection = await requireSigner(call);
  return makeKeys(connection.name, connection.options, call.context.now, wanted(call, connection));
}

/** Rotating takes both scopes, where the pipeline asks for one. */
async function prepareRotation(call: Call<typeof rotateConnectionKeys>): Promise<NewConnectionKey> {
  const missing = rotateConnectionKeys.scopes.find((scope) => !call.caller.scope.includes(scope));
  if (missing) throw new ApiError(403, `Insufficient scope, expected any of: ${missing}`, 'insufficient_scope');
  const connection = await requireSigner(call);
  if ((await keysOf(call, connection)).length === 0)
    throw new ApiError(400, 'The connection has no keys to rotate: make them first', 'operation_not_supported');
  return makeKey(connection.name, wanted(call, connection), call.context.now);
}

function keysOf({ services, sql, context }: Where, connection: Connection): Promise<ConnectionKey[]> {
  return connectionKeyStore(services.vault).findAll(sql, context.tenant, 'connection', connection.id);
}

/** @throws ApiError 404 for no connection, 400 for one that signs nothing */
async function requireSigner(call: Parameters<typeof requireConnection>[0]): Promise<Connection> {
  const connection = await requireConnection(call);
  if (strategyOf(connection.strategy).hasKeys) return connection;
  throw new ApiError(400, 'Connections of this strategy have no keys', 'operation_not_supported');
}

function wanted(
  { body }: { readonly body: { signing_alg?: ConnectionKey['algorithm'] } | undefined },
  connection: Connection,
): ConnectionKey['algorithm'] {
  return body?.signing_alg ?? algorithmOf(connection.options);
}

/** One place further in the order of keys. */
function movedOn(key: ConnectionKey, now: number): ConnectionKey {
  if (key.status === 'next') return { ...key, status: 'current', current_since: new Date(now).toISOString() };
  return { ...key, status: 'previous' };
}

function shown(key: ConnectionKey, connection: Connection): ConnectionKeyAnswer {
  const der = new X509Certificate(key.cert).raw;
  const thumbprint = createHash('sha1').update(der).digest('hex').toUpperCase();
  return {
    kid: key.kid,
    algorithm: key.algorithm,
    key_use: 'signing',
    subject_dn: `/CN=${connection.name}`,
    cert: key.cert,
    pkcs: pkcs7Of(der),
    fingerprint: thumbprint.match(/../g)!.join(':'),
    thumbprint,
    [key.status]: true,
    ...(key.current_since ? { current_since: key.current_since } : {}),
  };
}
