/** What the operations of `/organizations/{id}/members` do. */
import { invalidBody } from '../../invalid.ts';
import { pageAnswer, pageOf, pickFields } from '../../lists.ts';
import { handle, type Route, requireScopes, type Where } from '../../pipeline.ts';
import { rolesWithIds } from '../../roles/lookup.ts';
import { getUser } from '../../users/store.ts';
import { requireOrganization } from '../store.ts';
import { addOrganizationMembers, listOrganizationMembers, removeOrganizationMembers } from './operations.ts';
import { type Member, shownMember } from './schema.ts';
import { addMember, countMembers, cursorOf, listMembers, memberRoleIds, placeOf, removeMember } from './store.ts';

export const organizationMemberRoutes: Route[] = [
  handle(listOrganizationMembers, async (call) => {
    const { sql, context, query } = call;
    const { tenant } = context;
    const withRoles = asksForRoles(query);
    if (withRoles) requireScopes(call.caller, ['read:organization_members', 'read:organization_member_roles']);
    const { id } = await requireOrganization(call, call.params.id);
    const show = async (member: Member) =>
      pickFields(withRoles ? { ...member, roles: await rolesOf(call, id, member.user_id) } : member, query);
    if (query.take !== undefined) {
      const rows = await listMembers(sql, tenant, id, { limit: query.take, after: placeOf(query.from) });
      const members: unknown[] = [];
      for (const row of rows) members.push(await show(shownMember(row)));
      // Recorded: there is a cursor after every page that is not empty.
      return { members, ...(rows.length > 0 ? { next: cursorOf(rows.at(-1)!) } : {}) };
    }
    const members: unknown[] = [];
    for (const row of await listMembers(sql, tenant, id, pageOf(query))) members.push(await show(shownMember(row)));
    return pageAnswer(query, 'members', members, query.include_totals ? await countMembers(sql, tenant, id) : 0);
  }),

  handle(addOrganizationMembers, async (call) => {
    const { sql, context, body } = call;
    const { tenant, now } = context;
    const { id } = await requireOrganization(call, call.params.id);
    const unknown: string[] = [];
    for (const userId of body.members) if (!(await getUser(sql, tenant, userId))) unknown.push(userId);
    if (unknown.length > 0) {
      throw invalidBody(`One or more of the specified users do not exist: ${unknown.join(', ')}`, 'members');
    }
    for (const userId of body.members) await addMember(sql, tenant, id, userId, now);
  }),

  handle(removeOrganizationMembers, async (call) => {
    const { sql, context, body } = call;
    const { id } = await requireOrganization(call, call.params.id);
    for (const userId of body.members) await removeMember(sql, context.tenant, id, userId);
  }),
];

/** Roles are shown to those who ask for them by name. */
function asksForRoles({ fields, include_fields }: { fields?: string; include_fields?: boolean }): boolean {
  const names = fields?.split(',').map((name) => name.trim().split('.')[0]) ?? [];
  return include_fields !== false && names.includes('roles');
}

async function rolesOf(call: Where, organizationId: string, userId: string): Promise<{ id: string; name: string }[]> {
  const ids = await memberRoleIds(call.sql, call.context.tenant, organizationId, userId);
  return (await rolesWithIds(call, ids)).map(({ id, name }) => ({ id, name }));
}
