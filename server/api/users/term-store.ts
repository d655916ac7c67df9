/** Keeps `user_terms` what `terms.ts` says of the users. Whoever writes a user calls this in the same unit of work. */
import type { Sql } from '../../storage/database.ts';
import { deleteAll, deleteFrom } from '../../storage/delete.ts';
import { insertAll, insertInto } from '../../storage/insert.ts';
import type { UserTermTable } from '../../storage/tables.ts';
import type { StoredUser } from './store.ts';
import { type Term, termsOf } from './terms.ts';

const COLUMNS = ['tenant', 'path', 'value', 'created_at', 'user_id'] as const;

const insertTerms = insertInto('user_terms', COLUMNS);
const fillTerms = insertInto('user_terms', COLUMNS, { ignoreExisting: true });
const deleteTerms = deleteFrom('user_terms', COLUMNS);

/** Terms of users that are new. @param filling whether some may be there already */
export async function addTerms(
  sql: Sql,
  tenant: string,
  users: readonly { readonly user: StoredUser; readonly createdAt: number }[],
  { filling = false } = {},
): Promise<void> {
  const byPath = new Map<string, UserTermTable[]>();
  for (const { user, createdAt } of users) {
    for (const term of termsOf(user)) {
      const row = rowOf(tenant, user.user_id, createdAt, term);
      const others = byPath.get(term.path);
      if (others) others.push(row);
      else byPath.set(term.path, [row]);
    }
  }
  // By path: what lies together in the index is written together. The order of values as well would gain nothing.
  await insertAll(sql, filling ? fillTerms : insertTerms, [...byPath.values()].flat());
}

/** What of a user's terms is no more and what is new, after a change. Most changes leave most of them alone. */
export async function replaceTerms(sql: Sql, tenant: string, before: StoredUser, after: StoredUser): Promise<void> {
  const createdAt = Date.parse(before.created_at);
  const [old, now] = [byKey(termsOf(before)), byKey(termsOf(after))];
  const row = (term: Term) => rowOf(tenant, before.user_id, createdAt, term);
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, term]) => row(term));
  const fresh = [...now].filter(([key]) => !old.has(key)).map(([, term]) => row(term));
  await deleteAll(sql, deleteTerms, gone);
  await insertAll(sql, insertTerms, fresh);
}

/** Takes the terms of users away that are about to be removed. */
export async function removeTerms(sql: Sql, tenant: string, users: readonly StoredUser[]): Promise<void> {
  const rows = users.flatMap((user) => {
    const createdAt = Date.parse(user.created_at);
    return termsOf(user).map((term) => rowOf(tenant, user.user_id, createdAt, term));
  });
  await deleteAll(sql, deleteTerms, rows);
}

function rowOf(tenant: string, user_id: string, created_at: number, { path, value }: Term): UserTermTable {
  return { tenant, path, value, created_at, user_id };
}

function byKey(terms: readonly Term[]): Map<string, Term> {
  return new Map(terms.map((term) => [`${term.path} ${term.value}`, term]));
}
