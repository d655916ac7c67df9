/** The operations of `/groups`. Groups come from directories: there is none to make one. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery, fieldsQuery, listOf, pageQuery } from '../lists.ts';
import { GROUP_NOT_FOUND, groupMember, groupResource, params } from './schema.ts';

const tag = 'Groups';
const role = strict({ id: Type.String(), name: Type.String(), description: Type.String() });
const rolesBody = strict({
  roles: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 1000 }),
});

export const listGroups = operation({
  id: 'get_groups',
  method: 'GET',
  path: '/groups',
  tag,
  summary: 'List groups',
  scopes: ['read:groups'],
  query: strict({
    ...pageQuery,
    ...checkpointQuery,
    ...fieldsQuery,
    connection_id: opt(Type.String({ maxLength: 100 })),
    name: opt(Type.String({ minLength: 1, maxLength: 128 })),
    external_id: opt(Type.String({ maxLength: 256 })),
    search: opt(Type.String({ minLength: 1, maxLength: 256, description: 'Part of the name or the external id' })),
  }),
  status: 200,
  response: listOf('groups', groupResource.read),
});

export const getGroup = operation({
  id: 'get_group',
  method: 'GET',
  path: '/groups/{id}',
  tag,
  summary: 'Get a group',
  scopes: ['read:groups'],
  params,
  status: 200,
  response: groupResource.read,
  errors: GROUP_NOT_FOUND,
});

export const deleteGroup = operation({
  id: 'delete_group',
  method: 'DELETE',
  path: '/groups/{id}',
  tag,
  summary: 'Delete a group',
  scopes: ['delete:groups'],
  params,
  status: 204,
  errors: GROUP_NOT_FOUND,
});

export const listGroupMembers = operation({
  id: 'get_group_members',
  method: 'GET',
  path: '/groups/{id}/members',
  tag,
  summary: 'List the members of a group',
  scopes: ['read:group_members'],
  params,
  query: strict({ ...checkpointQuery, ...fieldsQuery }),
  status: 200,
  response: strict({ members: Type.Array(groupMember), next: opt(Type.String()) }),
  errors: GROUP_NOT_FOUND,
});

export const listGroupRoles = operation({
  id: 'get_group_roles',
  method: 'GET',
  path: '/groups/{id}/roles',
  tag,
  summary: 'List the roles of a group',
  scopes: ['read:group_roles'],
  params,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ roles: Type.Array(role), next: opt(Type.String()) }),
  errors: GROUP_NOT_FOUND,
});

export const addGroupRoles = operation({
  id: 'post_group_roles',
  method: 'POST',
  path: '/groups/{id}/roles',
  tag,
  summary: 'Give a group roles',
  scopes: ['create:group_roles'],
  params,
  body: rolesBody,
  status: 204,
  errors: { 400: 'operation_not_supported', 404: 'inexistent_role' },
});

export const removeGroupRoles = operation({
  id: 'delete_group_roles',
  method: 'DELETE',
  path: '/groups/{id}/roles',
  tag,
  summary: 'Take roles from a group',
  scopes: ['delete:group_roles'],
  params,
  body: rolesBody,
  status: 204,
  errors: GROUP_NOT_FOUND,
});
