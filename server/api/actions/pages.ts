/** The envelope of lists of actions and what belongs to them: always there, with the total. */
import type { ListQuery } from '../lists.ts';

/** @param perPage what `per_page` is when the query names none */
export function numberedPage<Item>(query: ListQuery, plural: string, all: readonly Item[], perPage = 50) {
  const per_page = query.per_page || perPage;
  const page = query.page ?? 0;
  const items = all.slice(page * per_page, (page + 1) * per_page);
  // Recorded: behind the last page the total is 0.
  const total = items.length > 0 ? all.length : 0;
  return { items, answer: (shown: readonly unknown[]) => ({ [plural]: shown, total, page, per_page }) };
}
