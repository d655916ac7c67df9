/** Where the keys of connections are kept: found by kid and by connection. Private keys are sealed. */
import type { Sql } from '../../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../../storage/documents.ts';
import type { ConnectionKey } from './schema.ts';

export function connectionKeyStore(sealer: Sealer): Collection<ConnectionKey> {
  return collection<ConnectionKey>(
    {
      kind: 'connection_key',
      id: 'kid',
      keys: { connection: { of: (key) => key.connection_id } },
      sealed: ['private_key'],
    },
    sealer,
  );
}

/** A connection that is gone signs nothing. */
export async function removeKeysOf(sql: Sql, sealer: Sealer, tenant: string, connectionId: string): Promise<void> {
  const store = connectionKeyStore(sealer);
  for (const key of await store.findAll(sql, tenant, 'connection', connectionId)) {
    await store.remove(sql, tenant, key.kid);
  }
}
