/** Keeps `user_terms` what `terms.ts` says of the users. Whoever writes a user calls this in the same unit of work. */
import type { Sql } from '../../storage/database.ts';
import { insertAll, insertInto } from '../../storage/insert.ts';
import { statement } from '../../storage/statement.ts';
import type { UserTermTable } from '../../storage/tables.ts';
import type { StoredUser } from './store.ts';
import { type Term, termsOf } from './terms.ts';

const COLUMNS = ['tenant', 'path', 'value', 'created_at', 'user_id'] as const;

const insertTerms = insertInto('user_terms', COLUMNS);
const fillTerms = insertInto('user_terms', COLUMNS, { ignoreExisting: true });
const deleteTerm = statement<UserTermTable>((q, bind) =>
  COLUMNS.reduce((rows, column) => rows.where(column, '=', bind(column)), q.deleteFrom('user_terms')),
);

/** Terms of users that are new. @param filling whether some may be there already */
export async function addTerms(
  sql: Sql,
  tenant: string,
  users: readonly { readonly user: StoredUser; readonly createdAt: number }[],
  { filling = false } = {},
): Promise<void> {
  const rows = users.flatMap(({ user, createdAt }) =>
    termsOf(user).map((term) => rowOf(tenant, user.user_id, createdAt, term)),
  );
  // In the order of the index: what lies together is then written together.
  rows.sort((a, b) => compare(a.path, b.path) || compare(a.value, b.value));
  await insertAll(sql, filling ? fillTerms : insertTerms, rows);
}

/** What of a user's terms is no more and what is new, after a change. Most changes leave most of them alone. */
export async function replaceTerms(sql: Sql, tenant: string, before: StoredUser, after: StoredUser): Promise<void> {
  const createdAt = Date.parse(before.created_at);
  const [old, now] = [byKey(termsOf(before)), byKey(termsOf(after))];
  for (const [key, term] of old) {
    if (!now.has(key)) await sql.run(deleteTerm, rowOf(tenant, before.user_id, createdAt, term));
  }
  const fresh = [...now].filter(([key]) => !old.has(key)).map(([, term]) => term);
  await insertAll(
    sql,
    insertTerms,
    fresh.map((term) => rowOf(tenant, before.user_id, createdAt, term)),
  );
}

/** Takes the terms of a user away that is about to be removed. */
export async function removeTerms(sql: Sql, tenant: string, user: StoredUser): Promise<void> {
  const createdAt = Date.parse(user.created_at);
  for (const term of termsOf(user)) await sql.run(deleteTerm, rowOf(tenant, user.user_id, createdAt, term));
}

function rowOf(tenant: string, user_id: string, created_at: number, { path, value }: Term): UserTermTable {
  return { tenant, path, value, created_at, user_id };
}

function byKey(terms: readonly Term[]): Map<string, Term> {
  return new Map(terms.map((term) => [`${term.path} ${term.value}`, term]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
