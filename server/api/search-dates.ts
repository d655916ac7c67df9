/** Dates in searches: an instant, or a day that means all of it. */
import { invalid } from './search.ts';

export const DAY = 86_400_000;

/** The first millisecond that a date means. @throws ApiError 400 for what is no date */
export function startOf(field: string, value: string | undefined): number {
  const instant = value !== undefined && /^\d{4}-\d\d(-\d\d)?/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) throw invalid(`${field} is a date`);
  return instant;
}

/** The last millisecond that a date means: a day without a time is all of it. */
export function endOf(field: string, value: string | undefined): number {
  const start = startOf(field, value);
  return /^\d{4}-\d\d-\d\d$/.test(value!) ? start + DAY - 1 : start;
}
