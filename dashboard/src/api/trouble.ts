/**
 * What is wrong between this page and the server as a whole, for all screens at once: no answer comes, or the server
 * asks to wait. It ends by itself, and says so.
 */

export type Trouble =
  | { readonly kind: 'none' }
  /** No answer came; it is tried again every few seconds. */
  | { readonly kind: 'unreachable' }
  /** Requests wait until this instant (ms). */
  | { readonly kind: 'busy'; readonly until: number };

export type TroubleStore = {
  now: () => Trouble;
  subscribe: (changed: () => void) => () => void;
  /** No answer came to a request. */
  noAnswer: () => void;
  /** An answer came. */
  answered: () => void;
  /** Waits as long as the server asks for. @throws the reason of the signal when it ends the waiting */
  wait: (seconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Looks at once whether the server is back. */
  look: () => Promise<void>;
};

/** How often (ms) a server that does not answer is asked for. */
const EVERY = 3000;

/** @param back called when the server answers again */
export function createTrouble(back: () => void): TroubleStore {
  const listeners = new Set<() => void>();
  let trouble: Trouble = { kind: 'none' };
  let timer: number | undefined;
  let waiting = 0;
  const change = (next: Trouble) => {
    trouble = next;
    for (const listener of listeners) listener();
  };
  const answered = () => {
    if (trouble.kind !== 'unreachable') return;
    clearTimeout(timer);
    change({ kind: 'none' });
    back();
  };
  const look = async () => {
    clearTimeout(timer);
    const isThere = await fetch('/healthz', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) answered();
    else if (trouble.kind === 'unreachable') timer = window.setTimeout(look, EVERY);
  };
  return {
    now: () => trouble,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    noAnswer: () => {
      if (trouble.kind === 'unreachable') return;
      change({ kind: 'unreachable' });
      timer = window.setTimeout(look, EVERY);
    },
    answered,
    wait: async (seconds, signal) => {
      const until = Date.now() + seconds * 1000;
      if (trouble.kind === 'none') change({ kind: 'busy', until });
      waiting++;
      try {
        await pause(seconds * 1000, signal);
      } finally {
        waiting--;
        if (waiting === 0 && trouble.kind === 'busy') change({ kind: 'none' });
      }
    },
    look,
  };
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal?.addEventListener('abort', () => {
    clearTimeout(timer);
    reject(signal.reason);
  });
  return promise;
}
