/** Where connections of flows are kept, credentials sealed. */
import { type Collection, collection, type Sealer } from '../../../storage/documents.ts';
import type { VaultConnection } from './schema.ts';

export function vaultConnectionStore(sealer: Sealer): Collection<VaultConnection> {
  return collection<VaultConnection>({ kind: 'flow_connection', id: 'id', keys: {}, sealed: ['setup'] }, sealer);
}
