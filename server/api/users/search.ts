/**
 * Searches over users that stay quick with a million of them. Which way a search goes depends on how much its narrowest
 * condition leaves:
 *
 * - few: all of them are gathered from the index and put in order;
 * - many: an index that has the order already is walked, and who meets the rest is kept, until the page is full. What
 *   leaves many is found often.
 *
 * A condition is checked by the key of an index where it can be, else by looking at the user. Neither way goes on for
 * ever: work is counted, the event loop gets its turn in between, and a search that needs too much is refused.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { ApiError } from '../../http/errors.ts';
import type { Sql } from '../../storage/database.ts';
import { parseQuery } from '../search.ts';
import {
  addMembership,
  addProbe,
  countAll,
  countEntries,
  countGathered,
  countUsers,
  type Entry,
  type Filter,
  gather,
  type Key,
  rowsOf,
  walk,
  within,
} from './candidates.ts';
import {
  type Condition,
  conditionOf,
  isExact,
  type Leaf,
  meets,
  type Range,
  type Subject,
  subjectOf,
} from './conditions.ts';
import { inOrder, type Order, type OrderPhase, orderOf } from './order.ts';
import { fromRow, type StoredUser } from './store.ts';

/** Searches reach this far, as the vendor's do; who wants more exports. */
export const MOST_RESULTS = 1000;

/** Bounds of the work of one search; tests have smaller ones. */
export type Effort = {
  /** Up to so many entries of an index are gathered; more are walked. */
  readonly few: number;
  /** Up to so many users are looked at to put them in an order that their index does not have. */
  readonly fewToSort: number;
  /** Steps that a search may take: an entry of an index is one, a user that is looked at is ten. */
  readonly steps: number;
  /** What is counted exactly when it is one range of an index. */
  readonly counted: number;
};

const EFFORT: Effort = { few: 20_000, fewToSort: 2000, steps: 500_000, counted: 100_000 };
const STEPS_OF_USER = 10;

/** Users that are read at a time: some milliseconds of work. */
const USERS_AT_A_TIME = 250;
const MOST_ENTRIES_AT_A_TIME = 4000;

export type UserSearch = {
  readonly q?: string | undefined;
  /** Name of the connection that users were made in. */
  readonly connection?: string | undefined;
  readonly sort?: string | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly totals?: boolean | undefined;
};

export type Found = { readonly users: StoredUser[]; readonly total: number };

/**
 * @returns the page, and with `totals` how many there are: exactly, or where that is too many to count, at least so many
 * @throws ApiError 400 for a bad `q` or `sort`, 503 when the search needs too much
 */
export async function searchUsers(sql: Sql, tenant: string, search: UserSearch, effort = EFFORT): Promise<Found> {
  const order = orderOf(search.sort);
  const conditions = conditionsOf(search);
  // An order that no index has is made by looking at everybody who is left.
  const counted = await countEach(sql, tenant, order.phases ? conditions : [...conditions, EVERYBODY], effort);
  const driver = driverOf(counted, order, effort);
  const run: Run = {
    sql,
    tenant,
    order,
    search,
    effort,
    conditions,
    left: effort.steps,
    ...checksOf(tenant, conditions, counted, driver, effort),
  };
  if (!driver) return walkInOrder(run);
  return order.byCreation && run.looks.length === 0
    ? gatherInPlace(run, driver.ranges)
    : gatherAndSort(run, driver.ranges);
}

const EVERYBODY: Leaf = {
  op: 'leaf',
  ranges: [{ in: 'column', column: 'created_at', unique: true }],
  complete: true,
  meets: () => true,
};

/** A condition, where indexes have it, and how many entries these have (counted no further than matters). */
type Counted = { readonly condition: Condition; readonly ranges: readonly Range[]; readonly count: number };

type Checks = {
  /** What is checked by index. */
  readonly filter: Filter;
  /** What is checked by looking at users. */
  readonly looks: readonly Condition[];
};

type Run = Checks & {
  readonly sql: Sql;
  readonly tenant: string;
  readonly order: Order;
  readonly search: UserSearch;
  readonly effort: Effort;
  readonly conditions: readonly Condition[];
  left: number;
};

