/** What the operations of `/organizations/{organization_id}/groups` do. */
import { ApiError } from '../../../http/errors.ts';
import { groupsWithIds, requireGroup } from '../../groups/store.ts';
import { checkpointAnswer } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import { rolesWithIds, shortened } from '../../roles/lookup.ts';
import { assignableRoles, MOST_ROLES } from '../roles/store.ts';
import { requireOrganization } from '../store.ts';
import {
  addOrganizationGroupRoles,
  listOrganizationGroupRoles,
  listOrganizationGroups,
  removeOrganizationGroupRoles,
} from './operations.ts';
import { giveGroupRole, groupsOfOrganization, rolesOfGroup, takeGroupRole } from './store.ts';

export const organizationGroupRoutes: Route[] = [
  handle(listOrganizationGroups, async (call) => {
    const { services, sql, context, query, params } = call;
    const { id } = await requireOrganization(call, params.organization_id);
    const ids = await groupsOfOrganization(sql, context.tenant, id);
    const { page, next } = checkpointAnswer(query, ids, (one) => one);
    return { groups: await groupsWithIds(sql, context.tenant, services.stores.groups, page), ...next };
  }),

  handle(listOrganizationGroupRoles, async (call) => {
    const { organization, group } = await requireBoth(call);
    const ids = await rolesOfGroup(call.sql, call.context.tenant, organization, group);
    const { page, next } = checkpointAnswer(call.query, await rolesWithIds(call, ids), (role) => role.id);
    return { roles: page.map(shortened), ...next };
  }),

  handle(addOrganizationGroupRoles, async (call) => {
    const { sql, context, body } = call;
    const { tenant, now } = context;
    const { organization, group } = await requireBoth(call);
    const roles = await assignableRoles(call, organization, body.roles);
    if (new Set([...(await rolesOfGroup(sql, tenant, organization, group)), ...roles]).size > MOST_ROLES) {
      throw new ApiError(409, 'No more roles can be assigned to this organization group.', 'too_many_entities');
    }
    for (const role of roles) await giveGroupRole(sql, tenant, organization, group, role, now);
  }),

  handle(removeOrganizationGroupRoles, async (call) => {
    const { organization, group } = await requireBoth(call);
    for (const role of call.body.roles) await takeGroupRole(call.sql, call.context.tenant, organization, group, role);
  }),
];

async function requireBoth(
  call: Where & { params: { organization_id: string; group_id: string } },
): Promise<{ organization: string; group: string }> {
  const { id: organization } = await requireOrganization(call, call.params.organization_id);
  const { id: group } = await requireGroup(call, call.params.group_id);
  return { organization, group };
}
