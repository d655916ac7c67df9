/** Where resource servers are kept: found by record id and by identifier. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { ResourceServer } from './schema.ts';

export function resourceServerStore(sealer: Sealer): Collection<ResourceServer> {
  return collection<ResourceServer>(
    {
      kind: 'resource_server',
      id: 'id',
      keys: {
        identifier: { of: (doc) => doc.identifier, unique: true },
        system: { of: (doc) => (doc.is_system ? 'true' : undefined), unique: true },
      },
      sealed: ['signing_secret'],
    },
    sealer,
  );
}
