/** Where roles are kept, and who has them: users directly, and the members of groups. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import { statement } from '../../storage/statement.ts';
import type { RoleGroupTable, RoleUserTable, UserTable } from '../../storage/tables.ts';
import { countUpTo } from '../lists.ts';
import type { Where } from '../pipeline.ts';
import { removeDependants } from '../removals.ts';
import { isThere } from '../users/gone.ts';
import type { Role } from './schema.ts';

/** Names are unique for each owner: the tenant, or an organization. */
export function roleStore(sealer: Sealer): Collection<Role> {
  return collection<Role>(
    {
      kind: 'role',
      id: 'id',
      keys: { name: { of: roleKey, unique: true }, owner: { of: (role) => role.owner_id ?? undefined } },
    },
    sealer,
  );
}

/** The owner and the name, as one key. */
export function roleKey(role: Pick<Role, 'name' | 'owner_id'>): string {
  return JSON.stringify([role.owner_id ?? null, role.name]);
}

const insertUser = statement<RoleUserTable>((q, bind) =>
  q
    .insertInto('role_users')
    .values({
      tenant: bind('tenant'),
      role_id: bind('role_id'),
      user_id: bind('user_id'),
      created_at: bind('created_at'),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'role_id', 'user_id']).doNothing()),
);
const deleteUser = statement<Omit<RoleUserTable, 'created_at'>>((q, bind) =>
  q
    .deleteFrom('role_users')
    .where('tenant', '=', bind('tenant'))
    .where('role_id', '=', bind('role_id'))
    .where('user_id', '=', bind('user_id')),
);
const insertGroup = statement<RoleGroupTable>((q, bind) =>
  q
    .insertInto('role_groups')
    .values({
      tenant: bind('tenant'),
      role_id: bind('role_id'),
      group_id: bind('group_id'),
      created_at: bind('created_at'),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'role_id', 'group_id']).doNothing()),
);
const deleteGroup = statement<Omit<RoleGroupTable, 'created_at'>>((q, bind) =>
  q
    .deleteFrom('role_groups')
    .where('tenant', '=', bind('tenant'))
    .where('role_id', '=', bind('role_id'))
    .where('group_id', '=', bind('group_id')),
);
const directRoles = statement<{ tenant: string; user_id: string }, { role_id: string }>((q, bind) =>
  q
    .selectFrom('role_users')
    .select('role_id')
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id')),
);
const groupRoles = statement<{ tenant: string; user_id: string }, { role_id: string; group_id: string }>((q, bind) =>
  q
    .selectFrom('group_members as m')
    .innerJoin('role_groups as r', (join) =>
      join.onRef('r.tenant', '=', 'm.tenant').onRef('r.group_id', '=', 'm.group_id'),
    )
    .select(['r.role_id', 'r.group_id'])
    .where('m.tenant', '=', bind('tenant'))
    .where('m.user_id', '=', bind('user_id')),
);

/** Gives a user a role; nothing happens when they have it. */
export async function giveRole(sql: Sql, tenant: string, roleId: string, userId: string, now: number): Promise<void> {
  await sql.run(insertUser, { tenant, role_id: roleId, user_id: userId, created_at: now });
}

export async function takeRole(sql: Sql, tenant: string, roleId: string, userId: string): Promise<void> {
  await sql.run(deleteUser, { tenant, role_id: roleId, user_id: userId });
}

/** Gives the members of a group a role; nothing happens when they have it. */
export async function giveRoleToGroup(
  sql: Sql,
  tenant: string,
  roleId: string,
  groupId: string,
  now: number,
): Promise<void> {
  await sql.run(insertGroup, { tenant, role_id: roleId, group_id: groupId, created_at: now });
}

export async function takeRoleFromGroup(sql: Sql, tenant: string, roleId: string, groupId: string): Promise<void> {
  await sql.run(deleteGroup, { tenant, role_id: roleId, group_id: groupId });
}

/** The roles that were given to a user directly. */
export async function directRoleIds(sql: Sql, tenant: string, userId: string): Promise<string[]> {
  return (await sql.all(directRoles, { tenant, user_id: userId })).map((row) => row.role_id);
}

/** The roles that a user has through groups, with the group each comes from. */
export async function rolesThroughGroups(
  sql: Sql,
  tenant: string,
  userId: string,
): Promise<{ role_id: string; group_id: string }[]> {
  return sql.all(groupRoles, { tenant, user_id: userId });
}

/** Which users: by number, or those after an id. */
export type RoleUserPage = { readonly limit: number; readonly offset?: number; readonly after?: string | undefined };

/** The users who were given a role directly, by their ids. */
export function usersWithRole(sql: Sql, tenant: string, roleId: string, page: RoleUserPage): Promise<UserTable[]> {
  let ids = userIdsOf(sql, tenant, roleId).orderBy('user_id');
  if (page.after !== undefined) ids = ids.where('user_id', '>', page.after);
  // The page is found in the index; only its users are read.
  return sql.query(
    sql.build
      .selectFrom(
        ids
          .limit(page.limit)
          .offset(page.offset ?? 0)
          .as('r'),
      )
      .innerJoin('users as u', (join) => join.on('u.tenant', '=', tenant).onRef('u.user_id', '=', 'r.user_id'))
      .selectAll('u')
      .where(isThere('u'))
      .orderBy('r.user_id'),
  );
}

/** How many they are; counted no further than anybody pages. */
export function countUsersWithRole(sql: Sql, tenant: string, roleId: string): Promise<number> {
  return countUpTo(sql, userIdsOf(sql, tenant, roleId));
}

function userIdsOf(sql: Sql, tenant: string, roleId: string) {
  return sql.build
    .selectFrom('role_users')
    .select('user_id')
    .where('tenant', '=', tenant)
    .where('role_id', '=', roleId);
}

/** What names a role besides users and members, in tables of its own. */
const NAMING_ROLES = ['role_permissions', 'role_groups', 'organization_group_roles'] as const;

/** Removes what names a role: its permissions, and that users, members and groups have it. */
export async function removeAssignmentsOfRole(call: Where, roleId: string): Promise<void> {
  const { sql, context } = call;
  const { tenant } = context;
  await removeDependants(call, 'role', roleId);
  for (const table of NAMING_ROLES) {
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('role_id', '=', roleId));
  }
}

/** The roles of an organization that is gone are gone with it. */
export async function removeRolesOfOwner(call: Where, ownerId: string): Promise<void> {
  const { services, sql, context } = call;
  const { roles } = services.stores;
  for (const role of await roles.findAll(sql, context.tenant, 'owner', ownerId)) {
    await roles.remove(sql, context.tenant, role.id);
    await removeAssignmentsOfRole(call, role.id);
  }
}
