/** Where groups and their members are kept. Connections that know groups fill it. */
import { ApiError } from '../../http/errors.ts';
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import { statement } from '../../storage/statement.ts';
import type { GroupMemberTable } from '../../storage/tables.ts';
import type { Where } from '../pipeline.ts';
import type { Group } from './schema.ts';

export function groupStore(sealer: Sealer): Collection<Group> {
  return collection<Group>(
    {
      kind: 'group',
      id: 'id',
      keys: {
        name: { of: (group) => group.name },
        connection: { of: (group) => group.connection_id ?? undefined },
        external: { of: externalKey, unique: true },
      },
    },
    sealer,
  );
}

/** A directory names a group once. */
function externalKey(group: Group): string | undefined {
  return group.external_id ? JSON.stringify([group.connection_id ?? null, group.external_id]) : undefined;
}

const insertMember = statement<GroupMemberTable>((q, bind) =>
  q
    .insertInto('group_members')
    .values({
      tenant: bind('tenant'),
      group_id: bind('group_id'),
      user_id: bind('user_id'),
      created_at: bind('created_at'),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'group_id', 'user_id']).doNothing()),
);
const deleteMember = statement<Omit<GroupMemberTable, 'created_at'>>((q, bind) =>
  q
    .deleteFrom('group_members')
    .where('tenant', '=', bind('tenant'))
    .where('group_id', '=', bind('group_id'))
    .where('user_id', '=', bind('user_id')),
);
const groupsOf = statement<{ tenant: string; user_id: string }, { group_id: string; created_at: number }>((q, bind) =>
  q
    .selectFrom('group_members')
    .select(['group_id', 'created_at'])
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .orderBy('created_at')
    .orderBy('group_id'),
);

/** The group that a request is about. @throws ApiError 404 */
export async function requireGroup({ services, sql, context }: Where, id: string): Promise<Group> {
  const group = await services.stores.groups.get(sql, context.tenant, id);
  if (!group) throw new ApiError(404, 'The group does not exist.', 'inexistent_group');
  return group;
}

/** The group as answers show it. */
export function shownGroup(group: Group, tenant: string): Group {
  return { ...group, tenant_name: tenant, updated_at: group.updated_at ?? group.created_at };
}

/** The groups with these ids as answers show them, in their order. */
export async function groupsWithIds(
  sql: Sql,
  tenant: string,
  groups: Collection<Group>,
  ids: readonly string[],
): Promise<Group[]> {
  const found: Group[] = [];
  for (const id of ids) {
    const group = await groups.get(sql, tenant, id);
    if (group) found.push(shownGroup(group, tenant));
  }
  return found;
}

/** Puts a user into a group; nothing happens when they are in it. */
export async function addMember(sql: Sql, tenant: string, groupId: string, userId: string, now: number): Promise<void> {
  await sql.run(insertMember, { tenant, group_id: groupId, user_id: userId, created_at: now });
}

export async function removeMember(sql: Sql, tenant: string, groupId: string, userId: string): Promise<void> {
  await sql.run(deleteMember, { tenant, group_id: groupId, user_id: userId });
}

/** The groups of a user in the order they came into them; `created_at` tells when. */
export function membershipsOf(
  sql: Sql,
  tenant: string,
  userId: string,
): Promise<{ group_id: string; created_at: number }[]> {
  return sql.all(groupsOf, { tenant, user_id: userId });
}

/** The members of a group in the order of their ids, after one of them; `created_at` tells when they came into it. */
export function membersOf(
  sql: Sql,
  tenant: string,
  groupId: string,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ user_id: string; created_at: number }[]> {
  const members = sql.build
    .selectFrom('group_members')
    .select(['user_id', 'created_at'])
    .where('tenant', '=', tenant)
    .where('group_id', '=', groupId)
    .orderBy('user_id')
    .limit(page.limit);
  return sql.query(page.after === undefined ? members : members.where('user_id', '>', page.after));
}

/** The ids of the roles that a group gives to its members. */
export async function rolesOfGroup(sql: Sql, tenant: string, groupId: string): Promise<string[]> {
  const rows = await sql.query(
    sql.build.selectFrom('role_groups').select('role_id').where('tenant', '=', tenant).where('group_id', '=', groupId),
  );
  return rows.map((row) => row.role_id);
}

/** The groups of a connection go with it. */
export async function removeGroupsOfConnection(
  sql: Sql,
  tenant: string,
  groups: Collection<Group>,
  connectionId: string,
): Promise<void> {
  for (const group of await groups.findAll(sql, tenant, 'connection', connectionId)) {
    await removeGroup(sql, tenant, groups, group.id);
  }
}

/** Removes a group, its members' membership, and the roles it gave them. Answers whether there was one. */
export async function removeGroup(sql: Sql, tenant: string, groups: Collection<Group>, id: string): Promise<boolean> {
  for (const table of ['group_members', 'role_groups', 'organization_group_roles'] as const) {
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('group_id', '=', id));
  }
  return groups.remove(sql, tenant, id);
}
