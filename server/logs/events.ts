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

const COLUMNS = [
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

const insertEvent = statement<LogEventTable>((q, bind) => q.insertInto('log_events').values(bindAll(bind, COLUMNS)));

/** The longest text a member may have: an event must not become a store for what an attacker sends. */
const TEXT_LIMIT = 1000;

/** Writes one event into the caller's unit of work. */
export async function recordEvent(sql: Sql, origin: Origin, event: LogEvent): Promise<void> {
  const log_id = nextLogId(origin.now);
  const doc = {
    date: new Date(origin.now).toISOString(),
    type: event.type,
    description: clip(event.description),
    connection: event.connection,
    connection_id: event.connection_id,
    client_id: event.client_id,
    client_name: event.client_name,
    ip: origin.ip,
    user_agent: clip(origin.userAgent),
    hostname: origin.hostname,
    user_id: event.user_id,
    user_name: clip(event.user_name),
    audience: clip(event.audience),
    scope: clip(event.scope),
    strategy: event.strategy,
    strategy_type: event.strategy_type,
    details: event.details,
    tenant_name: origin.tenant,
    log_id,
    _id: log_id,
    isMobile: /\bMobile\b/.test(origin.userAgent),
  };
  await sql.run(insertEvent, {
    tenant: origin.tenant,
    log_id,
    date: origin.now,
    type: event.type,
    client_id: clip(event.client_id) ?? null,
    user_id: clip(event.user_id) ?? null,
    connection_id: event.connection_id ?? null,
    ip: origin.ip,
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

/** What is below every id of this instant or a later one, and above those of the instants before. */
export function logIdsFrom(instant: number): string {
  return `900${digitsOf(instant)}`;
}

function digitsOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\D/g, '');
}

/** Shortens text and takes control characters out: a log line stays one line (CWE-117). */
function clip(text: string | undefined): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return text === undefined ? undefined : text.slice(0, TEXT_LIMIT).replace(/[\u0000-\u001f\u007f]/g, ' ');
}
