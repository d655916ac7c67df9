/** What the operations of `/roles` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import type { UserTable } from '../../storage/tables.ts';
import { orConflict } from '../conflict.ts';
import { groupsWithIds } from '../groups/store.ts';
import { checkpointAnswer, firstPage, listCollection, pageAnswer, pageOf } from '../lists.ts';
import { removeRoleFromInvitations } from '../organizations/invitations/store.ts';
import { requireOrganization } from '../organizations/store.ts';
import { type Call, handle, type Route, requireScopes, type Where } from '../pipeline.ts';
import { fromRow, getUser } from '../users/store.ts';
import { requireRole, requireTenantRole } from './lookup.ts';
import {
  addRoleGroups,
  addRolePermissions,
  addRoleUsers,
  createRole,
  deleteRole,
  getRole,
  listRoleGroups,
  listRolePermissions,
  listRoles,
  listRoleUsers,
  removeRoleGroups,
  removeRolePermissions,
  updateRole,
} from './operations.ts';
import {
  givePermissions,
  knownPermissions,
  permissionsOf,
  possiblePermissions,
  shownPermissions,
  takePermissions,
} from './permissions.ts';
import { type Role, roleResource, shownRole } from './schema.ts';
import {
  countUsersWithRole,
  giveRole,
  giveRoleToGroup,
  removeAssignmentsOfRole,
  roleKey,
  takeRoleFromGroup,
  usersWithRole,
} from './store.ts';

export const roleRoutes: Route[] = [
  handle(listRoles, (call) => {
    const { sql, context, services, query } = call;
    const part = query.name_filter?.toLowerCase();
    const filtered = part !== undefined || query.type !== undefined || query.owner_id !== undefined;
    const filter = (role: Role) =>
      (part === undefined || role.name.toLowerCase().includes(part)) &&
      (query.type === undefined || role.type === query.type) &&
      (query.owner_id === undefined || role.owner_id === query.owner_id);
    return listCollection(
      sql,
      context.tenant,
      services.stores.roles,
      roleResource,
      query,
      shownRole,
      filtered ? filter : undefined,
    );
  }),

  handle(createRole, async (call) => {
    const { services, context, sql } = call;
    const role = { ...withDefaults(roleResource, call.body), id: `rol_${randomAlphanumeric(16)}` } as Role;
    if ((role.type === 'organization') !== (role.owner_id !== undefined)) {
      throw new ApiError(400, 'A role of an organization, and no other, has an owner_id', 'invalid_body');
    }
    if (role.owner_id) await requireOrganization(call, role.owner_id);
    await refuseTaken(call, role);
    await orConflict(services.stores.roles.insert(sql, context.tenant, role, context.now), conflict);
    // Recorded: what was not given is null in this answer, and empty text in later ones.
    return role.description === undefined && role.type === 'tenant' ? { ...role, description: null } : role;
  }),

  handle(getRole, async (call) => shownRole(await requireRole(call, call.params.id))),

  handle(updateRole, async (call) => {
    const { services, context, sql } = call;
    const current = await requireRole(call, call.params.id);
    const role = withChanges(roleResource, current, call.body) as Role;
    if (role.name !== current.name) await refuseTaken(call, role);
    await orConflict(services.stores.roles.replace(sql, context.tenant, role, context.now), conflict);
    return shownRole(role);
  }),

  handle(deleteRole, async (call) => {
    const { services, context, sql } = call;
    const role = await requireRole(call, call.params.id);
    await services.stores.roles.remove(sql, context.tenant, role.id);
    await removeAssignmentsOfRole(call, role.id);
    await removeRoleFromInvitations(sql, services.vault, context.tenant, role.id, context.now);
    return {};
  }),

  handle(listRolePermissions, async (call) => {
    const { services, context, sql, query } = call;
    const role = await requireRole(call, call.params.id);
    const kept = await permissionsOf(sql, context.tenant, { kind: 'role', id: role.id });
    const shown = await shownPermissions(sql, context.tenant, services.stores.resourceServers, kept);
    const { offset, limit } = pageOf(query);
    const page = shown.slice(offset, offset + limit).map(({ of: _, ...item }) => item);
    return pageAnswer(query, 'permissions', page, shown.length);
  }),

  handle(addRolePermissions, async (call) => {
    const { services, context, sql, body } = call;
    const role = await requireRole(call, call.params.id);
    const { resourceServers } = services.stores;
    const permissions = await knownPermissions(sql, context.tenant, resourceServers, body.permissions);
    await givePermissions(sql, context.tenant, { kind: 'role', id: role.id }, permissions, context.now);
    return {};
  }),

  handle(removeRolePermissions, async (call) => {
    const { services, context, sql, body } = call;
    const role = await requireRole(call, call.params.id);
    const { resourceServers } = services.stores;
    const permissions = await possiblePermissions(sql, context.tenant, resourceServers, body.permissions);
    await takePermissions(sql, context.tenant, { kind: 'role', id: role.id }, permissions);
  }),

  handle(listRoleUsers, async (call) => {
    requireScopes(call.caller, ['read:users', 'read:roles'], ['read:role_members']);
    const role = await requireRole(call, call.params.id);
    return usersOfRole(call, role.id);
  }),

  handle(addRoleUsers, async (call) => {
    const { context, sql, body } = call;
    const role = requireTenantRole(await requireRole(call, call.params.id));
    for (const userId of body.users) {
      if (!(await getUser(sql, context.tenant, userId)))
        throw new ApiError(404, `The user does not exist: ${userId}`, 'inexistent_user');
      await giveRole(sql, context.tenant, role.id, userId, context.now);
    }
    return {};
  }),

  handle(listRoleGroups, async (call) => {
    const { services, context, sql, query } = call;
    const role = await requireRole(call, call.params.id);
    const rows = await sql.query(
      sql.build
        .selectFrom('role_groups')
        .select('group_id')
        .where('tenant', '=', context.tenant)
        .where('role_id', '=', role.id)
        .orderBy('group_id'),
    );
    const ids = rows.map((row) => row.group_id);
    const { page, next } = checkpointAnswer(query, ids, (id) => id);
    return { groups: await groupsWithIds(sql, context.tenant, services.stores.groups, page), ...next };
  }),

  handle(addRoleGroups, async (call) => {
    const { services, context, sql, body } = call;
    const role = requireTenantRole(await requireRole(call, call.params.id));
    for (const id of body.groups) {
      if (!(await services.stores.groups.get(sql, context.tenant, id)))
        throw new ApiError(404, `The group does not exist: ${id}`, 'inexistent_group');
      await giveRoleToGroup(sql, context.tenant, role.id, id, context.now);
    }
  }),

  handle(removeRoleGroups, async (call) => {
    const { context, sql, body } = call;
    const role = await requireRole(call, call.params.id);
    for (const id of body.groups) await takeRoleFromGroup(sql, context.tenant, role.id, id);
  }),
];

/** The users of a role by their ids: pages for people, or checkpoints, which stay fast at any depth. */
async function usersOfRole(call: Call<typeof listRoleUsers>, roleId: string): Promise<unknown> {
  const { sql, context, query } = call;
  const { tenant } = context;
  if (query.take !== undefined) {
    const rows = await usersWithRole(sql, tenant, roleId, { limit: query.take + 1, after: query.from });
    const { page, next } = firstPage(rows, query.take, (row) => row.user_id);
    return { users: page.map(shownMember), ...next };
  }
  const rows = await usersWithRole(sql, tenant, roleId, pageOf(query));
  const total = query.include_totals ? await countUsersWithRole(sql, tenant, roleId) : 0;
  return pageAnswer(query, 'users', rows.map(shownMember), total);
}

function shownMember(row: UserTable): unknown {
  const { user_id, email, picture, name } = fromRow(row)!;
  return { user_id, email, picture, name };
}

async function refuseTaken(call: Where, role: Role): Promise<void> {
  const taken = await call.services.stores.roles.find(call.sql, call.context.tenant, 'name', roleKey(role));
  if (taken) throw conflict();
}

function conflict(): ApiError {
  return new ApiError(409, 'The role already exists.', 'role_conflict');
}
