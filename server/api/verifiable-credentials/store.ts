/** Where templates of verifiable presentations are kept; a name is used once. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { VcTemplate } from './schema.ts';

export function vcTemplateStore(sealer: Sealer): Collection<VcTemplate> {
  return collection<VcTemplate>(
    { kind: 'vc_template', id: 'id', keys: { name: { of: (doc) => doc.name, unique: true } } },
    sealer,
  );
}
