/** Where groups and their members are kept. Connections that know groups fill it. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import { statement } from '../../storage/statement.ts';
import type { GroupMemberTable } from '../../storage/tables.ts';
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

/** Removes a group, its members' membership, and the roles it gave them. Answers whether there was one. */
export async function removeGroup(sql: Sql, tenant: string, groups: Collection<Group>, id: string): Promise<boolean> {
  for (const table of ['group_members', 'role_groups'] as const) {
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('group_id', '=', id));
  }
  return groups.remove(sql, tenant, id);
}
