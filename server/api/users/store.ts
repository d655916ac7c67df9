/**
 * Where users are kept. What changes with every login (count, time, address) and what decides about it (blocked) has
 * columns of its own; the rest of the profile is a document. What a user is found by is in `user_identifiers`, whose
 * primary key keeps two users of a connection from sharing an address.
 */
import { type Sql, UniqueViolation } from '../../storage/database.ts';
import { bindAll, statement } from '../../storage/statement.ts';
import type { PasswordTable, UserIdentifierTable, UserTable } from '../../storage/tables.ts';
import { isThere } from './gone.ts';
import { linkedIdentities } from './linked.ts';
import type { User } from './schema.ts';
import { addTerms, replaceTerms } from './term-store.ts';

/** What of a user is in columns and therefore not in the document. */
type InColumns = 'user_id' | 'created_at' | 'updated_at' | 'logins_count' | 'last_login' | 'last_ip' | 'blocked';

export const USER_COLUMNS = [
  'tenant',
  'user_id',
  'email',
  'connection',
  'blocked',
  'logins_count',
  'last_login',
  'last_ip',
  'doc',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof UserTable)[];

type ById = { tenant: string; user_id: string };

const insertRow = statement<UserTable>((q, bind) => q.insertInto('users').values(bindAll(bind, USER_COLUMNS)));
const byId = statement<ById, UserTable>(
  (q, bind) =>
    q
      .selectFrom('users')
      .selectAll()
      .where('tenant', '=', bind('tenant'))
      .where('user_id', '=', bind('user_id'))
      .where(isThere('users')),
  { locks: true },
);
/** A subquery and no join, which SQLite would plan anew for each value. */
const byIdentifier = statement<Omit<UserIdentifierTable, 'user_id'>, UserTable>((q, bind) =>
  q
    .selectFrom('users')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', (e) =>
      e
        .selectFrom('user_identifiers')
        .select('user_id')
        .where('tenant', '=', bind('tenant'))
        .where('connection', '=', bind('connection'))
        .where('type', '=', bind('type'))
        .where('value', '=', bind('value')),
    )
    .where(isThere('users')),
);
const byEmail = statement<{ tenant: string; email: string }, UserTable>((q, bind) =>
  q
    .selectFrom('users')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('email', '=', bind('email'))
    .where(isThere('users'))
    .orderBy('created_at')
    .orderBy('user_id'),
);
const updateRow = statement<ById & { email: string | null; blocked: number; doc: string; updated_at: number }>(
  (q, bind) =>
    q
      .updateTable('users')
      .set({ email: bind('email'), blocked: bind('blocked'), doc: bind('doc'), updated_at: bind('updated_at') })
      .where('tenant', '=', bind('tenant'))
      .where('user_id', '=', bind('user_id')),
);
const countLogin = statement<ById & { now: number; ip: string }>((q, bind) =>
  q
    .updateTable('users')
    .set((e) => ({ logins_count: e('logins_count', '+', 1), last_login: bind('now'), last_ip: bind('ip') }))
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id')),
);
const insertIdentifier = statement<UserIdentifierTable>((q, bind) =>
  q.insertInto('user_identifiers').values(bindAll(bind, ['tenant', 'connection', 'type', 'value', 'user_id'])),
);
const deleteIdentifiers = statement<ById>((q, bind) =>
  q.deleteFrom('user_identifiers').where('tenant', '=', bind('tenant')).where('user_id', '=', bind('user_id')),
);
const readPassword = statement<ById, PasswordTable>((q, bind) =>
  q.selectFrom('passwords').selectAll().where('tenant', '=', bind('tenant')).where('user_id', '=', bind('user_id')),
);
const writePassword = statement<PasswordTable>((q, bind) =>
  q
    .insertInto('passwords')
    .values(bindAll(bind, ['tenant', 'user_id', 'hash', 'history', 'changed_at']))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'user_id'])
        .doUpdateSet({ hash: bind('hash'), history: bind('history'), changed_at: bind('changed_at') }),
    ),
);
const replaceHash = statement<ById & { hash: string; old: string }>((q, bind) =>
  q
    .updateTable('passwords')
    .set({ hash: bind('hash') })
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .where('hash', '=', bind('old')),
);

/** A user of one connection. `connection` is the name of the connection it was made in. */
export type StoredUser = User & { readonly connection: string };

/** A user, but for those of a connection that was deleted. Within a unit of work nobody else changes them until its end. */
export async function getUser(sql: Sql, tenant: string, userId: string): Promise<StoredUser | undefined> {
  return fromRow(await sql.first(byId, { tenant, user_id: userId }));
}

/** The user of a connection with this e-mail address, username or phone number. Case does not matter. */
export async function findUser(
  sql: Sql,
  tenant: string,
  connection: string,
  type: UserIdentifierTable['type'],
  value: string,
): Promise<StoredUser | undefined> {
  return fromRow(await sql.first(byIdentifier, { tenant, connection, type, value: value.toLowerCase() }));
}

/** All users with this address, whatever their connection. */
export async function findUsersByEmail(sql: Sql, tenant: string, email: string): Promise<StoredUser[]> {
  return (await sql.all(byEmail, { tenant, email: email.toLowerCase() })).map((row) => fromRow(row)!);
}

