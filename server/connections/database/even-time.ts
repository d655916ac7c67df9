/**
 * Failed logins of a connection take the same time, whether or not there is such a user and whatever the hash. A hash
 * that another system left may be much slower than ours, and nothing makes it quicker: so the other failures wait, as
 * long as it lately took. Until one was seen there is nothing to wait for, which the first one of a process tells.
 */

/** How long a slow verification is remembered, in milliseconds, and how many are. */
const MEMORY = 3_600_000;
const KEPT = 16;
/** What is this close to the slowest is as slow: machines are never exact. */
const CLOSE = 0.7;

export type EvenTime = {
  /** Notes how long a verification against a hash of another system took, in milliseconds. */
  note(connection: string, took: number, now: number): void;
  /** How long a failure has to wait that took so long. */
  wait(connection: string, took: number, now: number): number;
};

/** @param random from 0 to 1, as `Math.random` */
export function makeEvenTime(random: () => number = Math.random): EvenTime {
  const slow = new Map<string, { took: number; at: number }[]>();
  const recent = (connection: string, now: number) =>
    (slow.get(connection) ?? []).filter(({ at }) => now - at < MEMORY).slice(-KEPT);
  return {
    note(connection, took, now) {
      slow.set(connection, [...recent(connection, now), { took, at: now }].slice(-KEPT));
    },
    wait(connection, took, now) {
      const seen = recent(connection, now);
      if (seen.length === 0) return 0;
      const slowest = Math.max(...seen.map((one) => one.took));
      // One of them by chance, so that those who wait vary as those who compute do.
      const alike = seen.filter((one) => one.took >= slowest * CLOSE);
      return Math.max(0, alike[Math.floor(random() * alike.length)]!.took - took);
    },
  };
}
