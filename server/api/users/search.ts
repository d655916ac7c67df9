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
import {
  countGathered,
  countWalked,
  type Entry,
  exceptOf,
  gather,
  isUnique,
  type Key,
  rowsOf,
  walk,
  within,
} from './candidates.ts';
import { type Leaf, meets, type Range, type Subject, subjectOf } from './conditions.ts';
import { removedConnections } from './gone.ts';
import { inOrder, type Order, type OrderPhase, orderOf } from './order.ts';
import { type Effort, isOneRange, type Plan, planOf, type UserSearch } from './search-plan.ts';
import { fromRow, type StoredUser } from './store.ts';

/** Searches reach this far, as the vendor's do; who wants more exports. */
export const MOST_RESULTS = 1000;

const EFFORT: Effort = {
  few: 20_000,
  fewAlone: 60_000,
  fewToSort: 2000,
  steps: 500_000,
  counted: 10_000,
  counting: 50_000,
};
const STEPS_OF_USER = 10;

/** Users that are read at a time: some milliseconds of work. */
const USERS_AT_A_TIME = 250;
/** Entries of an index that are walked at a time, and the most when users are looked at. */
const LEAST_ENTRIES = 200;
const MOST_ENTRIES = 4000;
const MOST_LOOKED_AT = 1000;

export type Found = { readonly users: StoredUser[]; readonly total: number };

/**
 * @returns the page, and with `totals` how many there are: exactly, or where that is too many to count, at least so many
 * @throws ApiError 400 for a bad `q` or `sort`, 503 when the search needs too much
 */
export async function searchUsers(sql: Sql, tenant: string, search: UserSearch, effort = EFFORT): Promise<Found> {
  const order = orderOf(search.sort);
  const planned = await planOf(sql, tenant, search, order, effort);
  const removed = await removedConnections(sql, tenant);
  const plan = removed.length === 0 ? planned : { ...planned, filter: [...planned.filter, exceptOf(tenant, removed)] };
  const run: Run = { ...plan, sql, tenant, order, search, effort, left: effort.steps };
  if (!plan.gathered) return walkInOrder(run);
  return order.byCreation && run.looks.length === 0
    ? gatherInPlace(run, plan.gathered)
    : gatherAndSort(run, plan.gathered.ranges);
}

type Run = Plan & {
  readonly sql: Sql;
  readonly tenant: string;
  readonly order: Order;
  readonly search: UserSearch;
  readonly effort: Effort;
  left: number;
};

/** Few users, whom the index has as they are wanted. */
async function gatherInPlace(run: Run, { ranges, count }: NonNullable<Plan['gathered']>): Promise<Found> {
  const { sql, tenant, search, filter, effort } = run;
  const { offset, limit, totals } = search;
  const gathered = { ranges, filter };
  const keys = await gather(sql, tenant, gathered, { offset, limit, descending: run.order.descending });
  const users = await usersOf(run, keys);
  // The end is on this page.
  if (!totals || (keys.length > 0 && keys.length < limit)) return { users, total: offset + keys.length };
  // Each entry is a user, and all were counted.
  if (filter.length === 0 && isUnique(ranges)) return { users, total: Math.min(count, effort.counted) };
  // To check very many would take longer than to find the page.
  const most = filter.length > 0 && count > effort.counted ? MOST_RESULTS : effort.counted;
  const entries = filter.length > 0 ? count : Math.min(count, 2 * effort.counted);
  return { users, total: await countGathered(sql, tenant, gathered, { entries, users: most }) };
}

