/** Random identifiers and bearer secrets, their digests, and comparison in constant time. */
import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random bytes are fetched this many at once: each call into the system costs more than the bytes. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** Each byte is handed out once and wiped. */
function randomBytes(count: number): Buffer {
  if (count > pool.length) return randomFillSync(Buffer.alloc(count));
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count));
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}

/** A bearer secret of `bytes` random bytes (default 32: 256 bits), base64url. */
export function randomSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Characters of the instant before the mark: milliseconds in base 36, good for three thousand years. */
const INSTANT = 9;
/** Not in base64url, so that a secret without an instant cannot be taken for one with it; and no dot, as JWTs have. */
const MARK = '~';
const TIME_ORDERED = new RegExp(`^[0-9a-z]{${INSTANT}}${MARK}`);

/**
 * A bearer secret that tells when it was made and whose digest (`hashSecret`) sorts by that. What many are made of
 * in a short time then lies together in the index, see `timeOrderedId`.
 */
export function timeOrderedSecret(now: number, bytes = 32): string {
  return `${now.toString(36).padStart(INSTANT, '0')}${MARK}${randomSecret(bytes)}`;
}

/** Letters and digits without bias. 32 of them carry 190 bits. */
export function randomAlphanumeric(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 in a byte: larger values would favour the first letters.
      if (byte < 248 && text.length < length) text += ALPHANUMERIC[byte % 62];
    }
  }
  return text;
}

/**
 * An id whose order is that of its making: 12 hexadecimal digits of the instant (milliseconds), 12 random ones. What is
 * written together then lies together, where a random id would touch a page of the index for each row.
 */
export function timeOrderedId(now: number): string {
  return now.toString(16).padStart(12, '0') + randomHex(12);
}

/** When a `timeOrderedId` was made, in milliseconds; undefined for any other text. */
export function instantOf(id: string): number | undefined {
  return /^[0-9a-f]{24}$/.test(id) ? Number.parseInt(id.slice(0, 12), 16) : undefined;
}

/** `length` hexadecimal digits. */
export function randomHex(length: number): string {
  return randomBytes(length / 2).toString('hex');
}

/**
 * What is stored in place of a bearer secret: SHA-256, base64url, after the instant of one that tells it. A secret of 128
 * random bits or more needs no salt.
 */
export function hashSecret(secret: string): string {
  return TIME_ORDERED.test(secret) ? secret.slice(0, INSTANT) + digestOf(secret) : digestOf(secret);
}

function digestOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Compares without telling by time how much is equal; how long a secret is may be known. */
export function equalSecrets(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
