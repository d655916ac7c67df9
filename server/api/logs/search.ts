/**
 * Searches over log events, newest or oldest first: log ids sort by time, and every index ends in them. A search walks the
 * narrowest index that its conditions allow, a stretch at a time, and keeps what meets them all. Work is counted and the
 * event loop gets its turn in between; a search that needs too much is refused.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { type RawBuilder, type SqlBool, sql as text } from 'kysely';
import { ApiError } from '../../http/errors.ts';
import { EVENT_COLUMNS, logIdsFrom } from '../../logs/events.ts';
import type { Sql } from '../../storage/database.ts';
import { runText } from '../../storage/run-text.ts';
import type { LogEventTable } from '../../storage/tables.ts';
import { type Bound, exactValue, parseQuery, type Query } from '../search.ts';
import { endOf, startOf } from '../search-dates.ts';
import { type Condition, conditionOf, type Searchable } from '../search-sql.ts';
import type { LogAnswer } from './schema.ts';
import { readEvent } from './store.ts';

const searchableLogs: Searchable = {
  rows: 'd',
  columns: {
    log_id: { column: 'log_id', kind: 'text' },
    _id: { column: 'log_id', kind: 'text' },
    date: { column: 'date', kind: 'instant' },
    type: { column: 'type', kind: 'text' },
    client_id: { column: 'client_id', kind: 'text' },
    user_id: { column: 'user_id', kind: 'text' },
    connection_id: { column: 'connection_id', kind: 'text' },
    ip: { column: 'ip', kind: 'text' },
    tenant_name: { column: 'tenant', kind: 'text' },
  },
  words: ['user_name', 'connection', 'client_name', 'type', 'ip', 'log_id', 'description'],
};

/** Fields with an index, those first whose values mostly have fewer events. Each index costs every event that is written. */
const INDEXED = ['log_id', '_id', 'user_id', 'client_id', 'type'] as const;
type Indexed = (typeof INDEXED)[number];

/** Bounds of the work of one search; tests have smaller ones. */
export type Effort = {
  /** Events that may be walked past for a page, and beyond the page to count. */
  readonly events: number;
  readonly counted: number;
};
const EFFORT: Effort = { events: 200_000, counted: 20_000 };

/** Events that are read at a time. */
const LEAST_AT_A_TIME = 100;
const MOST_AT_A_TIME = 2000;
/** Values of an index that are walked side by side. */
const MOST_VALUES = 12;
/** Events are counted up to here: nobody pages further. */
const MOST_COUNTED = 10_000;

export type LogSearch = {
  /** In the search language. */
  readonly q: string | undefined;
  /** The same about one user, whatever `q` says. */
  readonly userId?: string | undefined;
  readonly oldestFirst: boolean;
  readonly offset: number;
  readonly limit: number;
  readonly totals?: boolean | undefined;
};

export type FoundEvents = { readonly events: LogAnswer[]; readonly total: number };

type Value = { readonly field: Indexed; readonly value: string };
type Walk = {
  readonly sql: Sql;
  readonly tenant: string;
  readonly values: readonly Value[];
  readonly within: { readonly low?: string; readonly high?: string };
  /** What is asked of each event; undefined when the index has these events and no others. */
  readonly condition: Condition | undefined;
  readonly oldestFirst: boolean;
};

/**
 * A page of the events that a search finds, and with `totals` how many there are: up to ten thousand, and at least so
 * many where finding them all would take too long.
 * @throws ApiError 400 for a bad `q`, 503 when the search needs too much
 */
export async function searchLogEvents(
  sql: Sql,
  tenant: string,
  search: LogSearch,
  effort = EFFORT,
): Promise<FoundEvents> {
  const walk = walkOf(sql, tenant, search);
  const { offset, limit } = search;
  const quick = search.totals && walk.condition === undefined ? await countInIndex(walk) : undefined;
  const wanted = search.totals && quick === undefined ? MOST_COUNTED : offset + limit;
  const page: LogAnswer[] = [];
  let found = 0;
  let walked = 0;
  let after: string | undefined;
  for (
    let size = Math.max(LEAST_AT_A_TIME, offset + limit);
    found < wanted;
    size = Math.min(size * 2, MOST_AT_A_TIME)
  ) {
    const full = found >= offset + limit;
    if (walked >= (full ? effort.counted : effort.events)) {
      if (full) break;
      throw new ApiError(
        503,
        'The query exceeded the timeout. Please try refining your search criteria.',
        'search_too_expensive',
      );
    }
    const events = await stretch(walk, after, size);
    for (const event of events) {
      if (!meets(event)) continue;
      if (found >= offset && page.length < limit) page.push(readEvent(event));
      found++;
    }
    if (events.length < size) break;
    walked += events.length;
    after = events.at(-1)!.log_id;
    await turn();
  }
  return { events: page, total: quick ?? Math.min(found, MOST_COUNTED) };
}

