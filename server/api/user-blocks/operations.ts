/** The operations of `/user-blocks`: accounts that too many failed logins have blocked. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';

const tag = 'User blocks';
const identifier = Type.String({
  minLength: 1,
  maxLength: 320,
  description: 'E-mail address, username or phone number',
});
const considered = { consider_brute_force_enablement: opt(Type.Boolean()) };
const params = strict({ id: Type.String({ minLength: 1, maxLength: 300 }) });
const NOT_FOUND = { 404: 'inexistent_user' };

const response = strict({
  blocked_for: Type.Array(
    strict({
      identifier: Type.String(),
      connection: Type.String(),
      ip: opt(Type.String({ description: 'Absent when every address is blocked' })),
    }),
  ),
});

export const listBlocksByIdentifier = operation({
  id: 'get_user-blocks',
  method: 'GET',
  path: '/user-blocks',
  tag,
  summary: 'List the blocks of an identifier',
  scopes: ['read:users'],
  query: strict({ identifier, ...considered }),
  status: 200,
  response,
});

export const deleteBlocksByIdentifier = operation({
  id: 'delete_user-blocks',
  method: 'DELETE',
  path: '/user-blocks',
  tag,
  summary: 'Unblock an identifier',
  scopes: ['update:users'],
  query: strict({ identifier }),
  status: 204,
});

export const listBlocksOfUser = operation({
  id: 'get_user-blocks_by_id',
  method: 'GET',
  path: '/user-blocks/{id}',
  tag,
  summary: 'List the blocks of a user',
  scopes: ['read:users'],
  params,
  query: strict(considered),
  status: 200,
  response,
  errors: NOT_FOUND,
});

export const deleteBlocksOfUser = operation({
  id: 'delete_user-blocks_by_id',
  method: 'DELETE',
  path: '/user-blocks/{id}',
  tag,
  summary: 'Unblock a user',
  scopes: ['update:users'],
  params,
  status: 204,
  errors: NOT_FOUND,
});
