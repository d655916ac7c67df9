/**
 * How many requests the Management API takes of a tenant in a minute: a bound against programs that run wild, told in
 * the headers that SDKs read. Each process counts for itself, in fixed windows: exact enough for a bound this wide.
 */
export type RateLimiter = {
  /** Counts one request. `reset` is in seconds since the epoch. */
  take(tenant: string, now: number): { readonly limit: number; readonly remaining: number; readonly reset: number };
};

const WINDOW = 60_000;

/** @param limit requests of one tenant in a minute */
export function makeRateLimiter(limit: number): RateLimiter {
  let window = 0;
  const counts = new Map<string, number>();
  return {
    take(tenant, now) {
      const current = Math.floor(now / WINDOW);
      if (current !== window) {
        window = current;
        counts.clear();
      }
      const count = (counts.get(tenant) ?? 0) + 1;
      counts.set(tenant, count);
      // Below zero: this very request is one too many.
      return { limit, remaining: limit - count, reset: ((current + 1) * WINDOW) / 1000 };
    },
  };
}
