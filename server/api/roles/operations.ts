/** The operations of `/roles`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { groupId, groupResource } from '../groups/schema.ts';
import { checkpointQuery, listOf, pageQuery } from '../lists.ts';
import { permissionsBody, roleResource, shownPermission } from './schema.ts';

const tag = 'Roles';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_role' };

export const listRoles = operation({
  id: 'get_roles',
  method: 'GET',
  path: '/roles',
  tag,
  summary: 'List roles',
  scopes: ['read:roles'],
  query: strict({
    ...pageQuery,
    name_filter: opt(Type.String({ maxLength: 500 })),
    type: opt(choice(['tenant', 'organization'])),
    owner_id: opt(Type.String({ maxLength: 50 })),
  }),
  status: 200,
  response: listOf('roles', roleResource.read),
});

export const createRole = operation({
  id: 'post_roles',
  method: 'POST',
  path: '/roles',
  tag,
  summary: 'Create a role',
  scopes: ['create:roles'],
  body: roleResource.create,
  status: 200,
  response: roleResource.read,
  errors: { 409: 'role_conflict' },
});

export const getRole = operation({
  id: 'get_roles_by_id',
  method: 'GET',
  path: '/roles/{id}',
  tag,
  summary: 'Get a role',
  scopes: ['read:roles'],
  params,
  status: 200,
  response: roleResource.read,
  errors: NOT_FOUND,
});

export const updateRole = operation({
  id: 'patch_roles_by_id',
  method: 'PATCH',
  path: '/roles/{id}',
  tag,
  summary: 'Update a role',
  scopes: ['update:roles'],
  params,
  body: roleResource.update,
  status: 200,
  response: roleResource.read,
  errors: { ...NOT_FOUND, 409: 'role_conflict' },
});

export const deleteRole = operation({
  id: 'delete_roles_by_id',
  method: 'DELETE',
  path: '/roles/{id}',
  tag,
  summary: 'Delete a role',
  scopes: ['delete:roles'],
  params,
  status: 200,
  response: strict({}),
  errors: NOT_FOUND,
});

export const listRolePermissions = operation({
  id: 'get_role_permission',
  method: 'GET',
  path: '/roles/{id}/permissions',
  tag,
  summary: 'List the permissions of a role',
  scopes: ['read:roles'],
  params,
  query: strict(pageQuery),
  status: 200,
  response: listOf('permissions', shownPermission),
  errors: NOT_FOUND,
});

export const addRolePermissions = operation({
  id: 'post_role_permission_assignment',
  method: 'POST',
  path: '/roles/{id}/permissions',
  tag,
  summary: 'Give a role permissions',
  scopes: ['update:roles'],
  params,
  body: permissionsBody,
  status: 201,
  response: strict({}),
  errors: { 400: 'inexistent_permission', 404: 'inexistent_role' },
});

// Recorded: 204, where the document says 200.
export const removeRolePermissions = operation({
  id: 'delete_role_permission_assignment',
  method: 'DELETE',
  path: '/roles/{id}/permissions',
  tag,
  summary: 'Take permissions from a role',
  scopes: ['update:roles'],
  params,
  body: permissionsBody,
  status: 204,
  errors: NOT_FOUND,
});

export const listRoleUsers = operation({
  id: 'get_role_user',
  method: 'GET',
  path: '/roles/{id}/users',
  tag,
  summary: 'List the users who have a role',
  scopes: ['read:users', 'read:roles', 'read:role_members'],
  params,
  query: strict({ ...pageQuery, ...checkpointQuery }),
  status: 200,
  response: listOf(
    'users',
    Type.Object({
      user_id: Type.String(),
      email: opt(Type.String()),
      picture: opt(Type.String()),
      name: opt(Type.String()),
    }),
  ),
  errors: NOT_FOUND,
});

export const addRoleUsers = operation({
  id: 'post_role_users',
  method: 'POST',
  path: '/roles/{id}/users',
  tag,
  summary: 'Give users a role',
  scopes: ['update:roles', 'create:role_members'],
  params,
  body: strict({
    users: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { minItems: 1, maxItems: 1000 }),
  }),
  status: 200,
  response: strict({}),
  errors: { 400: 'operation_not_supported', 404: 'inexistent_role' },
});

const groupsBody = strict({ groups: Type.Array(groupId, { minItems: 1, maxItems: 1000 }) });

export const listRoleGroups = operation({
  id: 'get_role_groups',
  method: 'GET',
  path: '/roles/{id}/groups',
  tag,
  summary: 'List the groups that have a role',
  scopes: ['read:group_roles'],
  params,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ groups: Type.Array(groupResource.read), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});

export const addRoleGroups = operation({
  id: 'post_role_groups',
  method: 'POST',
  path: '/roles/{id}/groups',
  tag,
  summary: 'Give groups a role',
  scopes: ['create:group_roles'],
  params,
  body: groupsBody,
  status: 204,
  errors: { 400: 'operation_not_supported', 404: 'inexistent_role' },
});

export const removeRoleGroups = operation({
  id: 'delete_role_groups',
  method: 'DELETE',
  path: '/roles/{id}/groups',
  tag,
  summary: 'Take a role from groups',
  scopes: ['delete:group_roles'],
  params,
  body: groupsBody,
  status: 204,
  errors: NOT_FOUND,
});