/** Few users, each of whom is looked at. */
async function gatherAndSort(run: Run, ranges: readonly Range[]): Promise<Found> {
  const { sql, tenant, order, search, filter, effort } = run;
  const page = { offset: 0, limit: effort.few + 1, descending: order.descending };
  const keys = await gather(sql, tenant, { ranges, filter }, page);
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
  const { offset, limit, totals } = run.search;
  const full = offset + limit;
  const count = totals ? countOf(run) : undefined;
  // One more tells whether the page is the last. What no index counts is counted by walking on for a while.
  const wanted = !totals ? full : count ? full + 1 : Math.max(MOST_RESULTS, full + 1);
  const found: Key[] = [];
  let ended = false;
  try {
    for await (const key of keptOf(run, totals ? full + 1 : full)) {
      found.push(key);
      if (found.length === full) run.left = Math.min(run.left, run.effort.counting);
      if (found.length >= wanted) break;
    }
    ended = found.length < wanted;
  } catch (error) {
    // The page is there, only the count is not finished.
    if (!(error instanceof TooMuch) || found.length < full) throw error;
  }
  const users = await usersOf(run, found.slice(offset, full));
  return { users, total: count && !ended ? Math.max(found.length, await count()) : found.length };
}

/** How the total is told by indexes; undefined when they do not tell. */
function countOf({ sql, tenant, conditions, narrow, filter, looks, effort }: Run): (() => Promise<number>) | undefined {
  const { counted, counting } = effort;
  const [only, ...more] = conditions;
  if (only && more.length === 0 && isOneRange(only)) {
    const gathered = { ranges: only.ranges, filter: [] };
    return () => countGathered(sql, tenant, gathered, { entries: counted, users: counted });
  }
  if (looks.length > 0) return undefined;
  const phase = narrow ? phaseOf(tenant, narrow) : orderOf(undefined).phases!(tenant)[0]!;
  if (!only) return () => countWalked(sql, phase, filter, { entries: counted, users: counted });
  return async () => {
    let total = 0;
    for (let start = 0; start < counting && total < MOST_RESULTS; start += counted) {
      total += await countWalked(sql, phase, filter, { start, entries: counted, users: MOST_RESULTS - total });
      await turn();
    }
    return total;
  };
}

function phasesOf({ tenant, order, narrow }: Run): readonly OrderPhase[] {
  if (order.byCreation && narrow) return [phaseOf(tenant, narrow)];
  if (!order.phases) throw new TooMuch();
  return order.phases(tenant);
}

/** The entries of one value. */
function phaseOf(tenant: string, { ranges: [range] }: Leaf): OrderPhase {
  const table = range!.in === 'terms' ? 'user_terms' : 'users';
  return { table, where: within(tenant, range!), keys: ['created_at', 'user_id'] };
}

async function* keptOf(run: Run, wanted: number): AsyncGenerator<Key> {
  for (const phase of phasesOf(run)) yield* keptIn(run, phase, wanted);
}

/** @param wanted how many are for the page */
async function* keptIn(run: Run, phase: OrderPhase, wanted: number): AsyncGenerator<Key> {
  const { sql, filter, order } = run;
  const looks = run.looks.length > 0 || phase.keeps !== undefined;
  const most = looks ? MOST_LOOKED_AT : MOST_ENTRIES;
  let after: Entry | undefined;
  let [walked, kept] = [0, 0];
  let limit = looks || filter.length > 0 ? Math.max(LEAST_ENTRIES, wanted) : wanted;
  for (;;) {
    const entries = await walk(sql, phase, filter, { after, descending: order.descending, limit });
    spend(run, entries.length);
    const keys = entries.filter((entry) => entry.kept);
    for (let start = 0; start < keys.length; start += USERS_AT_A_TIME) {
      const some = keys.slice(start, start + USERS_AT_A_TIME);
      const met = looks ? (await look(run, some, phase.keeps)).map(keyOf) : some;
      kept += met.length;
      yield* met;
    }
    if (entries.length < limit) return;
    after = entries.at(-1);
    walked += limit;
    // As many as hold the rest of the page, going by those so far, and some more.
    const rest = kept < wanted ? Math.ceil((1.25 * (wanted - kept) * walked) / Math.max(kept, 1)) : most;
    limit = Math.min(Math.max(rest, LEAST_ENTRIES), most);
    await turn();
  }
}

function keyOf({ user }: Subject): Key {
  return { created_at: Date.parse(user.created_at), user_id: user.user_id };
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
