/** Where network ACLs are kept. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { NetworkAcl } from './schema.ts';

export function networkAclStore(sealer: Sealer): Collection<NetworkAcl> {
  return collection<NetworkAcl>({ kind: 'network_acl', id: 'id', keys: {} }, sealer);
}
