/** The operations of `/token-exchange-profiles`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery } from '../lists.ts';
import { tokenExchangeProfileResource as resource } from './schema.ts';

const tag = 'Token exchange profiles';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_token_exchange_profile' };
const CONFLICT = { 409: 'token_exchange_profile_conflict' };

export const listTokenExchangeProfiles = operation({
  id: 'get_token-exchange-profiles',
  method: 'GET',
  path: '/token-exchange-profiles',
  tag,
  summary: 'List token exchange profiles',
  scopes: ['read:token_exchange_profiles'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ token_exchange_profiles: Type.Array(resource.read), next: opt(Type.String()) }),
});

export const createTokenExchangeProfile = operation({
  id: 'post_token-exchange-profiles',
  method: 'POST',
  path: '/token-exchange-profiles',
  tag,
  summary: 'Create a token exchange profile',
  scopes: ['create:token_exchange_profiles'],
  body: resource.create,
  status: 201,
  response: resource.read,
  errors: { 400: 'inexistent_action', ...CONFLICT },
  resource,
});

export const getTokenExchangeProfile = operation({
  id: 'get_token-exchange-profiles_by_id',
  method: 'GET',
  path: '/token-exchange-profiles/{id}',
  tag,
  summary: 'Get a token exchange profile',
  scopes: ['read:token_exchange_profiles'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateTokenExchangeProfile = operation({
  id: 'patch_token-exchange-profiles_by_id',
  method: 'PATCH',
  path: '/token-exchange-profiles/{id}',
  tag,
  summary: 'Change a token exchange profile',
  scopes: ['update:token_exchange_profiles'],
  params,
  body: { ...resource.update, minProperties: 1 },
  status: 200,
  response: resource.read,
  errors: { ...NOT_FOUND, ...CONFLICT },
  resource,
});

export const deleteTokenExchangeProfile = operation({
  id: 'delete_token-exchange-profiles_by_id',
  method: 'DELETE',
  path: '/token-exchange-profiles/{id}',
  tag,
  summary: 'Delete a token exchange profile',
  scopes: ['delete:token_exchange_profiles'],
  params,
  status: 204,
});