function walkOf(sql: Sql, tenant: string, { q, userId, oldestFirst }: LogSearch): Walk {
  const query = q ? parseQuery(q) : undefined;
  const conditions = query === undefined ? [] : query.op === 'and' ? query.items : [query];
  const own: Value[] = userId === undefined ? [] : [{ field: 'user_id', value: userId }];
  const narrowest = conditions
    .flatMap((condition) => {
      const values = valuesOf(condition);
      return values ? [{ condition, values }] : [];
    })
    .sort((a, b) => promise(a.values) - promise(b.values))[0];
  const rest = own.length > 0 ? conditions : conditions.filter((condition) => condition !== narrowest?.condition);
  const place = { ...searchableLogs, engine: sql.engine };
  const asked = rest.map((condition) => conditionOf(place, condition));
  return {
    sql,
    tenant,
    values: own.length > 0 ? own : (narrowest?.values ?? []),
    within: Object.assign({}, ...conditions.map(idsOfDates)),
    condition: asked.length === 0 ? undefined : text`${text.join(asked, text` and `)}`,
    oldestFirst,
  };
}

/** Values of indexes that have all events which meet the condition and no others. */
function valuesOf(query: Query): Value[] | undefined {
  if (query.op === 'or') {
    const each = query.items.map(valuesOf);
    const all = each.flatMap((values) => values ?? []);
    // An event has one value in each field: of two fields it could be found twice.
    const oneField = new Set(all.map(({ field }) => field)).size === 1;
    const once = [...new Map(all.map((value) => [value.value, value])).values()];
    return each.includes(undefined) || !oneField || once.length > MOST_VALUES ? undefined : once;
  }
  if (query.op !== 'term') return undefined;
  const field = INDEXED.find((name) => name === query.field);
  const value = exactValue(query.parts);
  return field === undefined || value === undefined ? undefined : [{ field, value }];
}

function promise(values: readonly Value[]): number {
  return Math.max(...values.map(({ field }) => INDEXED.indexOf(field)));
}

const DAY = 86_400_000;

/** Ids begin with the instant, or with a later one when the clock was set back meanwhile, which is less than a day. */
function idsOfDates(query: Query): { low?: string; high?: string } {
  const field = query.op === 'range' || query.op === 'term' ? query.field : undefined;
  if (field !== 'date') return {};
  const [from, to]: (Bound | undefined)[] =
    query.op === 'range' ? [query.from, query.to] : dayOf(query.op === 'term' ? exactValue(query.parts) : undefined);
  return {
    ...(from ? { low: logIdsFrom(startOf('date', from.value)) } : {}),
    ...(to ? { high: logIdsFrom(endOf('date', to.value) + DAY) } : {}),
  };
}

function dayOf(value: string | undefined): Bound[] {
  const bound = { value: value ?? '', inclusive: true };
  return [bound, bound];
}

const COLUMNS = EVENT_COLUMNS.filter((column) => column !== 'doc').map((column) => text.ref(`d.${column}`));

/** Events that do not meet the condition come without what they say. */
type Walked = Omit<LogEventTable, 'doc'> & { doc: string | null };

function meets(event: Walked): event is LogEventTable {
  return event.doc !== null;
}

/** The next events of the walk. */
function stretch(walk: Walk, after: string | undefined, size: number): Promise<Walked[]> {
  const { condition, oldestFirst } = walk;
  const way = oldestFirst ? text`asc` : text`desc`;
  const doc = condition ? text`case when ${condition} then d.doc end as doc` : text`d.doc`;
  const ordered = text`order by log_id ${way} limit ${text.lit(size)}`;
  const parts = rangesOf(walk, after).map(
    (range) => text`select * from (select * from log_events where ${range} ${ordered}) as e`,
  );
  return runText(
    walk.sql,
    text`select ${text.join(COLUMNS)}, ${doc} from (${text.join(parts, text` union all `)} ${ordered}) as d
      order by d.log_id ${way}`,
  );
}

async function countInIndex(walk: Walk): Promise<number> {
  const parts = rangesOf(walk, undefined).map((range) => text`select 1 as one from log_events where ${range}`);
  const some = text`${text.join(parts, text` union all `)} limit ${text.lit(MOST_COUNTED)}`;
  const [row] = await runText<{ total: number }>(walk.sql, text`select count(*) as total from (${some}) as d`);
  return Number(row!.total);
}

/** The stretches of indexes that are left after an event. */
function rangesOf({ tenant, values, within, oldestFirst }: Walk, after: string | undefined): RawBuilder<SqlBool>[] {
  const bounds = [
    text<SqlBool>`tenant = ${tenant}`,
    ...(within.low === undefined ? [] : [text<SqlBool>`log_id >= ${within.low}`]),
    ...(within.high === undefined ? [] : [text<SqlBool>`log_id <= ${within.high}`]),
    ...(after === undefined ? [] : [text<SqlBool>`log_id ${oldestFirst ? text`>` : text`<`} ${after}`]),
  ];
  const all = text<SqlBool>`${text.join(bounds, text` and `)}`;
  if (values.length === 0) return [all];
  return values.map(({ field, value }) => {
    const column = text.ref(field === '_id' ? 'log_id' : field);
    return text<SqlBool>`${all} and ${column} = ${value}`;
  });
}
