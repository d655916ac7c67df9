/** Roles of a user: those that were given directly, and all that are in effect, with where they come from. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { groupResource } from '../groups/schema.ts';
import { groupsWithIds } from '../groups/store.ts';
import { checkpointAnswer, checkpointQuery, listOf, pageAnswer, pageOf, pageQuery } from '../lists.ts';
import { handle, type Route, requireScopes, type Where } from '../pipeline.ts';
import { type EffectiveRole, effectiveRoles, requireRole, requireTenantRole, rolesWithIds } from '../roles/lookup.ts';
import { roleResource, shownRole } from '../roles/schema.ts';
import { directRoleIds, giveRole, rolesThroughGroups, takeRole } from '../roles/store.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';

const tag = 'Users';
const rolesBody = strict({
  roles: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 1000 }),
});

const listUserRoles = operation({
  id: 'get_user_roles',
  method: 'GET',
  path: '/users/{id}/roles',
  tag,
  summary: 'List the roles of a user',
  scopes: ['read:users', 'read:roles', 'read:role_members'],
  params: userId,
  query: strict(pageQuery),
  status: 200,
  response: listOf('roles', roleResource.read),
  errors: USER_NOT_FOUND,
});

const addUserRoles = operation({
  id: 'post_user_roles',
  method: 'POST',
  path: '/users/{id}/roles',
  tag,
  summary: 'Give a user roles',
  scopes: ['update:users', 'create:role_members'],
  params: userId,
  body: rolesBody,
  status: 204,
  errors: { 400: 'operation_not_supported', 404: 'inexistent_user' },
});

const removeUserRoles = operation({
  id: 'delete_user_roles',
  method: 'DELETE',
  path: '/users/{id}/roles',
  tag,
  summary: 'Take roles from a user',
  scopes: ['update:users', 'delete:role_members'],
  params: userId,
  body: rolesBody,
  status: 204,
  errors: USER_NOT_FOUND,
});

const effectiveRole = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  sources: Type.Array(Type.String()),
});

const listEffectiveRoles = operation({
  id: 'get_user_effective_roles',
  method: 'GET',
  path: '/users/{id}/effective-roles',
  tag,
  summary: 'List the roles that a user has, directly or by groups',
  scopes: ['read:user_effective_roles'],
  params: userId,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ roles: Type.Array(effectiveRole), next: opt(Type.String()) }),
  errors: USER_NOT_FOUND,
});

const listRoleSourceGroups = operation({
  id: 'get_user_role_source_groups',
  method: 'GET',
  path: '/users/{id}/effective-roles/sources/groups',
  tag,
  summary: 'List the groups by which a user has a role',
  scopes: ['read:user_role_source_groups'],
  params: userId,
  query: strict({ ...checkpointQuery, role_id: Type.String({ minLength: 1, maxLength: 100 }) }),
  status: 200,
  response: strict({ groups: Type.Array(groupResource.read), next: opt(Type.String()) }),
  errors: { 404: 'inexistent_role' },
});

export const userRoleRoutes: Route[] = [
  handle(listUserRoles, async (call) => {
    const { sql, context, query } = call;
    requireScopes(call.caller, ['read:users', 'read:roles'], ['read:role_members']);
    const user = await requireUser(call, call.params.id);
    const roles = await rolesWithIds(call, await directRoleIds(sql, context.tenant, user.user_id));
    const { offset, limit } = pageOf(query);
    return pageAnswer(query, 'roles', roles.slice(offset, offset + limit).map(shownRole), roles.length);
  }),

  handle(addUserRoles, async (call) => {
    const { sql, context, body } = call;
    const user = await requireUser(call, call.params.id);
    for (const id of body.roles) {
      const role = requireTenantRole(await requireRole(call, id));
      await giveRole(sql, context.tenant, role.id, user.user_id, context.now);
    }
  }),

  handle(removeUserRoles, async (call) => {
    const { sql, context, body } = call;
    const user = await requireUser(call, call.params.id);
    for (const id of body.roles) await takeRole(sql, context.tenant, id, user.user_id);
  }),

  handle(listEffectiveRoles, async (call) => {
    const user = await requireUser(call, call.params.id);
    const effective = await effectiveRolesOf(call, user.user_id);
    const { page, next } = checkpointAnswer(call.query, effective, (role) => role.id);
    return { roles: page, ...next };
  }),

  handle(listRoleSourceGroups, async (call) => {
    const { sql, context, services, query } = call;
    const user = await requireUser(call, call.params.id);
    const role = await requireRole(call, query.role_id);
    const through = await rolesThroughGroups(sql, context.tenant, user.user_id);
    const ids = through.filter((row) => row.role_id === role.id).map((row) => row.group_id);
    const { page, next } = checkpointAnswer(query, ids, (id) => id);
    return { groups: await groupsWithIds(sql, context.tenant, services.stores.groups, page), ...next };
  }),
];

/** All roles of a user that are in effect, each with where it comes from. */
export async function effectiveRolesOf(call: Where, userId: string): Promise<EffectiveRole[]> {
  const { sql, context } = call;
  const direct = await directRoleIds(sql, context.tenant, userId);
  return effectiveRoles(call, direct, await rolesThroughGroups(sql, context.tenant, userId));
}
