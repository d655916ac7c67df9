/** The operations of `/users`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { fieldsQuery, pageQuery } from '../lists.ts';
import { userId } from './require.ts';
import { userResource } from './schema.ts';

const tag = 'Users';

export const listUsers = operation({
  id: 'get_users',
  method: 'GET',
  path: '/users',
  tag,
  summary: 'List or search users',
  scopes: ['read:users', 'read:user_idp_tokens'],
  query: strict({
    ...pageQuery,
    ...fieldsQuery,
    sort: opt(Type.String({ maxLength: 300 })),
    connection: opt(Type.String({ maxLength: 128 })),
    q: opt(Type.String({ maxLength: 4000 })),
    search_engine: opt(choice(['v1', 'v2', 'v3'])),
    primary_order: opt(Type.Boolean()),
  }),
  status: 200,
  response: Type.Array(userResource.read),
  errors: { 400: 'invalid_paging', 503: 'search_too_expensive' },
});

export const createUser = operation({
  id: 'post_users',
  method: 'POST',
  path: '/users',
  tag,
  summary: 'Create a user',
  scopes: ['create:users'],
  body: userResource.create,
  status: 201,
  response: userResource.read,
  errors: { 400: 'inexistent_connection', 409: 'auth0_idp_error' },
  resource: userResource,
});

export const getUserById = operation({
  id: 'get_users_by_id',
  method: 'GET',
  path: '/users/{id}',
  tag,
  summary: 'Get a user',
  scopes: ['read:users', 'read:current_user', 'read:user_idp_tokens'],
  params: userId,
  query: strict(fieldsQuery),
  status: 200,
  response: userResource.read,
  errors: { 404: 'inexistent_user' },
  resource: userResource,
});

export const updateUser = operation({
  id: 'patch_users_by_id',
  method: 'PATCH',
  path: '/users/{id}',
  tag,
  summary: 'Update a user',
  scopes: ['update:users', 'update:users_app_metadata', 'update:current_user_metadata'],
  params: userId,
  body: Type.Object(userResource.update.properties, {
    title: 'User update',
    additionalProperties: false,
    minProperties: 1,
  }),
  status: 200,
  response: userResource.read,
  errors: { 400: 'auth0_idp_error', 404: 'inexistent_user' },
  resource: userResource,
});

export const deleteUserById = operation({
  id: 'delete_users_by_id',
  method: 'DELETE',
  path: '/users/{id}',
  tag,
  summary: 'Delete a user',
  scopes: ['delete:users', 'delete:current_user'],
  params: userId,
  status: 204,
  resource: userResource,
});
