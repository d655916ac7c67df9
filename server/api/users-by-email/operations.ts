/** The operation of `/users-by-email`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { fieldsQuery } from '../lists.ts';
import { userResource } from '../users/schema.ts';

export const getUsersByEmail = operation({
  id: 'get_users-by-email',
  method: 'GET',
  path: '/users-by-email',
  tag: 'Users',
  summary: 'Find users by e-mail address',
  scopes: ['read:users'],
  query: strict({ ...fieldsQuery, email: Type.String({ minLength: 1, maxLength: 320 }) }),
  status: 200,
  response: Type.Array(userResource.read),
});