/** @throws UniqueViolation when the id or an identifier is taken. */
export async function insertUser(sql: Sql, tenant: string, user: StoredUser, now: number): Promise<void> {
  // An id that is linked to somebody is taken: its password is still kept under it.
  const { connection, user_id: value } = user.identities[0]!;
  if (await sql.first(byIdentifier, { tenant, connection, type: 'identity', value }))
    throw new UniqueViolation('user_identifiers', undefined);
  await sql.run(insertRow, newRow(tenant, user, now));
  await writeIdentifiers(sql, tenant, user);
  await addTerms(sql, tenant, [{ user, createdAt: now }]);
}

/** @throws UniqueViolation when an identifier is taken. */
export async function replaceUser(sql: Sql, tenant: string, user: StoredUser, now: number): Promise<void> {
  const before = await getUser(sql, tenant, user.user_id);
  if (!before) return;
  await sql.run(updateRow, { ...changeable(user), tenant, user_id: user.user_id, updated_at: now });
  await sql.run(deleteIdentifiers, { tenant, user_id: user.user_id });
  await writeIdentifiers(sql, tenant, user);
  await replaceTerms(sql, tenant, before, user);
}

/** Counts a login. */
export async function recordLogin(sql: Sql, tenant: string, userId: string, ip: string, now: number): Promise<void> {
  await sql.run(countLogin, { tenant, user_id: userId, ip, now });
}

export type StoredPassword = { readonly hash: string; readonly history: readonly string[]; readonly changedAt: number };

/** @param userId also that of an account which was linked: its password stays under the id it had */
export async function getPassword(sql: Sql, tenant: string, userId: string): Promise<StoredPassword | undefined> {
  const row = await sql.first(readPassword, { tenant, user_id: userId });
  return row && { hash: row.hash, history: JSON.parse(row.history), changedAt: row.changed_at };
}

/** A password that somebody has proven to know: what it is kept under, and when it was set. */
export type ProvenPassword = { readonly id: string; readonly changedAt: number };

/**
 * Whether a password that was compared before a unit of work is still theirs. Asked after `recordLogin`, which waits for
 * who is changing the user: so a change ends what was given on the old password, or finds it refused.
 */
export async function isStillTheirs(sql: Sql, tenant: string, { id, changedAt }: ProvenPassword): Promise<boolean> {
  return (await getPassword(sql, tenant, id))?.changedAt === changedAt;
}

/** Sets a password hash; the one before goes into the history, of which the newest `keep` stay. */
export async function setPassword(
  sql: Sql,
  tenant: string,
  userId: string,
  hash: string,
  options: { now: number; keep: number },
): Promise<void> {
  const before = await getPassword(sql, tenant, userId);
  const history = before ? [before.hash, ...before.history].slice(0, options.keep) : [];
  await sql.run(writePassword, {
    tenant,
    user_id: userId,
    hash,
    history: JSON.stringify(history),
    changed_at: options.now,
  });
}

/** Replaces a hash by a stronger one of the same password, unless the password was changed meanwhile. */
export async function upgradeHash(sql: Sql, tenant: string, userId: string, old: string, hash: string): Promise<void> {
  await sql.run(replaceHash, { tenant, user_id: userId, old, hash });
}

/** The user as a row tells it. */
export function fromRow(row: UserTable | undefined): StoredUser | undefined {
  if (!row) return undefined;
  return {
    ...(JSON.parse(row.doc) as Omit<StoredUser, InColumns>),
    user_id: row.user_id,
    connection: row.connection,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    ...(row.blocked ? { blocked: true } : {}),
    ...(row.last_login === null ? {} : { last_login: new Date(row.last_login).toISOString() }),
    ...(row.last_ip === null ? {} : { last_ip: row.last_ip }),
    ...(row.logins_count === 0 ? {} : { logins_count: row.logins_count }),
  };
}

/** The columns that a change of the user writes. */
function changeable(user: StoredUser): { email: string | null; blocked: number; doc: string } {
  const { user_id, connection, created_at, updated_at, blocked, last_login, last_ip, logins_count, ...doc } = user;
  return { email: user.email?.toLowerCase() ?? null, blocked: blocked ? 1 : 0, doc: JSON.stringify(doc) };
}

/** The row of a user who is made now. */
export function newRow(tenant: string, user: StoredUser, now: number): UserTable {
  return {
    ...changeable(user),
    tenant,
    user_id: user.user_id,
    connection: user.connection,
    logins_count: 0,
    last_login: null,
    last_ip: null,
    created_at: now,
    updated_at: now,
  };
}

async function writeIdentifiers(sql: Sql, tenant: string, user: StoredUser): Promise<void> {
  for (const type of ['email', 'username', 'phone_number'] as const) {
    const value = user[type]?.toLowerCase();
    if (value)
      await sql.run(insertIdentifier, { tenant, connection: user.connection, type, value, user_id: user.user_id });
    for (const { connection, profileData } of linkedIdentities(user)) {
      const linked = profileData?.[type];
      if (typeof linked !== 'string') continue;
      await sql.run(insertIdentifier, { tenant, connection, type, value: linked.toLowerCase(), user_id: user.user_id });
    }
  }
  for (const { connection, user_id } of linkedIdentities(user)) {
    await sql.run(insertIdentifier, { tenant, connection, type: 'identity', value: user_id, user_id: user.user_id });
  }
}
