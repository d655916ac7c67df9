/** Where hooks and their secrets are kept: one document each, the values of secrets sealed as a whole. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Hook } from './schema.ts';

export type StoredHook = Hook & { secrets: Record<string, string> };

export function hookStore(sealer: Sealer): Collection<StoredHook> {
  return collection<StoredHook>(
    { kind: 'hook', id: 'id', keys: { name: { of: (hook) => hook.name, unique: true } }, sealed: ['secrets'] },
    sealer,
  );
}
