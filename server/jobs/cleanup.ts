/**
 * Removes what has ended. Each row of the table below tells when a row of a table is no longer needed; removal goes in
 * small units of work, each found through an index, so that it holds nothing up on either engine.
 */
import { type RawBuilder, sql } from 'kysely';
import { logIdsFrom } from '../logs/events.ts';
import type { Database } from '../storage/database.ts';
import { type SqlValue, type Statement, statement } from '../storage/statement.ts';
import type { Tables } from '../storage/tables.ts';

const DAY = 86_400_000;

/** Rows removed in one unit of work. */
const BATCH = 500;

type Expiring = {
  [Table in keyof Tables]: {
    readonly table: Table;
    /** With `tenant`, what a row is removed by. */
    readonly key: keyof Tables[Table] & string;
    /** The instant at which a row ends, spelled as the index on it is (see `storage/migrations/`). */
    readonly end: RawBuilder<number>;
    /** How long a row is kept after its end, in milliseconds. */
    readonly keep: number;
  };
}[keyof Tables];

const expiring: readonly Expiring[] = [
  { table: 'login_transactions', key: 'state_hash', end: sql`expires_at`, keep: 0 },
  // A replayed code must still revoke what it gave (RFC 6749 §4.1.2), so it is remembered for longer than it works.
  { table: 'codes', key: 'code_hash', end: sql`expires_at`, keep: DAY },
  { table: 'revocations', key: 'subject', end: sql`expires_at`, keep: 0 },
  // A person who follows an old link is told that it is old, not that it never was.
  { table: 'tickets', key: 'ticket_hash', end: sql`expires_at`, keep: 30 * DAY },
  { table: 'used_assertions', key: 'jti_hash', end: sql`expires_at`, keep: 0 },
  {
    table: 'sessions',
    key: 'id',
    end: sql`(case when idle_expires_at < expires_at then idle_expires_at else expires_at end)`,
    keep: 0,
  },
  // Why a token was refused can be looked up in the log for as long, with the user it was of.
  {
    table: 'refresh_tokens',
    key: 'grant_id',
    end: sql`coalesce(revoked_at, idle_expires_at, expires_at)`,
    keep: 30 * DAY,
  },
  { table: 'failed_logins', key: 'key', end: sql`last_at`, keep: 30 * DAY },
  // At the slowest pace an attempt is given back after a day, and so are all of them after the longest count of days.
  { table: 'ip_attempts', key: 'key', end: sql`since`, keep: 100 * DAY },
];

const removals = expiring.map((row) => ({ table: row.table, keep: row.keep, removal: removalOf(row) }));
const mails = removalOf({ table: 'mails', key: 'id', end: sql`created_at`, keep: 0 });

function removalOf({ table, key, end }: Expiring): Statement<{ before: number }, never> {
  const at = sql.table(table);
  const id = sql`tenant, ${sql.ref(key)}`;
  return statement((queries, bind) => ({
    compile: () =>
      sql<never>`delete from ${at} where (${id}) in
        (select ${id} from ${at} where ${end} < ${bind('before')} order by ${end} limit ${sql.lit(BATCH)})`.compile(
        queries,
      ),
  }));
}

// Log events have no index on their instant: their ids tell it, so those that go are the first of each tenant.
const nextTenant = statement<{ after: string }, { tenant: string }>((queries, bind) =>
  queries.selectFrom('log_events').select('tenant').where('tenant', '>', bind('after')).orderBy('tenant').limit(1),
);
const logEvents = statement<{ tenant: string; before: string }>((queries, bind) =>
  queries
    .deleteFrom('log_events')
    .where('tenant', '=', bind('tenant'))
    .where('log_id', 'in', (inner) =>
      inner
        .selectFrom('log_events')
        .select('log_id')
        .where('tenant', '=', bind('tenant'))
        .where('log_id', '<', bind('before'))
        .orderBy('log_id')
        .limit(sql.lit(BATCH)),
    ),
);

/**
 * Removes everything that ended, in every tenant.
 * @param options.retention how long log events and mails are kept, in milliseconds; 30 days unless given
 * @returns how many rows went, by table; tables without any are left out
 */
export async function removeExpired(
  database: Database,
  now: number,
  options: { readonly retention?: number } = {},
): Promise<Record<string, number>> {
  const { retention = 30 * DAY } = options;
  const removed: Record<string, number> = {};
  for (const { table, keep, removal } of [...removals, { table: 'mails', keep: retention, removal: mails }]) {
    removed[table] = await removeAll(database, removal, { before: now - keep });
  }
  removed.log_events = await removeLogEvents(database, logIdsFrom(now - retention));
  return Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));
}

/** @param before the first id that stays */
async function removeLogEvents(database: Database, before: string): Promise<number> {
  let total = 0;
  for (let after = ''; ; ) {
    const found = await database.read.first(nextTenant, { after });
    if (!found) return total;
    after = found.tenant;
    total += await removeAll(database, logEvents, { tenant: after, before });
  }
}

async function removeAll<Values extends Record<string, SqlValue>>(
  database: Database,
  removal: Statement<Values, never>,
  values: Values,
): Promise<number> {
  for (let total = 0; ; ) {
    const count = await database.write((unit) => unit.run(removal, values));
    total += count;
    if (count < BATCH) return total;
  }
}
