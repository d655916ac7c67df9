/** Log events as they are read: one by one, or onwards from an event. */
import { logIdsFrom } from '../../logs/events.ts';
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { LogEventTable } from '../../storage/tables.ts';
import type { LogAnswer } from './schema.ts';

const byId = statement<{ tenant: string; log_id: string }, LogEventTable>((q, bind) =>
  q.selectFrom('log_events').selectAll().where('tenant', '=', bind('tenant')).where('log_id', '=', bind('log_id')),
);
const onwards = statement<{ tenant: string; log_id: string; end: string; limit: number }, LogEventTable>((q, bind) =>
  q
    .selectFrom('log_events')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('log_id', '>', bind('log_id'))
    .where('log_id', '<', bind('end'))
    .orderBy('log_id')
    .limit(bind('limit')),
);

export async function getLogEvent(sql: Sql, tenant: string, logId: string): Promise<LogAnswer | undefined> {
  const row = await sql.first(byId, { tenant, log_id: logId });
  return row && readEvent(row);
}

/** An event as it is told. Documents of earlier releases repeat what is in the columns. */
export function readEvent(row: LogEventTable): LogAnswer {
  const { log_id } = row;
  return {
    date: new Date(Number(row.date)).toISOString(),
    type: row.type,
    connection_id: row.connection_id ?? undefined,
    client_id: row.client_id ?? undefined,
    ip: row.ip ?? undefined,
    user_id: row.user_id ?? undefined,
    tenant_name: row.tenant,
    log_id,
    _id: log_id,
    ...JSON.parse(row.doc),
  };
}

/**
 * How long an event can be told of after its id was: a request that waits for its turn at hashing writes the instant at
 * which it began, and several nodes have several clocks. Milliseconds.
 */
const SETTLED = 10_000;
const LAST = '~';

/**
 * The first events after the given one, oldest first; without one from the beginning. Whoever goes on from the last of
 * them misses none: where several nodes write, what is so young that others may still come before it is left for later.
 */
export async function logEventsAfter(
  sql: Sql,
  tenant: string,
  logId: string | undefined,
  limit: number,
  now: number,
): Promise<LogAnswer[]> {
  // On SQLite ids are given in the order of the commits.
  const end = sql.engine === 'postgres' ? logIdsFrom(now - SETTLED) : LAST;
  return (await sql.all(onwards, { tenant, log_id: logId ?? '', end, limit })).map(readEvent);
}
