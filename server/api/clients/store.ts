/** Where clients are kept. Secrets and the secret parts of addons are sealed. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Client } from './schema.ts';

export function clientStore(sealer: Sealer): Collection<Client> {
  return collection<Client>(
    {
      kind: 'client',
      id: 'client_id',
      keys: {
        resource_server: { of: (doc) => doc.resource_server_identifier ?? undefined, unique: true },
        global: { of: (doc) => (doc.global ? 'true' : undefined), unique: true },
      },
      sealed: ['client_secret', 'addons'],
    },
    sealer,
  );
}
