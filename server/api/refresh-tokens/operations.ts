/** The operations of `/refresh-tokens`, and those about the refresh tokens of a user. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery, fieldsQuery, pageQuery } from '../lists.ts';
import { metadata } from '../sessions/schema.ts';
import { refreshTokenSchema } from './schema.ts';

const tag = 'Refresh tokens';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 50 }) });
const userParams = strict({ user_id: Type.String({ minLength: 1, maxLength: 300 }) });
const clientId = Type.String({ minLength: 1, maxLength: 100 });
const userId = Type.String({ minLength: 1, maxLength: 300 });
const NOT_FOUND = { 404: 'inexistent_refresh_token' };

export const listRefreshTokensOf = operation({
  id: 'get_refresh_tokens',
  method: 'GET',
  path: '/refresh-tokens',
  tag,
  summary: 'List the refresh tokens of a user',
  scopes: ['read:refresh_tokens'],
  query: strict({ ...checkpointQuery, ...fieldsQuery, user_id: userId, client_id: opt(clientId) }),
  status: 200,
  response: strict({
    refresh_tokens: Type.Array(Type.Partial(refreshTokenSchema)),
    next: opt(Type.String()),
  }),
  errors: { 404: 'inexistent_user' },
});

export const revokeTokens = operation({
  id: 'revoke_refresh_tokens',
  method: 'POST',
  path: '/refresh-tokens/revoke',
  tag,
  summary: 'Revoke refresh tokens by id, user, client and API',
  scopes: ['delete:refresh_tokens'],
  body: strict({
    ids: opt(Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { minItems: 1, maxItems: 100 })),
    user_id: opt(userId),
    client_id: opt(clientId),
    audience: opt(Type.String({ minLength: 1, maxLength: 600 })),
  }),
  status: 202,
});

export const getRefreshTokenById = operation({
  id: 'get_refresh_token',
  method: 'GET',
  path: '/refresh-tokens/{id}',
  tag,
  summary: 'Get a refresh token',
  scopes: ['read:refresh_tokens'],
  params,
  status: 200,
  response: refreshTokenSchema,
  errors: NOT_FOUND,
});

export const updateRefreshToken = operation({
  id: 'patch_refresh-tokens_by_id',
  method: 'PATCH',
  path: '/refresh-tokens/{id}',
  tag,
  summary: 'Set what applications keep with a refresh token',
  scopes: ['update:refresh_tokens'],
  params,
  body: strict({ refresh_token_metadata: opt(metadata) }, { minProperties: 1 }),
  status: 200,
  response: refreshTokenSchema,
  errors: NOT_FOUND,
});

export const deleteRefreshToken = operation({
  id: 'delete_refresh_token',
  method: 'DELETE',
  path: '/refresh-tokens/{id}',
  tag,
  summary: 'Revoke a refresh token',
  scopes: ['delete:refresh_tokens'],
  params,
  status: 202,
});

export const listUserRefreshTokens = operation({
  id: 'get_refresh_tokens_for_user',
  method: 'GET',
  path: '/users/{user_id}/refresh-tokens',
  tag: 'Users',
  summary: 'List the refresh tokens of a user',
  scopes: ['read:refresh_tokens'],
  params: userParams,
  query: strict({ include_totals: pageQuery.include_totals, ...checkpointQuery }),
  status: 200,
  response: strict({ tokens: Type.Array(refreshTokenSchema), next: opt(Type.String()) }),
  errors: { 404: 'inexistent_user' },
});

export const deleteUserRefreshTokens = operation({
  id: 'delete_refresh_tokens_for_user',
  method: 'DELETE',
  path: '/users/{user_id}/refresh-tokens',
  tag: 'Users',
  summary: 'Revoke all refresh tokens of a user',
  scopes: ['delete:refresh_tokens'],
  params: userParams,
  status: 202,
  errors: { 404: 'inexistent_user' },
});
