/**
 * Log events: what happened, for administrators and exporters. An event is written in the same unit of work as what it
 * tells of, so neither exists without the other. Type codes and members are the vendor's (product vocabulary).
 */
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { LogEventTable } from '../storage/tables.ts';
import type { LogType } from './types.ts';

export { LOG_TYPES, type LogType } from './types.ts';

/** What the event is about; everything is optional but the type. Never put a secret in `details`. */
export type LogEvent = {
  type: LogType;
  description?: string | undefined;
  client_id?: string | undefined;
  client_name?: string | undefined;
  user_id?: string | undefined;
  user_name?: string | undefined;
  connection?: string | undefined;
  connection_id?: string | undefined;
  strategy?: string | undefined;
  strategy_type?: string | undefined;
  audience?: string | undefined;
  scope?: string | undefined;
  details?: unknown;
};

/** Where an event comes from: the request that caused it. */
export type Origin = {
  readonly tenant: string;
  readonly hostname: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly now: number;
};

/** All columns of an event. */
export const EVENT_COLUMNS = [
  'tenant',
  'log_id',
  'date',
  'type',
  'client_id',
  'user_id',
  'connection_id',
  'ip',
  'doc',
] as const satisfies readonly (keyof LogEventTable)[];

const insertEvent = statement<LogEventTable>((q, bind) =>
  q.insertInto('log_events').values(bindAll(bind, EVENT_COLUMNS)),
);

/** The longest text a member may have: an event must not become a store for what an attacker sends. */
const TEXT_LIMIT = 1000;

/** What the columns do not hold already. `readEvent` (api/logs/store.ts) puts both together. */
type Document = Omit<LogEvent, 'type' | 'client_id' | 'user_id' | 'connection_id'> & {
  readonly hostname: string;
  readonly user_agent: string;
  readonly isMobile: boolean;
};

/** Writes one event into the caller's unit of work. */
export async function recordEvent(sql: Sql, origin: Origin, event: LogEvent): Promise<void> {
  const { tenant, now, ip, hostname, userAgent } = origin;
  const doc: Document = {
    description: clip(event.description),
    connection: event.connection,
    client_name: event.client_name,
    user_agent: clip(userAgent),
    hostname,
    user_name: clip(event.user_name),
    audience: clip(event.audience),
    scope: clip(event.scope),
    strategy: event.strategy,
    strategy_type: event.strategy_type,
    details: event.details,
    isMobile: /\bMobile\b/.test(userAgent),
  };
  await sql.run(insertEvent, {
    tenant,
    log_id: nextLogId(now),
    date: now,
    type: event.type,
    client_id: clip(event.client_id) ?? null,
    user_id: clip(event.user_id) ?? null,
    connection_id: event.connection_id ?? null,
    ip,
    doc: JSON.stringify(doc),
  });
}

// One process counts up; the random part keeps processes that write in the same millisecond apart.
const processPart = String(Math.floor(Math.random() * 1e6)).padStart(6, '0');
let lastMillisecond = 0;
let instant = '';
let counter = 0;

/** Ids sort by time: `900`, the instant to the millisecond, a counter, and a part of this process. */
export function nextLogId(now: number): string {
  if (now > lastMillisecond) {
    lastMillisecond = now;
    instant = digitsOf(now);
    counter = 0;
  } else {
    counter += 1;
  }
  return `900${instant}${String(counter).padStart(6, '0')}${processPart}`;
}

/** Counts anew, as a process that has just begun: for tests, whose next database is of an earlier time than the last. */
export function restartLogIds(): void {
  lastMillisecond = 0;
}

/** What is below every id of this instant (milliseconds) or a later one, and above those of the instants before. */
export function logIdsFrom(instant: number): string {
  return `900${digitsOf(Math.min(Math.max(instant, 0), LAST_INSTANT))}`;
}

/** Of the calendar that `Date` has. */
const LAST_INSTANT = 8.64e15;

function digitsOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\D/g, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f]/;
const EACH_CONTROL = new RegExp(CONTROL, 'g');

/**
 * Shortens text and takes control characters out: a log line stays one line (CWE-117). The cut may halve a character, and
 * PostgreSQL could not read the document then.
 */
function clip<Given extends string | undefined>(text: Given): Given {
  if (text === undefined) return text;
  const short = text.length > TEXT_LIMIT ? text.slice(0, TEXT_LIMIT).toWellFormed() : text;
  // Hardly any text has one, and to look is cheaper than to replace nothing.
  return (CONTROL.test(short) ? short.replace(EACH_CONTROL, ' ') : short) as Given;
}
