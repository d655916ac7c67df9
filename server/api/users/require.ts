/** The user that an operation below `/users/{id}` is about. */
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { strict } from '../../schema/types.ts';
import type { Call } from '../pipeline.ts';
import { getUser, type StoredUser } from './store.ts';

export const userId = strict({ id: Type.String({ minLength: 1, maxLength: 300 }) });
export const USER_NOT_FOUND = { 404: 'inexistent_user' };

/** @throws ApiError 404 */
export async function requireUser(call: Pick<Call, 'context' | 'sql'>, id: string): Promise<StoredUser> {
  const user = await getUser(call.sql, call.context.tenant, id);
  if (!user) throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
  return user;
}
