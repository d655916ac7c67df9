/** What the query of an address holds, read as what a screen can use; anything else counts as not there. */

export function text(value: unknown): string | undefined {
  // The router reads `?q=5` as a number.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A page from 2 upwards: the first one needs no mention. */
export function pageNumber(value: unknown): number | undefined {
  return Number(value) > 1 ? Math.floor(Number(value)) : undefined;
}
