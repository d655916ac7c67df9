/** Finding an action and what of it is deployed. */
import { ApiError } from '../../http/errors.ts';
import type { Where } from '../pipeline.ts';
import { actionStore, actionVersionStore, type StoredAction, type StoredVersion } from './store.ts';

/** @throws ApiError 404 */
export async function requireAction({ services, sql, context }: Where, id: string): Promise<StoredAction> {
  const action = await actionStore(services.vault).get(sql, context.tenant, id);
  // Recorded: no `errorCode`.
  if (!action) throw new ApiError(404, 'That action does not exist.');
  return action;
}

export async function deployedVersion(
  { services, sql, context }: Where,
  { deployed_version_id: id }: StoredAction,
): Promise<StoredVersion | undefined> {
  return id === undefined ? undefined : actionVersionStore(services.vault).get(sql, context.tenant, id);
}
