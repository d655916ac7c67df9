/** What an update of a user may hold, who may ask for it, and what becomes of the record. */
import { ApiError } from '../../http/errors.ts';
import type { AccessToken } from '../../oidc/access-token.ts';
import { isPlainObject, withChanges } from '../../schema/resource.ts';
import { userResource } from './schema.ts';
import type { StoredUser } from './store.ts';

/** Asked for in the body, never part of the record. */
const REQUEST_ONLY = ['password', 'connection', 'client_id', 'verify_email', 'verify_password', 'verify_phone_number'];

/** Only one of these is changed at a time: each is a step of its own at the identity provider. */
const CREDENTIALS = [['username'], ['password'], ['email', 'email_verified'], ['phone_number', 'phone_verified']];

/** What each scope lets change; a scope over the caller's own account is good for nobody else's. */
const FIELDS_OF_SCOPE: Readonly<Record<string, { own: boolean; fields: readonly string[] | 'all' }>> = {
  'update:users': { own: false, fields: 'all' },
  'update:users_app_metadata': { own: false, fields: ['app_metadata'] },
  'update:current_user_metadata': { own: true, fields: ['user_metadata'] },
};

/** @throws ApiError 403 unless one of `scopes` is over all users or the user is the caller. */
export function requireOwnOr(caller: AccessToken, userId: string, scopes: readonly string[]): void {
  if (caller.sub === userId || scopes.some((scope) => caller.scope.includes(scope))) return;
  throw new ApiError(403, 'User to be acted on does not match subject in bearer token.', 'insufficient_scope');
}

/** @throws ApiError 403 when the caller's scopes do not cover every field of the body. */
export function requireFields(caller: AccessToken, userId: string, body: Record<string, unknown>): void {
  requireOwnOr(caller, userId, ['update:users', 'update:users_app_metadata']);
  const allowed = Object.entries(FIELDS_OF_SCOPE)
    .filter(([scope, { own }]) => caller.scope.includes(scope) && (!own || caller.sub === userId))
    .map(([, { fields }]) => fields);
  const refused = Object.keys(body).filter(
    (name) => !allowed.some((fields) => fields === 'all' || fields.includes(name)),
  );
  if (refused.length === 0) return;
  throw new ApiError(403, `You cannot update the following fields: ${refused.join(', ')}`, 'insufficient_scope');
}

/** @throws ApiError 400 for changes that do not go together. */
export function checkTogether(body: Record<string, unknown>): void {
  const changed = CREDENTIALS.map((group) => group.find((name) => body[name] !== undefined)).filter(
    (name) => name !== undefined,
  );
  if (changed.length < 2) return;
  throw new ApiError(400, `Cannot update ${changed.slice(0, 2).join(' and ')} simultaneously`, 'invalid_body');
}

/**
 * The record after an update. A new address or phone number counts as unverified unless the request says otherwise.
 * @param now milliseconds since the epoch
 */
export function changedUser(current: StoredUser, body: Record<string, unknown>, now: number): StoredUser {
  const changes = Object.fromEntries(Object.entries(body).filter(([name]) => !REQUEST_ONLY.includes(name)));
  const user = withChanges(userResource, current, changes) as StoredUser;
  if (user.email) user.email = user.email.toLowerCase();
  // Recorded: an empty object empties, and empty app_metadata is not shown at all.
  if (isEmpty(changes.user_metadata)) user.user_metadata = {};
  if (isEmpty(changes.app_metadata) || isEmpty(user.app_metadata)) delete user.app_metadata;
  if (changes.blocked === false) delete user.blocked;
  if (hasNewIdentifier(current, user, 'email') && changes.email_verified === undefined) user.email_verified = false;
  if (hasNewIdentifier(current, user, 'phone_number') && changes.phone_verified === undefined)
    user.phone_verified = false;
  if (!user.email) delete user.email_verified;
  if (!user.phone_number) delete user.phone_verified;
  const instant = new Date(now).toISOString();
  return { ...user, ...(body.password ? { last_password_reset: instant } : {}), updated_at: instant };
}

/** Whether a change gives the user another address, name or number to be found by. Case does not matter. */
export function hasNewIdentifier(
  before: StoredUser,
  after: StoredUser,
  name: 'email' | 'username' | 'phone_number',
): boolean {
  return before[name]?.toLowerCase() !== after[name]?.toLowerCase();
}

function isEmpty(value: unknown): boolean {
  return isPlainObject(value) && Object.keys(value).length === 0;
}
