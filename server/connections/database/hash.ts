/**
 * Password hashes: makes argon2id, verifies what other systems left behind, says when a hash should be replaced.
 * Knows neither users nor policies.
 *
 * Hashing runs on libuv's thread pool, which token signing, DNS and file access share. So all of it goes through one
 * limiter that leaves a thread free; the rest waits its turn. The pool belongs to the process, and so does the limiter.
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

/** Stored parameters beyond these are not computed: whoever imports a hash must not choose how long we work. */
const MOST_MEMORY_KIB = 262_144;
const MOST_WORK = 4_194_304;
const MOST_BCRYPT_COST = 15;

/** Nobody's password: argon2id over random bytes that were thrown away, with today's parameters. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$/gXM5x+L6CzLIg3nhmnOcg$0a1dIxWZkfV91FKUOCmMXwHG6gpGyBErbtbwZIVsDQQ';

// Loaded at first use: a node that only checks tokens never needs the native modules (3 MB each).
const argon2 = once(() => import('@node-rs/argon2'));
const bcrypt = once(() => import('@node-rs/bcrypt'));

/** Hashes at once: what the processors can do, but never the whole pool (4 threads unless configured). */
const CONCURRENCY = Math.max(1, Math.min(availableParallelism(), (Number(process.env.UV_THREADPOOL_SIZE) || 4) - 1));
const limited = makeLimiter(CONCURRENCY);

/** The hash to store: a PHC string of argon2id over the UTF-8 bytes of the whole password. */
export function hashPassword(plain: string): Promise<string> {
  return limited(async () =>
    (await argon2()).hash(plain, { memoryCost: MEMORY_KIB, timeCost: PASSES, parallelism: LANES, algorithm: ARGON2ID }),
  );
}

/**
 * Compares a password with a stored hash: argon2 as PHC string, bcrypt `$2a$`, `$2b$`, `$2y$`, or one that was imported
 * with its description (`imported-hash.ts`). A hash that
 * `acceptsHash` refuses matches nothing. `rehash` says that a password that matched should be stored anew.
 *
 * bcrypt reads 72 bytes and ignores the rest, so a longer password matches by its first 72 bytes, as it did in the
 * system that made the hash: nobody is locked out by moving here. The new hash then covers all of it.
 */
export async function verifyPassword(plain: string, stored: string): Promise<{ ok: boolean; rehash: boolean }> {
  if (isImported(stored)) return verifyForeign(plain, stored);
  const kind = kindOf(stored);
  if (!kind || !(await acceptsHash(stored))) {
    await verifyNothing(plain);
    return { ok: false, rehash: false };
  }
  const ok = await limited(async () =>
    kind === 'bcrypt' ? (await bcrypt()).verify(plain, stored) : (await argon2()).verify(stored, plain),
  );
  return { ok, rehash: kind === 'bcrypt' || (await isWeak(stored)) };
}

/** Many of these take no time at all. A wrong password must take as long as it does for everybody else. */
async function verifyForeign(plain: string, stored: string): Promise<{ ok: boolean; rehash: boolean }> {
  const ok = await limited(() => verifyImported(plain, stored));
  if (!ok) await verifyNothing(plain);
  return { ok, rehash: true };
}

/** Takes the time of one verification, so that an unknown user cannot be told from a wrong password by the clock. */
export async function verifyNothing(plain: string): Promise<void> {
  await limited(async () => (await argon2()).verify(NOBODY, plain));
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

/** Weaker than what we make. Memory and passes make up for each other, as in the cheat sheet's equivalent settings. */
async function isWeak(stored: string): Promise<boolean> {
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

/** Runs at most `limit` jobs at once; the others start in the order they came. */
export function makeLimiter(limit: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
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
    }
  };
}
