/** Many users at once, with a few statements for all of them. What a user is, is said in `store.ts`. */
import type { Sql } from '../../storage/database.ts';
import { insertAll, insertInto } from '../../storage/insert.ts';
import { type Bind, type SqlValue, type Statement, statement } from '../../storage/statement.ts';
import type { PasswordTable, UserIdentifierTable, UserTable } from '../../storage/tables.ts';
import { fromRow, newRow, type StoredUser, USER_COLUMNS } from './store.ts';
import { addTerms } from './term-store.ts';

const IDENTIFIERS = ['email', 'username', 'phone_number'] as const;
type IdentifierType = (typeof IDENTIFIERS)[number];

/** The names of a user that nobody else of the connection may have, in the form in which they are compared. */
export function identifiersOf(user: StoredUser): { type: IdentifierType; value: string }[] {
  return IDENTIFIERS.flatMap((type) => {
    const value = user[type]?.toLowerCase();
    return value ? [{ type, value }] : [];
  });
}

type Values = Record<string, SqlValue>;

/** Values of one question. Where there are fewer, the last one is asked for again. */
const ASKED = 100;
const slots = Array.from({ length: ASKED }, (_, index) => `v${index}`);
const anyOf = (bind: Bind<Values>) => slots.map((slot) => bind(slot) as never);

type Name = Pick<UserIdentifierTable, 'type' | 'value' | 'user_id'>;
const findNames = statement<Values, Name>((q, bind) =>
  q
    .selectFrom('user_identifiers')
    .select(['type', 'value', 'user_id'])
    .where('tenant', '=', bind('tenant') as never)
    .where('connection', '=', bind('connection') as never)
    .where('type', 'in', IDENTIFIERS)
    .where('value', 'in', anyOf(bind)),
);
const findLinked = statement<Values, Pick<Name, 'value'>>((q, bind) =>
  q
    .selectFrom('user_identifiers')
    .select('value')
    .where('tenant', '=', bind('tenant') as never)
    .where('connection', '=', bind('connection') as never)
    .where('type', '=', 'identity')
    .where('value', 'in', anyOf(bind)),
);
const findIds = statement<Values, UserTable>((q, bind) =>
  q
    .selectFrom('users')
    .selectAll()
    .where('tenant', '=', bind('tenant') as never)
    .where('user_id', 'in', anyOf(bind)),
);

async function ask<Row>(
  sql: Sql,
  question: Statement<Values, Row>,
  at: Values,
  values: Iterable<string>,
): Promise<Row[]> {
  const wanted = [...new Set(values)];
  const rows: Row[] = [];
  for (let start = 0; start < wanted.length; start += ASKED) {
    const some = wanted.slice(start, start + ASKED);
    const bound = Object.fromEntries(slots.map((slot, index) => [slot, some[index] ?? some.at(-1)!]));
    rows.push(...(await sql.all(question, { ...at, ...bound })));
  }
  return rows;
}

/**
 * Who has these ids or names already: by id, and by `type value` of the connection. `linked` are ids that were linked to
 * somebody: their passwords are still kept under them.
 */
export async function findTaken(
  sql: Sql,
  tenant: string,
  connection: string,
  users: readonly StoredUser[],
): Promise<{ byId: Map<string, StoredUser>; byIdentifier: Map<string, string>; linked: ReadonlySet<string> }> {
  const wanted = users.flatMap(identifiersOf).map(({ value }) => value);
  const names = await ask(sql, findNames, { tenant, connection }, wanted);
  const ids = [...users, ...names].map(({ user_id }) => user_id);
  const rows = await ask(sql, findIds, { tenant }, ids);
  const bare = new Map(users.map(({ user_id, identities }) => [identities[0]!.user_id, user_id]));
  const linked = await ask(sql, findLinked, { tenant, connection }, bare.keys());
  return {
    linked: new Set(linked.map(({ value }) => bare.get(value)!)),
    byId: new Map(rows.map((row) => [row.user_id, fromRow(row)!])),
    byIdentifier: new Map(names.map(({ type, value, user_id }) => [`${type} ${value}`, user_id])),
  };
}

const users = insertInto('users', USER_COLUMNS);
const identifiers = insertInto('user_identifiers', ['tenant', 'connection', 'type', 'value', 'user_id']);
const passwords = insertInto('passwords', ['tenant', 'user_id', 'hash', 'history', 'changed_at']);

export type NewUserRow = { readonly user: StoredUser; readonly hash: string | undefined };

/** @throws UniqueViolation when an id or a name is taken. */
export async function insertUsers(sql: Sql, tenant: string, rows: readonly NewUserRow[], now: number): Promise<void> {
  const userRows = rows.map(({ user }) => newRow(tenant, user, now));
  const nameRows: UserIdentifierTable[] = rows.flatMap(({ user }) =>
    identifiersOf(user).map(({ type, value }) => ({
      tenant,
      connection: user.connection,
      type,
      value,
      user_id: user.user_id,
    })),
  );
  const passwordRows: PasswordTable[] = rows.flatMap(({ user, hash }) =>
    hash === undefined ? [] : [{ tenant, user_id: user.user_id, hash, history: '[]', changed_at: now }],
  );
  await insertAll(sql, users, userRows);
  await insertAll(sql, identifiers, nameRows);
  await insertAll(sql, passwords, passwordRows);
  await addTerms(
    sql,
    tenant,
    rows.map(({ user }) => ({ user, createdAt: now })),
  );
}
