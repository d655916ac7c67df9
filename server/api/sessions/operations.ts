/** The operations of `/sessions`, and those about the sessions of a user. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery, pageQuery } from '../lists.ts';
import { metadata, sessionSchema } from './schema.ts';

const tag = 'Sessions';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 50 }) });
const userParams = strict({ user_id: Type.String({ minLength: 1, maxLength: 300 }) });
const NOT_FOUND = { 404: 'inexistent_session' };

export const getSessionById = operation({
  id: 'get_session',
  method: 'GET',
  path: '/sessions/{id}',
  tag,
  summary: 'Get a session',
  scopes: ['read:sessions'],
  params,
  status: 200,
  response: sessionSchema,
  errors: NOT_FOUND,
});

export const updateSession = operation({
  id: 'patch_sessions_by_id',
  method: 'PATCH',
  path: '/sessions/{id}',
  tag,
  summary: 'Set what applications keep with a session',
  scopes: ['update:sessions'],
  params,
  body: strict({ session_metadata: opt(metadata) }, { minProperties: 1 }),
  status: 200,
  response: sessionSchema,
  errors: NOT_FOUND,
});

export const deleteSession = operation({
  id: 'delete_session',
  method: 'DELETE',
  path: '/sessions/{id}',
  tag,
  summary: 'End a session',
  scopes: ['delete:sessions'],
  params,
  status: 202,
});

export const revokeSession = operation({
  id: 'revoke_session',
  method: 'POST',
  path: '/sessions/{id}/revoke',
  tag,
  summary: 'End a session and revoke its refresh tokens',
  scopes: ['delete:sessions', 'delete:refresh_tokens'],
  params,
  status: 202,
  errors: NOT_FOUND,
});

export const listUserSessions = operation({
  id: 'get_sessions_for_user',
  method: 'GET',
  path: '/users/{user_id}/sessions',
  tag: 'Users',
  summary: 'List the sessions of a user',
  scopes: ['read:sessions'],
  params: userParams,
  query: strict({ include_totals: pageQuery.include_totals, ...checkpointQuery }),
  status: 200,
  response: strict({ sessions: Type.Array(sessionSchema), next: opt(Type.String()) }),
  errors: { 404: 'inexistent_user' },
});

export const deleteUserSessions = operation({
  id: 'delete_sessions_for_user',
  method: 'DELETE',
  path: '/users/{user_id}/sessions',
  tag: 'Users',
  summary: 'End all sessions of a user',
  scopes: ['delete:sessions'],
  params: userParams,
  status: 202,
  errors: { 404: 'inexistent_user' },
});

export const revokeUserAccess = operation({
  id: 'user_revoke_access',
  method: 'POST',
  path: '/users/{id}/revoke-access',
  tag: 'Users',
  summary: 'End the sessions and refresh tokens of a user',
  scopes: ['delete:sessions', 'delete:refresh_tokens'],
  params: strict({ id: Type.String({ minLength: 1, maxLength: 300 }) }),
  body: strict({
    session_id: opt(Type.String({ minLength: 1, maxLength: 50, description: 'This session only' })),
    preserve_refresh_tokens: opt(Type.Boolean({ description: 'Whether refresh tokens stay good' })),
  }),
  status: 202,
  errors: { 404: 'inexistent_user' },
});
