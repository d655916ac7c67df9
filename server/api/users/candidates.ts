/**
 * The statements of a search over users. Each begins in an index and ends after a bounded number of its entries; the
 * rows of an index are `d`, which has at least `created_at` and `user_id`.
 */
import { type RawBuilder, type SqlBool, sql as text } from 'kysely';
import type { Sql } from '../../storage/database.ts';
import type { UserTable } from '../../storage/tables.ts';
import { type Bounds, type Condition, isExact, type Range } from './conditions.ts';

type Fragment = RawBuilder<unknown>;
export type Flag = RawBuilder<SqlBool>;

/** More tables are not joined: SQLite joins 64 at most. What is left is decided by looking at the users. */
const MOST_JOINS = 20;

/** The entries of an index range: a condition on the columns of its table. */
export function within(tenant: string, range: Range): Flag {
  if (range.in === 'column') {
    const column = text.ref(range.column);
    const bounded = limits(column, range);
    return text`tenant = ${tenant} and ${bounded ?? text`${column} is not null`}`;
  }
  // The character behind the dot ends what begins with it.
  if (range.below) return text`tenant = ${tenant} and path >= ${`${range.path}.`} and path < ${`${range.path}/`}`;
  const bounded = limits(text.ref('value'), range);
  return text`tenant = ${tenant} and path = ${range.path}${bounded ? text` and ${bounded}` : text``}`;
}

export function tableOf(range: Range): Fragment {
  return range.in === 'terms' ? text.ref('user_terms') : text.ref('users');
}

function limits(column: Fragment, bounds: Bounds): Flag | undefined {
  const { low, high } = bounds;
  if (isExact(bounds)) return text`${column} = ${low!.value}`;
  const both = [
    ...(low ? [text`${column} ${low.inclusive ? text`>=` : text`>`} ${low.value}`] : []),
    ...(high ? [text`${column} ${high.inclusive ? text`<=` : text`<`} ${high.value}`] : []),
  ];
  return both.length === 0 ? undefined : text<SqlBool>`${text.join(both, text` and `)}`;
}

/** What rows are joined with to tell which of them meet conditions, and how that is told. */
export type Filter = { readonly joins: Fragment[]; readonly flags: Flag[] };

/**
 * Adds a condition to a filter, if every part of it is found by the key of an index.
 * @returns whether it was
 */
export function addProbe(filter: Filter, tenant: string, condition: Condition): boolean {
  const joins: Fragment[] = [];
  const flag = probe(tenant, condition, filter, joins);
  if (!flag) return false;
  filter.joins.push(...joins);
  filter.flags.push(flag);
  return true;
}

function probe(tenant: string, condition: Condition, filter: Filter, joins: Fragment[]): Flag | undefined {
  if (condition.op === 'not') {
    const flag = probe(tenant, condition.item, filter, joins);
    return flag && text`(not ${flag})`;
  }
  if (condition.op !== 'leaf') {
    const flags = condition.items.map((item) => probe(tenant, item, filter, joins));
    const all = flags.filter((flag) => flag !== undefined);
    return all.length === flags.length
      ? text`(${text.join(all, condition.op === 'and' ? text` and ` : text` or `)})`
      : undefined;
  }
  const [range] = condition.ranges;
  if (!range || !condition.complete || condition.ranges.length > 1) return undefined;
  const number = filter.joins.length + joins.length;
  if (number >= MOST_JOINS) return undefined;
  const other = text.ref(`p${number}`);
  if (range.in === 'column') {
    joins.push(text`left join users as ${other} on ${other}.tenant = ${tenant} and ${other}.user_id = d.user_id`);
    const column = text`${other}.${text.ref(range.column)}`;
    return text`coalesce(${limits(column, range) ?? text`${column} is not null`}, false)`;
  }
  if (!isExact(range)) return undefined;
  joins.push(text`left join user_terms as ${other} on ${other}.tenant = ${tenant} and ${other}.path = ${range.path}
    and ${other}.value = ${range.low!.value} and ${other}.created_at = d.created_at and ${other}.user_id = d.user_id`);
  return text`(${other}.user_id is not null)`;
}

/** Adds the condition that a user is in one of a few small ranges. */
export function addMembership(filter: Filter, tenant: string, ranges: readonly Range[]): void {
  const members = ranges.map((range) => text`select user_id from ${tableOf(range)} where ${within(tenant, range)}`);
  filter.flags.push(text`d.user_id in (${text.join(members, text` union all `)})`);
}

export function allOf(flags: readonly Flag[]): Flag {
  return flags.length === 0 ? text`true` : text`(${text.join(flags, text` and `)})`;
}

/** How many entries the ranges have together, counted up to a limit. */
export async function countEntries(sql: Sql, tenant: string, ranges: readonly Range[], limit: number): Promise<number> {
  const entries = ranges.map((range) => text`select 1 as one from ${tableOf(range)} where ${within(tenant, range)}`);
  const some = text`${text.join(entries, text` union all `)} limit ${text.lit(limit)}`;
  const [row] = await run<{ total: number }>(sql, text`select count(*) as total from (${some}) as d`);
  return Number(row!.total);
}

