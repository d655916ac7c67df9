/**
 * The statements of a search over users. Each begins in an index and ends after a bounded number of its entries; the
 * rows of an index are `d`, which has at least `created_at` and `user_id`.
 */
import { type RawBuilder, type SqlBool, sql as text } from 'kysely';
import type { Sql } from '../../storage/database.ts';
import { runText } from '../../storage/run-text.ts';
import { type Bind, statement } from '../../storage/statement.ts';
import type { UserTable } from '../../storage/tables.ts';
import { type Bounds, isExact } from './bounds.ts';
import type { Condition, Range } from './conditions.ts';
import { isThere } from './gone.ts';

type Fragment = RawBuilder<unknown>;
export type Flag = RawBuilder<SqlBool>;

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

/** The table whose index a range is a part of. */
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

/**
 * A condition on the rows of `d`, if every part of it is found by the key of an index. Each part is a subquery for one
 * value: unlike a join, or `exists`, no engine turns it into a reading of everything that has the value.
 */
export function probeOf(tenant: string, condition: Condition): Flag | undefined {
  if (condition.op === 'not') {
    const flag = probeOf(tenant, condition.item);
    return flag && text`(not ${flag})`;
  }
  if (condition.op !== 'leaf') {
    const flags = condition.items.map((item) => probeOf(tenant, item));
    const all = flags.filter((flag) => flag !== undefined);
    return all.length === flags.length
      ? text`(${text.join(all, condition.op === 'and' ? text` and ` : text` or `)})`
      : undefined;
  }
  const [range] = condition.ranges;
  if (!range || !condition.complete || condition.ranges.length > 1) return undefined;
  if (range.in === 'column') {
    const column = text.ref(`p.${range.column}`);
    const met = limits(column, range) ?? text`${column} is not null`;
    return text`coalesce((select ${met} from users as p where p.tenant = ${tenant} and p.user_id = d.user_id), false)`;
  }
  if (!isExact(range)) return undefined;
  return text`((select 1 from user_terms as p where p.tenant = ${tenant} and p.path = ${range.path}
    and p.value = ${range.low!.value} and p.created_at = d.created_at and p.user_id = d.user_id) is not null)`;
}

/** The condition that a user is of none of these connections. */
export function exceptOf(tenant: string, connections: readonly string[]): Flag {
  const named = text.join(connections);
  return text`coalesce((select p.connection not in (${named}) from users as p
    where p.tenant = ${tenant} and p.user_id = d.user_id), false)`;
}

/** The condition that a user is in one of a few small ranges. */
export function membershipOf(tenant: string, ranges: readonly Range[]): Flag {
  const members = ranges.map((range) => text`select user_id from ${tableOf(range)} where ${within(tenant, range)}`);
  return text`d.user_id in (${text.join(members, text` union all `)})`;
}

export function allOf(flags: readonly Flag[]): Flag {
  return flags.length === 0 ? text`true` : text`(${text.join(flags, text` and `)})`;
}

/** How many entries the ranges have together, counted up to a limit. */
export async function countEntries(sql: Sql, tenant: string, ranges: readonly Range[], limit: number): Promise<number> {
  const entries = ranges.map((range) => text`select 1 as one from ${tableOf(range)} where ${within(tenant, range)}`);
  const some = text`${text.join(entries, text` union all `)} limit ${text.lit(limit)}`;
  const [row] = await runText<{ total: number }>(sql, text`select count(*) as total from (${some}) as d`);
  return Number(row!.total);
}

export type Key = { readonly created_at: number; readonly user_id: string };

export type Gather = {
  readonly ranges: readonly Range[];
  readonly filter: readonly Flag[];
};

