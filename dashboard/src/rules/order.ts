/** Rules run by the number in their `order`, which no two of them share: what to send for one to take another place. */
import { withMoved } from '../ui/moved.ts';

export type Ordered = { readonly id: string; readonly order: number };
export type OrderChange = { readonly id: string; readonly order: number };

/** As they run. */
export function inOrder<Rule extends Ordered>(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => a.order - b.order);
}

/**
 * The changes in the order in which they have to be sent, so that at no moment two rules have one number. A free number
 * between the new neighbours is one change; else the rules in between move on by one place each, through a number
 * behind all.
 *
 * @param rules as they run @param to the place in the list that the rule was taken out of
 */
export function changesOfMove(rules: readonly Ordered[], from: number, to: number): OrderChange[] {
  const moved = rules[from];
  if (!moved || from === to) return [];
  const after = withMoved(rules, from, to);
  const free = freeBetween(after[to - 1]?.order, after[to + 1]?.order);
  if (free !== undefined) return [{ id: moved.id, order: free }];
  const step = to > from ? 1 : -1;
  const changes: OrderChange[] = [{ id: moved.id, order: lastOf(rules) + 1 }];
  for (let at = from; at !== to; at += step) changes.push({ id: rules[at + step]!.id, order: rules[at]!.order });
  return [...changes, { id: moved.id, order: rules[to]!.order }];
}

/** What the rules are after the changes. */
export function afterChanges<Rule extends Ordered>(rules: readonly Rule[], changes: readonly OrderChange[]): Rule[] {
  const orders = new Map(changes.map(({ id, order }) => [id, order]));
  return inOrder(rules.map((rule) => ({ ...rule, order: orders.get(rule.id) ?? rule.order })));
}

/** The number of a rule that is to run last. */
function lastOf(rules: readonly Ordered[]): number {
  return Math.max(0, ...rules.map(({ order }) => order));
}

/** Whole numbers only: SDKs read them as such. */
function freeBetween(before: number | undefined, behind: number | undefined): number | undefined {
  const free = behind === undefined ? Math.floor(before ?? 0) + 1 : Math.ceil(behind) - 1;
  return free >= 0 && (before === undefined || free > before) ? free : undefined;
}