/** Conditions all of which must be met. */
function conditionsOf({ q, connection }: UserSearch): Condition[] {
  const all: Condition[] = [];
  const add = (condition: Condition): void => {
    if (condition.op === 'and') condition.items.forEach(add);
    else all.push(condition);
  };
  if (connection) add(conditionOf({ op: 'term', field: 'connection', parts: [connection] }));
  if (q) add(conditionOf(parseQuery(q)));
  return all;
}

/** Ranges that are looked into to find out how much each condition leaves. */
const MOST_COUNTS = 12;

async function countEach(
  sql: Sql,
  tenant: string,
  conditions: readonly Condition[],
  { few }: Effort,
): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const condition of conditions) {
    if (counted.length >= MOST_COUNTS) break;
    const ranges = rangesOf(condition);
    if (!ranges || ranges.length > MOST_COUNTS) continue;
    counted.push({ condition, ranges, count: await countEntries(sql, tenant, ranges, few + 1) });
  }
  return counted;
}

/** What the search gathers; undefined when it walks. */
function driverOf(counted: readonly Counted[], order: Order, effort: Effort): Counted | undefined {
  const [least] = counted.toSorted((a, b) => a.count - b.count);
  const most = order.byCreation || !order.phases ? effort.few : effort.fewToSort;
  return least && least.count <= most ? least : undefined;
}

function checksOf(
  tenant: string,
  conditions: readonly Condition[],
  counted: readonly Counted[],
  driver: Counted | undefined,
  { few }: Effort,
): Checks {
  const filter: Filter = { joins: [], flags: [] };
  const looks: Condition[] = [];
  for (const condition of conditions) {
    if (condition === driver?.condition) {
      if (!isComplete(condition)) looks.push(condition);
      continue;
    }
    if (addProbe(filter, tenant, condition)) continue;
    const small = counted.find((one) => one.condition === condition && one.count <= few);
    if (small) addMembership(filter, tenant, small.ranges);
    if (!small || !isComplete(condition)) looks.push(condition);
  }
  return { filter, looks };
}

/** Ranges of indexes that hold everybody who meets the condition, if there are such. */
function rangesOf(condition: Condition): readonly Range[] | undefined {
  if (condition.op === 'leaf') return condition.ranges.length > 0 ? condition.ranges : undefined;
  if (condition.op === 'not') return undefined;
  const each = condition.items.map(rangesOf);
  // Of conditions that must all be met, one is enough.
  if (condition.op === 'and') return each.filter((ranges) => ranges !== undefined).sort(byPromise)[0];
  return each.every((ranges) => ranges !== undefined) ? each.flat() : undefined;
}

/** Exact values first: they mostly leave less than the rest. */
function byPromise(a: readonly Range[], b: readonly Range[]): number {
  const weight = (ranges: readonly Range[]) => ranges.reduce((sum, range) => sum + (isExact(range) ? 1 : 10), 0);
  return weight(a) - weight(b);
}

/** Whether the ranges hold nobody else. */
function isComplete(condition: Condition): boolean {
  if (condition.op === 'leaf') return condition.complete;
  return condition.op === 'or' && condition.items.every(isComplete);
}

/** Few users, whom the index has as they are wanted. */
async function gatherInPlace(run: Run, ranges: readonly Range[]): Promise<Found> {
  const { sql, tenant, search, filter } = run;
  const { descending } = run.order;
  const keys = await gather(sql, tenant, { ranges, filter, descending, offset: search.offset, limit: search.limit });
  const total = search.totals ? await countGathered(sql, tenant, ranges, filter) : 0;
  return { users: await usersOf(run, keys), total };
}

/** Few users, each of whom is looked at. */
async function gatherAndSort(run: Run, ranges: readonly Range[]): Promise<Found> {
  const { sql, tenant, order, search, filter, effort } = run;
  const page = { offset: 0, limit: effort.few + 1, descending: order.descending };
  const keys = await gather(sql, tenant, { ranges, filter, ...page });
  const { offset, limit } = search;
  const found: (Key & { value: string | number | undefined })[] = [];
  for (let start = 0; start < keys.length; start += USERS_AT_A_TIME) {
    // The page is full, and what comes after it is not counted.
    if (order.byCreation && !search.totals && found.length >= offset + limit) break;
    for (const subject of await look(run, keys.slice(start, start + USERS_AT_A_TIME))) {
      const { user } = subject;
      found.push({ created_at: Date.parse(user.created_at), user_id: user.user_id, value: order.sortValue(subject) });
    }
  }
  const sorted = order.byCreation ? found : inOrder(found, order);
  return { users: await usersOf(run, sorted.slice(offset, offset + limit)), total: found.length };
}

