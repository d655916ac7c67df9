/** Many users at once, with a few statements for all of them. What a user is, is said in `store.ts`. */
import type { Sql } from '../../storage/database.ts';
import type { PasswordTable, UserIdentifierTable, UserTable } from '../../storage/tables.ts';
import { changeable, fromRow, type StoredUser } from './store.ts';

const IDENTIFIERS = ['email', 'username', 'phone_number'] as const;
type IdentifierType = (typeof IDENTIFIERS)[number];

/** The names of a user that nobody else of the connection may have, in the form in which they are compared. */
export function identifiersOf(user: StoredUser): { type: IdentifierType; value: string }[] {
  return IDENTIFIERS.flatMap((type) => {
    const value = user[type]?.toLowerCase();
    return value ? [{ type, value }] : [];
  });
}

/** Who has these ids or names already: by id, and by `type value` of the connection. */
export async function findTaken(
  sql: Sql,
  tenant: string,
  connection: string,
  users: readonly StoredUser[],
): Promise<{ byId: Map<string, StoredUser>; byIdentifier: Map<string, string> }> {
  const wanted = users.flatMap(identifiersOf);
  const names: Pick<UserIdentifierTable, 'type' | 'value' | 'user_id'>[] =
    wanted.length === 0
      ? []
      : await sql.query(
          sql.build
            .selectFrom('user_identifiers')
            .select(['type', 'value', 'user_id'])
            .where('tenant', '=', tenant)
            .where('connection', '=', connection)
            .where('type', 'in', [...new Set(wanted.map(({ type }) => type))])
            .where('value', 'in', [...new Set(wanted.map(({ value }) => value))]),
        );
  const ids = new Set([...users.map(({ user_id }) => user_id), ...names.map(({ user_id }) => user_id)]);
  const rows: UserTable[] = await sql.query(
    sql.build
      .selectFrom('users')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('user_id', 'in', [...ids]),
  );
  return {
    byId: new Map(rows.map((row) => [row.user_id, fromRow(row)!])),
    byIdentifier: new Map(names.map(({ type, value, user_id }) => [`${type} ${value}`, user_id])),
  };
}

export type NewUserRow = { readonly user: StoredUser; readonly hash: string | undefined };

/** @throws UniqueViolation when an id or a name is taken. */
export async function insertUsers(sql: Sql, tenant: string, rows: readonly NewUserRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  const users: UserTable[] = rows.map(({ user }) => ({
    ...changeable(user),
    tenant,
    user_id: user.user_id,
    connection: user.connection,
    logins_count: 0,
    last_login: null,
    last_ip: null,
    created_at: now,
    updated_at: now,
  }));
  await sql.query(sql.build.insertInto('users').values(users));
  const identifiers: UserIdentifierTable[] = rows.flatMap(({ user }) =>
    identifiersOf(user).map(({ type, value }) => ({
      tenant,
      connection: user.connection,
      type,
      value,
      user_id: user.user_id,
    })),
  );
  if (identifiers.length > 0) await sql.query(sql.build.insertInto('user_identifiers').values(identifiers));
  const passwords: PasswordTable[] = rows.flatMap(({ user, hash }) =>
    hash === undefined ? [] : [{ tenant, user_id: user.user_id, hash, history: '[]', changed_at: now }],
  );
  if (passwords.length > 0) await sql.query(sql.build.insertInto('passwords').values(passwords));
}
