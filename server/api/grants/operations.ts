/** The operations of `/grants`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { pageQuery } from '../lists.ts';
import { grantResource } from './schema.ts';

const tag = 'Grants';
const userId = Type.String({ minLength: 1, maxLength: 300 });

export const listGrants = operation({
  id: 'get_grants',
  method: 'GET',
  path: '/grants',
  tag,
  summary: 'List the grants of users',
  scopes: ['read:grants'],
  query: strict({
    ...pageQuery,
    user_id: opt(userId),
    client_id: opt(Type.String({ maxLength: 100 })),
    audience: opt(Type.String({ maxLength: 600 })),
  }),
  status: 200,
  response: Type.Array(grantResource.read),
});

export const deleteGrant = operation({
  id: 'delete_grants_by_id',
  method: 'DELETE',
  path: '/grants/{id}',
  tag,
  summary: 'Delete a grant',
  scopes: ['delete:grants'],
  params: strict({ id: Type.String({ minLength: 1, maxLength: 100 }) }),
  status: 204,
});

export const deleteGrantsOfUser = operation({
  id: 'delete_grants_by_user_id',
  method: 'DELETE',
  path: '/grants',
  tag,
  summary: 'Delete all grants of a user',
  scopes: ['delete:grants'],
  query: strict({ user_id: userId }),
  status: 204,
});
