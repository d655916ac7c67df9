/** Log events as they are read: one by one, onwards from an event, or by what they are about. */
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { Searchable } from '../search-sql.ts';
import { type Condition, searchCondition } from '../search-sql.ts';
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

const searchableLogs: Searchable = {
  table: 'log_events',
  columns: {
    log_id: { column: 'log_id', kind: 'text' },
    _id: { column: 'log_id', kind: 'text' },
    date: { column: 'date', kind: 'instant' },
    type: { column: 'type', kind: 'text' },
    client_id: { column: 'client_id', kind: 'text' },
    user_id: { column: 'user_id', kind: 'text' },
    connection_id: { column: 'connection_id', kind: 'text' },
    ip: { column: 'ip', kind: 'text' },
  },
  words: ['user_name', 'connection', 'client_name', 'type', 'ip', 'log_id', 'description'],
};

/** Events are counted up to here: nobody pages further, and counting a year of them would hold up everybody else. */
const MOST_COUNTED = 10_000;

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

export type LogSearch = {
  /** In the search language. */
  readonly q: string | undefined;
  /** The same about one user, whatever `q` says. */
  readonly userId?: string | undefined;
  readonly oldestFirst: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** A page of the events that a search finds. Log ids sort by time. @throws ApiError 400 for a bad `q` */
export async function searchLogEvents(sql: Sql, tenant: string, search: LogSearch): Promise<LogAnswer[]> {
  const rows: Row[] = await sql.query(
    matching(sql, tenant, search)
      .select('doc')
      .orderBy('log_id', search.oldestFirst ? 'asc' : 'desc')
      .limit(search.limit)
      .offset(search.offset),
  );
  return rows.map((row) => JSON.parse(row.doc));
}

/** How many events a search finds, at most ten thousand. */
export async function countLogEvents(sql: Sql, tenant: string, search: LogSearch): Promise<number> {
  const found = matching(sql, tenant, search).select('log_id').limit(MOST_COUNTED).as('found');
  const [row] = await sql.query<{ total: number }>(
    sql.build.selectFrom(found).select((e) => e.fn.countAll<number>().as('total')),
  );
  return Number(row!.total);
}

function matching(sql: Sql, tenant: string, { q, userId }: LogSearch) {
  let events = sql.build.selectFrom('log_events').where('tenant', '=', tenant);
  if (userId !== undefined) events = events.where('user_id', '=', userId);
  const condition: Condition | undefined = q ? searchCondition(sql.engine, searchableLogs, q) : undefined;
  return condition ? events.where(condition) : events;
}