/** The users that ranges hold and a filter keeps, in the order in which they were made, each once. */
export async function gather(
  sql: Sql,
  tenant: string,
  { ranges, filter }: Gather,
  { offset, limit, descending }: { offset: number; limit: number; descending: boolean },
): Promise<Key[]> {
  const way = descending ? text`desc` : text`asc`;
  const entries = text`select d.created_at, d.user_id from (${entriesOf(tenant, ranges)}) as d where ${allOf(filter)}
    order by d.created_at ${way}, d.user_id ${way}`;
  const wanted = offset + limit;
  // The entries of one user follow each other. Taking them together here is less work than a `distinct` of all.
  for (let size = isUnique(ranges) ? wanted : wanted * (ranges.length + 1); ; size *= 4) {
    const rows = await runText<Key>(sql, text`${entries} limit ${text.lit(size)}`);
    const keys = rows.filter(({ user_id }, index) => user_id !== rows[index - 1]?.user_id);
    if (keys.length >= wanted || rows.length < size) return keys.slice(offset, wanted);
  }
}

/**
 * How many users ranges hold and a filter keeps.
 * @param bounds of the entries that are looked at, and of the users that are counted
 */
export async function countGathered(
  sql: Sql,
  tenant: string,
  { ranges, filter }: Gather,
  bounds: { readonly entries: number; readonly users: number },
): Promise<number> {
  const once = isUnique(ranges) ? text`` : text`distinct `;
  const entries = text`select * from (${entriesOf(tenant, ranges)}) as e limit ${text.lit(bounds.entries)}`;
  const users = text`select ${once}created_at, user_id from (${entries}) as e`;
  return countKept(sql, users, filter, bounds.users);
}

async function countKept(sql: Sql, rows: Fragment, filter: readonly Flag[], limit: number): Promise<number> {
  const some = text`select 1 as one from (${rows}) as d where ${allOf(filter)} limit ${text.lit(limit)}`;
  const [row] = await runText<{ total: number }>(sql, text`select count(*) as total from (${some}) as c`);
  return Number(row!.total);
}

function entriesOf(tenant: string, ranges: readonly Range[]): Fragment {
  const parts = ranges.map(
    (range) => text`select created_at, user_id from ${tableOf(range)} where ${within(tenant, range)}`,
  );
  return text.join(parts, text` union all `);
}

/** Whether each entry is another user's. */
export function isUnique(ranges: readonly Range[]): boolean {
  return ranges.length === 1 && ranges[0]!.unique;
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
  filter: readonly Flag[],
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
  return runText(
    sql,
    text`select ${shown}, ${allOf(filter)} as kept from (${entries}) as d order by ${order(text`d.`)}`,
  );
}

/** How many of the entries of a phase, from one on, the filter keeps; `bounds` as in `countGathered`. */
export function countWalked(
  sql: Sql,
  phase: Phase,
  filter: readonly Flag[],
  { start = 0, entries, users }: { readonly start?: number; readonly entries: number; readonly users: number },
): Promise<number> {
  const order = text.join(phase.keys.map((key) => text.ref(key)));
  const some = text`select created_at, user_id from ${text.ref(phase.table)} where ${phase.where}
    order by ${order} limit ${text.lit(entries)} offset ${text.lit(start)}`;
  return countKept(sql, some, filter, users);
}

type Ids = { tenant: string; ids: string };

/** One text for any number of ids, which are a JSON array: what depends on the number is compiled for each. */
const byIds = {
  sqlite: usersIn((bind) => text`in (select value from json_each(${bind('ids')}))`),
  postgres: usersIn((bind) => text`= any(array(select json_array_elements_text(${bind('ids')}::json)))`),
};

function usersIn(among: (bind: Bind<Ids>) => Fragment) {
  return statement<Ids, UserTable>((q, bind) =>
    q
      .selectFrom('users')
      .selectAll()
      .where('tenant', '=', bind('tenant'))
      .where(text<SqlBool>`user_id ${among(bind)}`)
      .where(isThere('users')),
  );
}

/** Users by their ids, in the order of the ids. Who is gone meanwhile is left out. */
export async function rowsOf(sql: Sql, tenant: string, ids: readonly string[]): Promise<UserTable[]> {
  if (ids.length === 0) return [];
  const rows = await sql.all(byIds[sql.engine], { tenant, ids: JSON.stringify(ids) });
  const byId = new Map(rows.map((row) => [row.user_id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
