/** Where log streams are kept. Sinks hold credentials and are sealed whole. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { LogStream } from './schema.ts';

export function logStreamStore(sealer: Sealer): Collection<LogStream> {
  return collection<LogStream>({ kind: 'log_stream', id: 'id', keys: {}, sealed: ['sink'] }, sealer);
}
