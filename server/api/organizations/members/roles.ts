/** Roles of a member within an organization: those that were given directly, and all in effect. */
import { Type } from 'typebox';
import { ApiError } from '../../../http/errors.ts';
import { operation } from '../../../schema/operation.ts';
import { choice, opt, strict } from '../../../schema/types.ts';
import { groupResource } from '../../groups/schema.ts';
import { groupsWithIds } from '../../groups/store.ts';
import { checkpointAnswer, checkpointQuery, listOf, pageAnswer, pageOf, pageQuery } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import { effectiveRoles, rolesWithIds, shortened } from '../../roles/lookup.ts';
import { rolesThroughGroups } from '../groups/store.ts';
import { assignableRoles, MOST_ROLES, requireRoleOf } from '../roles/store.ts';
import { NOT_AT_LOGIN, ORGANIZATION_NOT_FOUND, tag } from '../schema.ts';
import { requireOrganization } from '../store.ts';
import { memberParams, rolesBody, shortRole } from './schema.ts';
import { giveMemberRole, isMember, memberRoleIds, takeMemberRole } from './store.ts';

const NOT_FOUND = { 404: 'inexistent_member' };

const listMemberRoles = operation({
  id: 'get_organization_member_roles',
  method: 'GET',
  path: '/organizations/{id}/members/{user_id}/roles',
  tag,
  summary: 'List the roles of a member of an organization',
  scopes: ['read:organization_member_roles'],
  params: memberParams,
  query: strict(pageQuery),
  status: 200,
  response: listOf('roles', shortRole),
  errors: NOT_FOUND,
});

const addMemberRoles = operation({
  id: 'post_organization_member_roles',
  method: 'POST',
  path: '/organizations/{id}/members/{user_id}/roles',
  tag,
  summary: 'Give a member of an organization roles',
  scopes: ['create:organization_member_roles'],
  params: memberParams,
  body: rolesBody,
  status: 204,
  errors: { 400: 'invalid_body', ...NOT_FOUND, 409: 'too_many_entities' },
  inert: NOT_AT_LOGIN,
});

const removeMemberRoles = operation({
  id: 'delete_organization_member_roles',
  method: 'DELETE',
  path: '/organizations/{id}/members/{user_id}/roles',
  tag,
  summary: 'Take roles from a member of an organization',
  scopes: ['delete:organization_member_roles'],
  params: memberParams,
  body: rolesBody,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});

const listMemberEffectiveRoles = operation({
  id: 'get_organization_member_effective_roles',
  method: 'GET',
  path: '/organizations/{id}/members/{user_id}/effective-roles',
  tag,
  summary: 'List the roles that a member of an organization has, directly or by groups',
  scopes: ['read:organization_member_effective_roles'],
  params: memberParams,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({
    roles: Type.Array(
      strict({
        id: Type.String(),
        name: Type.String(),
        description: Type.String(),
        sources: Type.Array(choice(['direct', 'groups'])),
      }),
    ),
    next: opt(Type.String()),
  }),
  errors: NOT_FOUND,
});

const listMemberRoleGroups = operation({
  id: 'get_organization_member_role_source_groups',
  method: 'GET',
  path: '/organizations/{id}/members/{user_id}/effective-roles/sources/groups',
  tag,
  summary: 'List the groups by which a member of an organization has a role',
  scopes: ['read:organization_member_role_source_groups'],
  params: memberParams,
  query: strict({ ...checkpointQuery, role_id: Type.String({ minLength: 1, maxLength: 100 }) }),
  status: 200,
  response: strict({ groups: Type.Array(groupResource.read), next: opt(Type.String()) }),
  errors: { 404: 'inexistent_role' },
});

export const organizationMemberRoleRoutes: Route[] = [
  handle(listMemberRoles, async (call) => {
    const { sql, context, query, params } = call;
    await requireMember(call);
    const roles = await rolesWithIds(call, await memberRoleIds(sql, context.tenant, params.id, params.user_id));
    const { offset, limit } = pageOf(query);
    return pageAnswer(query, 'roles', roles.slice(offset, offset + limit).map(shortened), roles.length);
  }),

  handle(addMemberRoles, async (call) => {
    const { sql, context, params, body } = call;
    const { tenant, now } = context;
    await requireMember(call);
    const roles = await assignableRoles(call, params.id, body.roles);
    const all = new Set([...(await memberRoleIds(sql, tenant, params.id, params.user_id)), ...roles]);
    if (all.size > MOST_ROLES) {
      throw new ApiError(409, 'No more roles can be assigned to this organization member.', 'too_many_entities');
    }
    for (const role of roles) await giveMemberRole(sql, tenant, params.id, params.user_id, role, now);
  }),

  handle(removeMemberRoles, async (call) => {
    const { sql, context, params, body } = call;
    await requireOrganization(call, params.id);
    for (const role of body.roles) await takeMemberRole(sql, context.tenant, params.id, params.user_id, role);
  }),

  handle(listMemberEffectiveRoles, async (call) => {
    const { sql, context, query, params } = call;
    await requireMember(call);
    const direct = await memberRoleIds(sql, context.tenant, params.id, params.user_id);
    const through = await rolesThroughGroups(sql, context.tenant, params.id, params.user_id);
    const { page, next } = checkpointAnswer(query, await effectiveRoles(call, direct, through), (role) => role.id);
    return { roles: page, ...next };
  }),

  handle(listMemberRoleGroups, async (call) => {
    const { services, sql, context, query, params } = call;
    await requireMember(call);
    const role = await requireRoleOf(call, params.id, query.role_id);
    const through = await rolesThroughGroups(sql, context.tenant, params.id, params.user_id);
    const ids = through.filter((row) => row.role_id === role.id).map((row) => row.group_id);
    const { page, next } = checkpointAnswer(query, ids, (id) => id);
    return { groups: await groupsWithIds(sql, context.tenant, services.stores.groups, page), ...next };
  }),
];

/** @throws ApiError 404 when there is no such organization, or the user does not belong to it */
async function requireMember(call: Where & { params: { id: string; user_id: string } }): Promise<void> {
  const { sql, context, params } = call;
  await requireOrganization(call, params.id);
  if (await isMember(sql, context.tenant, params.id, params.user_id)) return;
  throw new ApiError(404, 'The user is not a member of the organization.', 'inexistent_member');
}
