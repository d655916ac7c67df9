/**
 * Password hashes: makes argon2id, verifies what other systems left behind, says when a hash should be replaced.
 * Knows neither users nor policies.
 *
 * Hashing runs on libuv's thread pool, which token signing, DNS and file access share. So all of it goes through one
 * limiter, and the rest of the pool's work waits for one of our hashes at most (tens of milliseconds); hashes that may take
 * longer leave a thread free. The pool belongs to the process, and so do the limiters.
 */
import { availableParallelism } from 'node:os';
import { isImported, verifyImported } from './imported-hash.ts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
/** `Algorithm.Argon2id` and `Version.V0x13` of the module, whose ambient enums cannot be imported without a compiler. */
const ARGON2ID = 2;
const VERSION_19 = 1;

/** What a hash made with today's parameters begins with. */
const OURS = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$`;

/** Stored parameters beyond these are not computed: whoever imports a hash must not choose how long we work. */
const MOST_MEMORY_KIB = 262_144;
const MOST_WORK = 4_194_304;
const MOST_BCRYPT_COST = 15;

/** Nobody's password: argon2id over random bytes that were thrown away, with today's parameters. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$/gXM5x+L6CzLIg3nhmnOcg$0a1dIxWZkfV91FKUOCmMXwHG6gpGyBErbtbwZIVsDQQ';

// Loaded at first use: a node that only checks tokens never needs the native modules (3 MB each).
const argon2 = once(() => import('@node-rs/argon2'));
const bcrypt = once(() => import('@node-rs/bcrypt'));

const POOL = Number(process.env.UV_THREADPOOL_SIZE) || 4;
/** Hashes at once: one more than there are processors, because each waits for the event loop before and after. */
const CONCURRENCY = Math.min(availableParallelism() + 1, POOL);
/** Of those, hashes that others made: each may be a second's work. */
const FOREIGN_CONCURRENCY = Math.max(1, POOL - 1);
/**
 * How many results leave together while many wait for a turn. A hash sweeps the processor's caches, so the work that
 * follows one begins cold and costs a multiple; in a group only the first pays that.
 */
const GROUP = 12;
/** Nobody's result is held longer than this for the sake of the others, in milliseconds: dear imported hashes are slow. */
const LONGEST_HOLD = 100;
const limited = makeLimiter(CONCURRENCY, GROUP);
const limitedForeign = makeLimiter(FOREIGN_CONCURRENCY, Number.POSITIVE_INFINITY);

/** The hash to store: a PHC string of argon2id over the UTF-8 bytes of the whole password. */
export function hashPassword(plain: string): Promise<string> {
  return limited(async () =>
    (await argon2()).hash(plain, { memoryCost: MEMORY_KIB, timeCost: PASSES, parallelism: LANES, algorithm: ARGON2ID }),
  );
}

/**
 * What came of a comparison. `rehash` says that a password that matched should be stored anew. `took`: the milliseconds
 * it was computed for, without the wait for a turn; `own`: that the hash was of the kind that we make.
 */
export type Verified = { readonly ok: boolean; readonly rehash: boolean; readonly own: boolean; readonly took: number };

/**
 * Compares a password with a stored hash: argon2 as PHC string, bcrypt `$2a$`, `$2b$`, `$2y$`, or one that was imported
 * with its description (`imported-hash.ts`). A hash that `acceptsHash` refuses matches nothing.
 *
 * bcrypt reads 72 bytes and ignores the rest, so a longer password matches by its first 72 bytes, as it did in the
 * system that made the hash: nobody is locked out by moving here. The new hash then covers all of it.
 */
export async function verifyPassword(plain: string, stored: string): Promise<Verified> {
  const kind = isImported(stored) ? 'imported' : kindOf(stored);
  if (!kind || (kind !== 'imported' && !(await acceptsHash(stored)))) {
    return { ok: false, rehash: false, own: true, took: await verifyNothing(plain) };
  }
  const own = stored.startsWith(OURS);
  const compare = () => timed(() => COMPARE[kind](plain, stored));
  const { result: ok, took } = await (own ? compare() : limitedForeign(compare));
  if (own) return { ok, rehash: false, own, took };
  const light = await isLight(kind, stored);
  // Some of these take no time at all. A wrong password takes as long as it does for everybody else at least.
  const longer = !ok && light ? await verifyNothing(plain) : 0;
  return { ok, rehash: kind !== 'argon2' || light, own, took: took + longer };
}

const COMPARE: Readonly<Record<'argon2' | 'bcrypt' | 'imported', (plain: string, hash: string) => Promise<boolean>>> = {
  argon2: async (plain, stored) => (await argon2()).verify(stored, plain),
  bcrypt: async (plain, stored) => (await bcrypt()).verify(plain, stored),
  imported: verifyImported,
};

/**
 * Takes the time of one verification, so that an unknown user cannot be told from a wrong password by the clock.
 * @returns that time, in milliseconds
 */
export async function verifyNothing(plain: string): Promise<number> {
  return (await timed(async () => (await argon2()).verify(NOBODY, plain))).took;
}

function timed<T>(job: () => Promise<T>): Promise<{ readonly result: T; readonly took: number }> {
  return limited(async () => {
    const began = performance.now();
    const result = await job();
    return { result, took: performance.now() - began };
  });
}

/** Whether a hash from elsewhere can be stored: a known algorithm, well formed, at a cost that is bearable. */
export async function acceptsHash(stored: string): Promise<boolean> {
  try {
    if (kindOf(stored) === 'bcrypt') return (await bcrypt()).parseOptions(stored).cost <= MOST_BCRYPT_COST;
    if (kindOf(stored) !== 'argon2') return false;
    const { memoryCost, timeCost } = (await argon2()).parseOptions(stored);
    return memoryCost <= MOST_MEMORY_KIB && memoryCost * timeCost <= MOST_WORK;
  } catch {
    return false;
  }
}

/** The highest cost at which bcrypt is done sooner than our argon2id. */
const LIGHT_BCRYPT = 7;

/**
 * Less work than what we make, as far as its parameters tell. Memory and passes of argon2 make up for each other, as in
 * the cheat sheet's equivalent settings.
 */
async function isLight(kind: 'argon2' | 'bcrypt' | 'imported', stored: string): Promise<boolean> {
  if (kind === 'imported') return true;
  if (kind === 'bcrypt') return (await bcrypt()).parseOptions(stored).cost <= LIGHT_BCRYPT;
  const { algorithm, version, memoryCost, timeCost } = (await argon2()).parseOptions(stored);
  return algorithm !== ARGON2ID || version !== VERSION_19 || memoryCost * timeCost < MEMORY_KIB * PASSES;
}

function kindOf(stored: string): 'argon2' | 'bcrypt' | undefined {
  if (/^\$argon2(id|i|d)\$/.test(stored)) return 'argon2';
  if (/^\$2[aby]\$/.test(stored)) return 'bcrypt';
  return undefined;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Runs at most `limit` jobs at once; the others start in the order they came. While at least `group` jobs wait, results
 * are handed on `group` at a time, for then more are sure to come soon; otherwise, or for an infinite `group`, each leaves
 * at once.
 */
export function makeLimiter(limit: number, group: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  let held: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  const release = () => {
    clearTimeout(timer);
    timer = undefined;
    const all = held;
    held = [];
    for (const go of all) go();
  };
  const hold = () =>
    new Promise<void>((resolve) => {
      held.push(resolve);
      if (held.length >= group || waiting.length < group) release();
      else timer ??= setTimeout(release, LONGEST_HOLD);
    });

  return async (job) => {
    // A job that ends hands its place to the next one directly, so that no newcomer slips in between.
    if (running < limit) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
      await hold();
    }
  };
}
