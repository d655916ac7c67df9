/** Log events as they are read: one by one, or onwards from an event. */
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { LogAnswer } from './schema.ts';

type Row = { doc: string };

const byId = statement<{ tenant: string; log_id: string }, Row>((q, bind) =>
  q.selectFrom('log_events').select('doc').where('tenant', '=', bind('tenant')).where('log_id', '=', bind('log_id')),
);
const onwards = statement<{ tenant: string; log_id: string; limit: number }, Row>((q, bind) =>
  q
    .selectFrom('log_events')
    .select('doc')
    .where('tenant', '=', bind('tenant'))
    .where('log_id', '>', bind('log_id'))
    .orderBy('log_id')
    .limit(bind('limit')),
);

export async function getLogEvent(sql: Sql, tenant: string, logId: string): Promise<LogAnswer | undefined> {
  const row = await sql.first(byId, { tenant, log_id: logId });
  return row && JSON.parse(row.doc);
}

/** The first events after the given one, oldest first; without one from the beginning. */
export async function logEventsAfter(
  sql: Sql,
  tenant: string,
  logId: string | undefined,
  limit: number,
): Promise<LogAnswer[]> {
  return (await sql.all(onwards, { tenant, log_id: logId ?? '', limit })).map((row) => JSON.parse(row.doc));
}