/** How many users a range has, counted up to a limit of its entries. */
export async function countUsers(sql: Sql, tenant: string, range: Range, limit: number): Promise<number> {
  const entries = text`select user_id from ${tableOf(range)} where ${within(tenant, range)} limit ${text.lit(limit)}`;
  const counted = range.unique ? text`count(*)` : text`count(distinct user_id)`;
  const [row] = await run<{ total: number }>(sql, text`select ${counted} as total from (${entries}) as d`);
  return Number(row!.total);
}

/** How many users the tenant has, counted up to a limit. */
export async function countAll(sql: Sql, tenant: string, limit: number): Promise<number> {
  const entries = text`select 1 as one from users where tenant = ${tenant} limit ${text.lit(limit)}`;
  const [row] = await run<{ total: number }>(sql, text`select count(*) as total from (${entries}) as d`);
  return Number(row!.total);
}

export type Key = { readonly created_at: number; readonly user_id: string };
export type Gather = {
  readonly ranges: readonly Range[];
  readonly filter: Filter;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** The users that ranges hold and a filter keeps, in the order in which they were made, each once. */
export function gather(
  sql: Sql,
  tenant: string,
  { ranges, filter, descending, offset, limit }: Gather,
): Promise<Key[]> {
  const way = descending ? text`desc` : text`asc`;
  return run(
    sql,
    text`select d.created_at, d.user_id from ${members(tenant, ranges, filter)}
      order by d.created_at ${way}, d.user_id ${way} limit ${text.lit(limit)} offset ${text.lit(offset)}`,
  );
}

/** How many users ranges hold and a filter keeps. */
export async function countGathered(sql: Sql, tenant: string, ranges: readonly Range[], filter: Filter) {
  const [row] = await run<{ total: number }>(
    sql,
    text`select count(*) as total from ${members(tenant, ranges, filter)}`,
  );
  return Number(row!.total);
}

function members(tenant: string, ranges: readonly Range[], filter: Filter): Fragment {
  const once = ranges.length === 1 && ranges[0]!.unique ? text`` : text`distinct `;
  const parts = ranges.map(
    (range) => text`select created_at, user_id from ${tableOf(range)} where ${within(tenant, range)}`,
  );
  const together = parts.length === 1 ? parts[0]! : text`select * from (${text.join(parts, text` union all `)}) as e`;
  const rows = text`select ${once}created_at, user_id from (${together}) as e`;
  return text`(${rows}) as d ${joined(filter)} where ${allOf(filter.flags)}`;
}

/** A stretch of an index in its order. */
export type Phase = {
  readonly table: 'users' | 'user_terms';
  readonly where: Flag;
  /** The columns of the order; they name an entry. */
  readonly keys: readonly ('created_at' | 'updated_at' | 'last_login' | 'logins_count' | 'value' | 'user_id')[];
};
export type Entry = Key & Record<string, string | number | null> & { readonly kept: boolean | number };

/** The next entries of a phase, each with whether the filter keeps it. */
export function walk(
  sql: Sql,
  phase: Phase,
  filter: Filter,
  { after, descending, limit }: { after: Entry | undefined; descending: boolean; limit: number },
): Promise<Entry[]> {
  const way = descending ? text`desc` : text`asc`;
  const names = [...new Set([...phase.keys, 'created_at', 'user_id'])];
  const from = after
    ? text` and (${text.join(phase.keys.map((key) => text.ref(key)))}) ${descending ? text`<` : text`>`} (${text.join(phase.keys.map((key) => after[key]))})`
    : text``;
  const order = (prefix: Fragment) => text.join(phase.keys.map((key) => text`${prefix}${text.ref(key)} ${way}`));
  const entries = text`select ${text.join(names.map((name) => text.ref(name)))} from ${text.ref(phase.table)}
    where ${phase.where}${from} order by ${order(text``)} limit ${text.lit(limit)}`;
  const shown = text.join(names.map((name) => text`d.${text.ref(name)}`));
  return run(
    sql,
    text`select ${shown}, ${allOf(filter.flags)} as kept from (${entries}) as d ${joined(filter)} order by ${order(text`d.`)}`,
  );
}

function joined(filter: Filter): Fragment {
  return filter.joins.length === 0 ? text`` : text.join(filter.joins, text` `);
}

/** Users by their ids, in the order of the ids. Who is gone meanwhile is left out. */
export async function rowsOf(sql: Sql, tenant: string, ids: readonly string[]): Promise<UserTable[]> {
  if (ids.length === 0) return [];
  const rows: UserTable[] = await sql.query(
    sql.build
      .selectFrom('users')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('user_id', 'in', [...ids]),
  );
  const byId = new Map(rows.map((row) => [row.user_id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function run<Row>(sql: Sql, query: Fragment): Promise<Row[]> {
  return sql.query<Row>({ compile: () => query.compile(sql.build) as never });
}
