/** Where connections are kept: found by id and by name. The options may hold credentials, so they are sealed. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Connection } from './schema.ts';

export function connectionStore(sealer: Sealer): Collection<Connection> {
  return collection<Connection>(
    { kind: 'connection', id: 'id', keys: { name: { of: (doc) => doc.name, unique: true } }, sealed: ['options'] },
    sealer,
  );
}
