/** Where forms are kept. Keys of other services are among their components, so nodes are sealed whole. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import { type Form, flowsOf } from './schema.ts';

export function formStore(sealer: Sealer): Collection<Form> {
  return collection<Form>({ kind: 'form', id: 'id', keys: { flow: { of: flowsOf } }, sealed: ['nodes'] }, sealer);
}
