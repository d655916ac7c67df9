/**
 * Writes the terms of users who were there before terms were kept. A few users at a time, each time with the note of
 * how far it has come: it needs little memory, goes on after a crash, and may run on several nodes at once.
 */
import { sql as text } from 'kysely';
import type { Database, Sql } from '../../storage/database.ts';
import { getMeta } from '../../storage/migrate.ts';
import { statement } from '../../storage/statement.ts';
import type { MetaTable, UserTable } from '../../storage/tables.ts';
import { fromRow } from './store.ts';
import { addTerms } from './term-store.ts';

/** The fact that says how far the terms are written. A later release that keeps other terms takes another name. */
const FACT = 'user_terms_1';
const DONE = 'done';
const STEP = 200;

type Place = { tenant: string; created_at: number; user_id: string };

/** Locked until the commit: a change of the user comes wholly before its terms are written, or wholly after. */
const usersAfter = statement<Place, UserTable>(
  (q, bind) =>
    q
      .selectFrom('users')
      .selectAll()
      .where(
        text<boolean>`(tenant, created_at, user_id) > (${bind('tenant')}, ${bind('created_at')}, ${bind('user_id')})`,
      )
      .orderBy('tenant')
      .orderBy('created_at')
      .orderBy('user_id')
      .limit(STEP),
  { locks: true },
);
const putFact = statement<MetaTable>((q, bind) =>
  q
    .insertInto('meta')
    .values({ name: bind('name'), value: bind('value') })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: bind('value') })),
);

/** To be called before searches are answered. @returns how many users were written */
export async function fillUserTerms(database: Database): Promise<number> {
  let fact = await getMeta(database, FACT);
  let written = 0;
  while (fact !== DONE) {
    const place: Place = fact === undefined ? { tenant: '', created_at: 0, user_id: '' } : JSON.parse(fact);
    const step = await database.write((sql) => fillStep(sql, place));
    fact = step.fact;
    written += step.users;
  }
  return written;
}

async function fillStep(sql: Sql, place: Place): Promise<{ fact: string; users: number }> {
  const rows = await sql.all(usersAfter, place);
  for (const tenant of new Set(rows.map((row) => row.tenant))) {
    const users = rows
      .filter((row) => row.tenant === tenant)
      .map((row) => ({ user: fromRow(row)!, createdAt: row.created_at }));
    await addTerms(sql, tenant, users, { filling: true });
  }
  const last = rows.at(-1);
  const { tenant, created_at, user_id } = last ?? place;
  const fact = last ? JSON.stringify({ tenant, created_at, user_id }) : DONE;
  await sql.run(putFact, { name: FACT, value: fact });
  return { fact, users: rows.length };
}
