/** Ranges of an index: two limits, and what lies between them in the order in which both engines keep terms. */

export type Limit = { readonly value: string | number; readonly inclusive: boolean };
/** What lies between two limits; with neither, everything. */
export type Bounds = { readonly low?: Limit | undefined; readonly high?: Limit | undefined };

/** Whether the range holds one value alone. */
export function isExact({ low, high }: Bounds): boolean {
  return low !== undefined && high !== undefined && low.value === high.value && low.inclusive && high.inclusive;
}

/** One value alone. */
export function only(value: string | number): Bounds {
  return { low: limit(value), high: limit(value) };
}

/** A limit that belongs to what it bounds. */
export function limit(value: string | number): Limit {
  return { value, inclusive: true };
}

const LAST_CHARACTER = 0x10ffff;

/** The limit behind everything that begins with a text. */
export function after(prefix: string, inclusive: boolean): Limit | undefined {
  const characters = [...prefix];
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const code = last.codePointAt(0)!;
    if (code === LAST_CHARACTER) continue;
    // Surrogates are no characters.
    const next = code + 1 === 0xd800 ? 0xe000 : code + 1;
    return { value: characters.join('') + String.fromCodePoint(next), inclusive };
  }
  return undefined;
}

/** Whether a value lies between two ends, as the index orders values. */
export function isWithin(value: string | number, { low, high }: Bounds): boolean {
  const above =
    low === undefined || (low.inclusive ? compareValues(value, low.value) >= 0 : compareValues(value, low.value) > 0);
  return (
    above &&
    (high === undefined ||
      (high.inclusive ? compareValues(value, high.value) <= 0 : compareValues(value, high.value) < 0))
  );
}

/** Texts byte by byte, as both engines do with terms. */
export function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a === b ? 0 : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

/** What begins with a text. */
export function prefixed(text: string): Bounds {
  return { low: limit(text), high: after(text, false) };
}
