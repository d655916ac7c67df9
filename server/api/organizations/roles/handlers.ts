/** What the operations of `/organizations/{id}/roles/{role_id}` do. */
import { groupsWithIds } from '../../groups/store.ts';
import { checkpointAnswer, DEFAULT_TAKE, firstPage, pickFields } from '../../lists.ts';
import { handle, type Route } from '../../pipeline.ts';
import { groupsOfRole } from '../groups/store.ts';
import { shownMember } from '../members/schema.ts';
import { cursorOf, listMembers, placeOf } from '../members/store.ts';
import { requireOrganization } from '../store.ts';
import { listRoleGroups, listRoleMembers } from './operations.ts';
import { requireRoleOf } from './store.ts';

export const organizationRoleRoutes: Route[] = [
  handle(listRoleMembers, async (call) => {
    const { sql, context, query, params } = call;
    const { take = DEFAULT_TAKE, from } = query;
    const { id } = await requireOrganization(call, params.id);
    const role = await requireRoleOf(call, id, params.role_id);
    const rows = await listMembers(sql, context.tenant, id, { limit: take + 1, after: placeOf(from) }, role.id);
    const { page, next } = firstPage(rows, take, cursorOf);
    return { members: page.map((row) => pickFields(shownMember(row), query)), ...next };
  }),

  handle(listRoleGroups, async (call) => {
    const { services, sql, context, query, params } = call;
    const { id } = await requireOrganization(call, params.organization_id);
    const role = await requireRoleOf(call, id, params.role_id);
    const { page, next } = checkpointAnswer(query, await groupsOfRole(sql, context.tenant, id, role.id), (one) => one);
    return { groups: await groupsWithIds(sql, context.tenant, services.stores.groups, page), ...next };
  }),
];
