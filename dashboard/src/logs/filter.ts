/**
 * Filters as a form holds them, and as the query of the API that they mean. The address holds either: what the form
 * cannot say is written as a query.
 */
import { type Outcome, typesWith } from './types.ts';

export type Filter = {
  outcome?: Outcome | undefined;
  /** Type codes with commas between them. */
  type?: string | undefined;
  /** A user ID, or a part of the name that was typed at the login. */
  user?: string | undefined;
  client?: string | undefined;
  connection?: string | undefined;
  ip?: string | undefined;
  /** A name of PERIODS. */
  since?: string | undefined;
};

/** What the address of the list says. `q` is a query as it was written; it stands in place of the filters. */
export type LogAddress = Filter & { q?: string; page?: number; live?: true };

export const FILTER_NAMES = ['outcome', 'type', 'user', 'client', 'connection', 'ip', 'since'] as const;

const HOUR = 3_600_000;

export const PERIODS: Readonly<Record<string, { label: string; length: number }>> = {
  hour: { label: 'Last hour', length: HOUR },
  day: { label: 'Last 24 hours', length: 24 * HOUR },
  week: { label: 'Last 7 days', length: 7 * 24 * HOUR },
  month: { label: 'Last 30 days', length: 30 * 24 * HOUR },
};

/**
 * The query that a filter means; undefined for one that lets everything through.
 * @param now milliseconds; rounded down to the minute, so that a list that is looked at keeps its query for a while
 */
export function queryOf(filter: Filter, now: number): string | undefined {
  const { outcome, type, user, client, connection, ip, since } = filter;
  const types = type ? type.split(',') : outcome ? typesWith(outcome) : [];
  const period = since ? PERIODS[since] : undefined;
  const clauses = [
    types.length > 0 && anyOf('type', types),
    user && (user.includes('|') ? is('user_id', user) : `user_name:*${escaped(user)}*`),
    client && is('client_id', client),
    connection && is('connection', connection),
    ip && is('ip', ip),
    period && `date:[${new Date(Math.floor((now - period.length) / 60_000) * 60_000).toISOString()} TO *]`,
  ].filter((clause) => typeof clause === 'string' && clause !== '');
  return clauses.length > 0 ? clauses.join(' AND ') : undefined;
}

export function isFiltered(filter: Filter): boolean {
  return FILTER_NAMES.some((name) => filter[name]);
}

function anyOf(field: string, values: string[]): string {
  return values.length === 1 ? `${field}:${values[0]}` : `${field}:(${values.join(' OR ')})`;
}

function is(field: string, value: string): string {
  return `${field}:"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** Text between wildcards: what means something to the search language stands for itself. */
function escaped(text: string): string {
  return text.trim().replace(/[\s+\-!(){}[\]^"~*?:\\/&|<>=]/g, '\\$&');
}
