/** What the operations of `/token-exchange-profiles` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import { actionStore } from '../actions/store.ts';
import { orConflict } from '../conflict.ts';
import { invalidBody } from '../invalid.ts';
import { listByCheckpoints } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import {
  createTokenExchangeProfile,
  deleteTokenExchangeProfile,
  getTokenExchangeProfile,
  listTokenExchangeProfiles,
  updateTokenExchangeProfile,
} from './operations.ts';
import { type TokenExchangeProfile, tokenExchangeProfileResource } from './schema.ts';
import { tokenExchangeProfiles } from './store.ts';

/** Kinds of tokens that others have given a meaning: RFC 8693 §3 among them. */
const RESERVED = /^(urn:(ietf|auth0|okta)(:|$)|https?:\/\/([\w-]+\.)*(auth0|okta)\.com(\/|$))/i;

export const tokenExchangeProfileRoutes: Route[] = [
  handle(listTokenExchangeProfiles, ({ sql, context, query }) =>
    listByCheckpoints(sql, context.tenant, tokenExchangeProfiles, tokenExchangeProfileResource, query),
  ),

  handle(createTokenExchangeProfile, async ({ services, sql, context, body }) => {
    const at = new Date(context.now).toISOString();
    const profile = {
      ...body,
      id: `tep_${randomAlphanumeric(16)}`,
      created_at: at,
      updated_at: at,
    } as TokenExchangeProfile;
    checkType(profile);
    await checkAction(services, sql, context.tenant, profile);
    await orConflict(tokenExchangeProfiles.insert(sql, context.tenant, profile, context.now), conflict);
    await services.configurations.touch(sql, context.tenant);
    return profile;
  }),

  handle(getTokenExchangeProfile, ({ sql, context, params }) => requireProfile(sql, context.tenant, params.id)),

  handle(updateTokenExchangeProfile, async ({ services, sql, context, params, body }) => {
    const current = await requireProfile(sql, context.tenant, params.id);
    const profile = { ...current, ...body, updated_at: new Date(context.now).toISOString() } as TokenExchangeProfile;
    checkType(profile);
    await orConflict(tokenExchangeProfiles.replace(sql, context.tenant, profile, context.now), conflict);
    await services.configurations.touch(sql, context.tenant);
    return profile;
  }),

  handle(deleteTokenExchangeProfile, async ({ services, sql, context, params }) => {
    await tokenExchangeProfiles.remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

function checkType({ subject_token_type }: TokenExchangeProfile): void {
  if (!RESERVED.test(subject_token_type)) return;
  throw invalidBody('The namespace is reserved', 'subject_token_type');
}

/** The action is there, and made for exchanges. @throws ApiError 400 */
async function checkAction(
  { vault }: Services,
  sql: Sql,
  tenant: string,
  { action_id }: TokenExchangeProfile,
): Promise<void> {
  const action = await actionStore(vault).get(sql, tenant, action_id);
  if (!action) throw new ApiError(400, 'The action does not exist', 'inexistent_action');
  if (!action.supported_triggers.some(({ id }) => id === 'custom-token-exchange'))
    throw new ApiError(400, 'The action is not of the trigger custom-token-exchange', 'invalid_body');
}

/** @throws ApiError 404, without a code, as recorded */
async function requireProfile(sql: Sql, tenant: string, id: string): Promise<TokenExchangeProfile> {
  const profile = await tokenExchangeProfiles.get(sql, tenant, id);
  if (!profile) throw new ApiError(404, 'Token exchange profile not found.');
  return profile;
}

function conflict(): ApiError {
  return new ApiError(
    409,
    'Token exchange profile with the same subject_token_type already exists',
    'token_exchange_profile_conflict',
  );
}
