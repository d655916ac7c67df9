/** Where connections are kept: found by id and by name. The options may hold credentials, so they are sealed. */
import { ApiError } from '../../http/errors.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Where } from '../pipeline.ts';
import type { Connection } from './schema.ts';

export function connectionStore(sealer: Sealer): Collection<Connection> {
  return collection<Connection>(
    { kind: 'connection', id: 'id', keys: { name: { of: (doc) => doc.name, unique: true } }, sealed: ['options'] },
    sealer,
  );
}

/** The connection that a request is about. @throws ApiError 404 */
export async function requireConnection(
  call: Where & { readonly params: { readonly id: string } },
): Promise<Connection> {
  const { services, sql, context, params } = call;
  const connection = await services.stores.connections.get(sql, context.tenant, params.id);
  if (!connection) throw new ApiError(404, 'The connection does not exist', 'inexistent_connection');
  return connection;
}