/** Many users, in an order that an index has. */
async function walkInOrder(run: Run): Promise<Found> {
  const { search } = run;
  const { offset, limit } = search;
  const total = search.totals ? await quickTotal(run) : 0;
  const wanted = search.totals && total === undefined ? MOST_RESULTS : offset + limit;
  const found: Key[] = [];
  try {
    for (const phase of phasesOf(run)) {
      for await (const key of keptOf(run, phase, offset + limit)) if (found.push(key) >= wanted) break;
      if (found.length >= wanted) break;
    }
  } catch (error) {
    // The page is there, only the count is not finished.
    if (!(error instanceof TooMuch) || found.length < offset + limit) throw error;
  }
  const users = await usersOf({ ...run, left: Number.POSITIVE_INFINITY }, found.slice(offset, offset + limit));
  return { users, total: total ?? found.length };
}

/** The total, when it can be told without walking. */
async function quickTotal({ sql, tenant, conditions, effort }: Run): Promise<number | undefined> {
  if (conditions.length === 0) return countAll(sql, tenant, effort.counted);
  const [only, ...more] = conditions;
  if (more.length > 0 || only!.op !== 'leaf' || !only!.complete || only!.ranges.length !== 1) return undefined;
  return countUsers(sql, tenant, only!.ranges[0]!, effort.counted);
}

/** The entries of one value are in the order in which users were made: nobody else need be walked past. */
function phasesOf({ tenant, order, conditions }: Run): readonly OrderPhase[] {
  const exact = (condition: Condition): condition is Leaf =>
    condition.op === 'leaf' && condition.complete && condition.ranges.length === 1 && isOrdered(condition.ranges[0]!);
  const range = conditions.find(exact)?.ranges[0];
  if (order.byCreation && range) {
    const table = range.in === 'terms' ? 'user_terms' : 'users';
    return [{ table, where: within(tenant, range), keys: ['created_at', 'user_id'] }];
  }
  if (!order.phases) throw new TooMuch();
  return order.phases(tenant);
}

function isOrdered(range: Range): boolean {
  return isExact(range) && (range.in === 'terms' || range.column === 'connection');
}

async function* keptOf(run: Run, phase: OrderPhase, wanted: number): AsyncGenerator<Key> {
  const { sql, filter, order } = run;
  const looks = run.looks.length > 0 || phase.keeps !== undefined;
  let after: Entry | undefined;
  for (let limit = Math.max(200, wanted); ; limit = Math.min(limit * 2, looks ? 1000 : MOST_ENTRIES_AT_A_TIME)) {
    const entries = await walk(sql, phase, filter, { after, descending: order.descending, limit });
    spend(run, entries.length);
    const kept = entries.filter((entry) => entry.kept);
    if (looks) {
      for (let start = 0; start < kept.length; start += USERS_AT_A_TIME) {
        for (const subject of await look(run, kept.slice(start, start + USERS_AT_A_TIME), phase.keeps))
          yield { created_at: Date.parse(subject.user.created_at), user_id: subject.user.user_id };
      }
    } else yield* kept;
    if (entries.length < limit) return;
    after = entries.at(-1);
    await turn();
  }
}

/** Those users who meet what no index could tell. */
async function look(run: Run, keys: readonly Key[], keeps?: (subject: Subject) => boolean): Promise<Subject[]> {
  spend(run, keys.length * STEPS_OF_USER);
  const users = await usersOf(run, keys);
  // Others have their turn between two helpings.
  await turn();
  return users
    .map(subjectOf)
    .filter((subject) => run.looks.every((condition) => meets(condition, subject)) && (keeps?.(subject) ?? true));
}

async function usersOf({ sql, tenant }: Run, keys: readonly Key[]): Promise<StoredUser[]> {
  const rows = await rowsOf(
    sql,
    tenant,
    keys.map(({ user_id }) => user_id),
  );
  return rows.map((row) => fromRow(row)!);
}

function spend(run: Run, steps: number): void {
  run.left -= steps;
  if (run.left < 0) throw new TooMuch();
}

/** What a search may take is used up. The status and the advice are the vendor's. */
class TooMuch extends ApiError {
  constructor() {
    super(503, 'The query exceeded the timeout. Please try refining your search criteria.', 'search_too_expensive');
  }
}
