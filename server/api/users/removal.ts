/** Removes users, and with them everything that is theirs. */
import { sql as raw } from 'kysely';
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { UserTable } from '../../storage/tables.ts';
import { listAdministrators, removeAdministrator } from '../../tenants/administrators.ts';
import { linkedIdentities, userIdOf } from './linked.ts';
import { fromRow, getUser, replaceUser } from './store.ts';
import { removeTerms } from './term-store.ts';

const ofConnection = statement<Pick<UserTable, 'tenant' | 'connection' | 'created_at' | 'user_id'>, UserTable>(
  (q, bind) =>
    q
      .selectFrom('users')
      .selectAll()
      .where('tenant', '=', bind('tenant'))
      .where('connection', '=', bind('connection'))
      .where(raw<boolean>`(created_at, user_id) > (${bind('created_at')}, ${bind('user_id')})`)
      .orderBy('created_at')
      .orderBy('user_id')
      .limit(500),
);
/** The tables that hold what belongs to a user. */
const THEIRS = [
  'user_identifiers',
  'passwords',
  'sessions',
  'codes',
  'refresh_tokens',
  'grants',
  'tickets',
  'role_users',
  'user_permissions',
  'group_members',
  'organization_members',
  'organization_member_roles',
  'authentication_methods',
  'user_records',
  'failed_logins',
] as const;

/**
 * Removes a user and everything that is theirs: sessions, tokens, consents, tickets, the passwords of linked identities.
 * Answers whether there was one.
 */
export async function deleteUser(
  sql: Sql,
  tenant: string,
  userId: string,
  { keepPassword = false } = {},
): Promise<boolean> {
  const user = await getUser(sql, tenant, userId);
  for (const identity of user ? linkedIdentities(user) : []) await deletePassword(sql, tenant, userIdOf(identity));
  if (user) await removeTerms(sql, tenant, [user]);
  for (const table of THEIRS) {
    if (table === 'passwords' && keepPassword) continue;
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('user_id', '=', userId));
  }
  await removeAdministrator(sql, tenant, userId);
  const removed = await sql.query(
    sql.build.deleteFrom('users').where('tenant', '=', tenant).where('user_id', '=', userId).returning('user_id'),
  );
  return removed.length > 0;
}

/** Removes all users of a connection and everything that is theirs, one statement for each table. */
export async function deleteUsersOf(sql: Sql, tenant: string, connection: string): Promise<void> {
  const users = sql.build
    .selectFrom('users')
    .select('user_id')
    .where('tenant', '=', tenant)
    .where('connection', '=', connection);
  // First, because it writes what its users are found by anew.
  await unlinkAll(sql, tenant, connection);
  await removeTermsOf(sql, tenant, connection);
  for (const table of THEIRS) {
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('user_id', 'in', users));
  }
  for (const { user_id } of await listAdministrators(sql, tenant)) {
    if ((await getUser(sql, tenant, user_id))?.connection === connection)
      await removeAdministrator(sql, tenant, user_id);
  }
  await sql.query(sql.build.deleteFrom('users').where('tenant', '=', tenant).where('connection', '=', connection));
}

/** Some users at a time: their terms are known from what they are, which no index of the terms tells. */
async function removeTermsOf(sql: Sql, tenant: string, connection: string): Promise<void> {
  let last: { created_at: number; user_id: string } | undefined = { created_at: -1, user_id: '' };
  while (last) {
    const rows: UserTable[] = await sql.all(ofConnection, { tenant, connection, ...last });
    await removeTerms(
      sql,
      tenant,
      rows.map((row) => fromRow(row)!),
    );
    const end = rows.at(-1);
    last = end && { created_at: end.created_at, user_id: end.user_id };
  }
}

async function deletePassword(sql: Sql, tenant: string, userId: string): Promise<void> {
  await sql.query(sql.build.deleteFrom('passwords').where('tenant', '=', tenant).where('user_id', '=', userId));
}

/** Takes a connection out of linked identities: from its own users with their passwords, and from users of others. */
async function unlinkAll(sql: Sql, tenant: string, connection: string): Promise<void> {
  const linked: UserTable[] = await sql.query(
    sql.build
      .selectFrom('users')
      .selectAll()
      .where('tenant', '=', tenant)
      // Only identities that were linked have this member.
      .where('doc', 'like', '%"profileData"%')
      .where((e) =>
        e.or([
          e('connection', '=', connection),
          e(
            'user_id',
            'in',
            e
              .selectFrom('user_identifiers')
              .select('user_id')
              .where('tenant', '=', tenant)
              .where('connection', '=', connection),
          ),
        ]),
      ),
  );
  for (const row of linked) {
    const user = fromRow(row)!;
    const gone = linkedIdentities(user).filter(
      (identity) => user.connection === connection || identity.connection === connection,
    );
    for (const identity of gone) await deletePassword(sql, tenant, userIdOf(identity));
    const identities = user.identities.filter((identity) => !gone.includes(identity));
    await replaceUser(sql, tenant, { ...user, identities }, row.updated_at);
  }
}
