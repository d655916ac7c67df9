/** Removes users, and with them everything that is theirs. */
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { UserTable } from '../../storage/tables.ts';
import { listAdministrators, removeAdministrator } from '../../tenants/administrators.ts';
import { linkedIdentities, userIdOf } from './linked.ts';
import { fromRow, getUser, replaceUser } from './store.ts';
import { removeTerms } from './term-store.ts';

/** Users of a piece, and users of others that are changed in one: some milliseconds of work. */
const USERS = 20;
const LINKS = 5;

const someOfConnection = statement<Pick<UserTable, 'tenant' | 'connection'>, UserTable>((q, bind) =>
  q
    .selectFrom('users')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('connection', '=', bind('connection'))
    .orderBy('created_at')
    .orderBy('user_id')
    .limit(USERS),
);
const someWithIdentifier = statement<{ tenant: string; connection: string }, { user_id: string }>((q, bind) =>
  q
    .selectFrom('user_identifiers')
    .select('user_id')
    .where('tenant', '=', bind('tenant'))
    .where('connection', '=', bind('connection'))
    .limit(LINKS),
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
  if (!user) return false;
  for (const identity of linkedIdentities(user)) await deletePassword(sql, tenant, userIdOf(identity));
  await removeTerms(sql, tenant, [user]);
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

/**
 * Removes some users of a connection and everything that is theirs.
 * @returns where to go on: anywhere, because they are gone; undefined when there was none
 */
export async function removeSomeUsers(sql: Sql, tenant: string, connection: string): Promise<'' | undefined> {
  const rows = await sql.all(someOfConnection, { tenant, connection });
  if (rows.length === 0) return undefined;
  const users = rows.map((row) => fromRow(row)!);
  for (const identity of users.flatMap(linkedIdentities)) await deletePassword(sql, tenant, userIdOf(identity));
  await removeTerms(sql, tenant, users);
  const ids = rows.map(({ user_id }) => user_id);
  for (const table of THEIRS) {
    // Those without an index by user are good for nothing without their user, and end by themselves.
    if (table === 'codes' || table === 'tickets') continue;
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('user_id', 'in', ids));
  }
  await sql.query(sql.build.deleteFrom('users').where('tenant', '=', tenant).where('user_id', 'in', ids));
  return '';
}

/** Takes a connection whose users are gone out of the identities of some users of others. @returns as above */
export async function removeSomeLinks(sql: Sql, tenant: string, connection: string): Promise<'' | undefined> {
  const found = await sql.all(someWithIdentifier, { tenant, connection });
  for (const user_id of new Set(found.map((row) => row.user_id))) {
    const user = await getUser(sql, tenant, user_id);
    const gone = user ? linkedIdentities(user).filter((identity) => identity.connection === connection) : [];
    for (const identity of gone) await deletePassword(sql, tenant, userIdOf(identity));
    if (user) {
      const identities = user.identities.filter((identity) => !gone.includes(identity));
      await replaceUser(sql, tenant, { ...user, identities }, Date.parse(user.updated_at));
    }
    // Also those that nobody has any more, so that the next look finds others.
    await sql.query(
      sql.build
        .deleteFrom('user_identifiers')
        .where('tenant', '=', tenant)
        .where('connection', '=', connection)
        .where('user_id', '=', user_id),
    );
  }
  return found.length === 0 ? undefined : '';
}

/** Administrators are few: those of a connection go with it, at once. */
export async function removeAdministratorsOf(sql: Sql, tenant: string, connection: string): Promise<void> {
  for (const { user_id } of await listAdministrators(sql, tenant)) {
    if ((await getUser(sql, tenant, user_id))?.connection === connection)
      await removeAdministrator(sql, tenant, user_id);
  }
}

async function deletePassword(sql: Sql, tenant: string, userId: string): Promise<void> {
  await sql.query(sql.build.deleteFrom('passwords').where('tenant', '=', tenant).where('user_id', '=', userId));
}
