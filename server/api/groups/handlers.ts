/** What the operations of `/groups` do. */
import { ApiError } from '../../http/errors.ts';
import { checkpointAnswer, DEFAULT_TAKE, filterOf, firstPage, listCollection, pickFields } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { requireTenantRole, rolesWithIds, shortened } from '../roles/lookup.ts';
import { giveRoleToGroup, takeRoleFromGroup } from '../roles/store.ts';
import {
  addGroupRoles,
  deleteGroup,
  getGroup,
  listGroupMembers,
  listGroupRoles,
  listGroups,
  removeGroupRoles,
} from './operations.ts';
import { type Group, groupResource } from './schema.ts';
import { membersOf, removeGroup, requireGroup, rolesOfGroup, shownGroup } from './store.ts';

const FILTERS = ['connection_id', 'name', 'external_id'] as const;

export const groupRoutes: Route[] = [
  handle(listGroups, (call) => {
    const { services, sql, context, query } = call;
    const { tenant } = context;
    const isNamed = filterOf(FILTERS, query);
    const part = query.search?.toLowerCase();
    const filter = (group: Group) =>
      (isNamed?.(group) ?? true) &&
      (part === undefined || [group.name, group.external_id].some((text) => text?.toLowerCase().includes(part)));
    return listCollection(
      sql,
      tenant,
      services.stores.groups,
      groupResource,
      query,
      (group) => pickFields(shownGroup(group, tenant), query),
      isNamed || part !== undefined ? filter : undefined,
    );
  }),

  handle(getGroup, async (call) => shownGroup(await requireGroup(call, call.params.id), call.context.tenant)),

  handle(deleteGroup, async (call) => {
    const { id } = await requireGroup(call, call.params.id);
    await removeGroup(call.sql, call.context.tenant, call.services.stores.groups, id);
  }),

  handle(listGroupMembers, async (call) => {
    const { sql, context, query } = call;
    const { take = DEFAULT_TAKE, from } = query;
    const group = await requireGroup(call, call.params.id);
    const found = await membersOf(sql, context.tenant, group.id, { after: from, limit: take + 1 });
    const { page, next } = firstPage(found, take, (member) => member.user_id);
    const members = page.map(({ user_id, created_at }) => ({
      id: user_id,
      member_type: 'user',
      type: group.connection_id ? 'connection' : 'tenant',
      ...(group.connection_id ? { connection_id: group.connection_id } : {}),
      created_at: new Date(created_at).toISOString(),
    }));
    return { members: members.map((member) => pickFields(member, query)), ...next };
  }),

  handle(listGroupRoles, async (call) => {
    const { sql, context, query } = call;
    const group = await requireGroup(call, call.params.id);
    const ids = await rolesOfGroup(sql, context.tenant, group.id);
    const { page, next } = checkpointAnswer(query, ids, (id) => id);
    return { roles: (await rolesWithIds(call, page)).map(shortened), ...next };
  }),

  handle(addGroupRoles, async (call) => {
    const { services, sql, context, body } = call;
    const group = await requireGroup(call, call.params.id);
    for (const id of body.roles) {
      const role = await services.stores.roles.get(sql, context.tenant, id);
      if (!role) throw new ApiError(404, `The role does not exist: ${id}`, 'inexistent_role');
      await giveRoleToGroup(sql, context.tenant, requireTenantRole(role).id, group.id, context.now);
    }
  }),

  handle(removeGroupRoles, async (call) => {
    const { sql, context, body } = call;
    const group = await requireGroup(call, call.params.id);
    for (const id of body.roles) await takeRoleFromGroup(sql, context.tenant, id, group.id);
  }),
];
