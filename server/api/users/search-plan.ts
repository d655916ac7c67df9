/**
 * Which way a search over users goes: what its conditions leave is counted in their indexes, no further than matters,
 * and decides what is gathered, what is checked by index and what by looking at users.
 */
import type { Sql } from '../../storage/database.ts';
import { parseQuery } from '../search.ts';
import { isExact } from './bounds.ts';
import { countEntries, type Flag, membershipOf, probeOf } from './candidates.ts';
import { type Condition, conditionOf, type Leaf, type Range } from './conditions.ts';
import type { Order } from './order.ts';

/** Bounds of the work of one search; tests have smaller ones. */
export type Effort = {
  /** Up to so many entries of an index are gathered; more are walked. */
  readonly few: number;
  /** The same when nothing else is asked of them. */
  readonly fewAlone: number;
  /** Up to so many users are looked at to put them in an order that their index does not have. */
  readonly fewToSort: number;
  /** Steps that a search may take: an entry of an index is one, a user that is looked at is ten. */
  readonly steps: number;
  /** Totals end at so many users. */
  readonly counted: number;
  /** Steps that may be taken beyond the page to tell a total. */
  readonly counting: number;
};

export type UserSearch = {
  readonly q?: string | undefined;
  /** Name of the connection that users were made in. */
  readonly connection?: string | undefined;
  readonly sort?: string | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly totals?: boolean | undefined;
};

export type Plan = {
  readonly conditions: readonly Condition[];
  /** What is gathered, and how many entries that is; undefined when an index is walked. */
  readonly gathered: Pick<Counted, 'ranges' | 'count'> | undefined;
  /** A condition whose index entries are in the order in which users were made: nobody else need be walked past. */
  readonly narrow: Leaf | undefined;
  /** What is checked by index. */
  readonly filter: readonly Flag[];
  /** What is checked by looking at users. */
  readonly looks: readonly Condition[];
};

/** @throws ApiError 400 for a bad `q` */
export async function planOf(
  sql: Sql,
  tenant: string,
  search: UserSearch,
  order: Order,
  effort: Effort,
): Promise<Plan> {
  const conditions = conditionsOf(search);
  const narrow = conditions.find((one) => isOneRange(one) && isOrdered(one.ranges[0]!)) as Leaf | undefined;
  // The index has the very answer.
  if (narrow && conditions.length === 1 && order.byCreation)
    return { conditions, gathered: undefined, narrow, filter: [], looks: [] };
  const alone = conditions.length === 1 && order.byCreation && isComplete(conditions[0]!);
  const few = alone ? effort.fewAlone : effort.few;
  // An order that no index has is made by looking at everybody who is left.
  const counted = await countEach(sql, tenant, order.phases ? conditions : [...conditions, EVERYBODY], few);
  const driver = driverOf(counted, order.byCreation || !order.phases ? few : effort.fewToSort);
  const met = driver?.condition ?? (order.byCreation ? narrow : undefined);
  return { conditions, gathered: driver, narrow, ...checksOf(tenant, conditions, counted, met, effort) };
}

const EVERYBODY: Leaf = {
  op: 'leaf',
  ranges: [{ in: 'column', column: 'created_at', unique: true }],
  complete: true,
  meets: () => true,
};

/** A condition, where indexes have it, and how many entries these have (counted no further than matters). */
type Counted = { readonly condition: Condition; readonly ranges: readonly Range[]; readonly count: number };

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

async function countEach(sql: Sql, tenant: string, conditions: readonly Condition[], few: number): Promise<Counted[]> {
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
function driverOf(counted: readonly Counted[], most: number): Counted | undefined {
  const [least] = counted.toSorted((a, b) => a.count - b.count);
  return least && least.count <= most ? least : undefined;
}

/** @param met the condition that all who are gathered or walked meet, unless its ranges hold others as well */
function checksOf(
  tenant: string,
  conditions: readonly Condition[],
  counted: readonly Counted[],
  met: Condition | undefined,
  { few }: Effort,
): Pick<Plan, 'filter' | 'looks'> {
  const filter: Flag[] = [];
  const looks: Condition[] = [];
  for (const condition of conditions) {
    if (condition === met) {
      if (!isComplete(condition)) looks.push(condition);
      continue;
    }
    const probe = probeOf(tenant, condition);
    const small = probe ? undefined : counted.find((one) => one.condition === condition && one.count <= few);
    if (probe) filter.push(probe);
    if (small) filter.push(membershipOf(tenant, small.ranges));
    if (!probe && (!small || !isComplete(condition))) looks.push(condition);
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

/** Whether one range holds who meets the condition, and nobody else. */
export function isOneRange(condition: Condition): condition is Leaf {
  return condition.op === 'leaf' && condition.complete && condition.ranges.length === 1;
}

function isOrdered(range: Range): boolean {
  return isExact(range) && (range.in === 'terms' || range.column === 'connection');
}
