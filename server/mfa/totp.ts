/**
 * Codes of authenticator apps: RFC 6238 with what every app understands, SHA-1, six digits, thirty seconds.
 * @see https://www.rfc-editor.org/rfc/rfc6238
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP = 30_000;
const DIGITS = 6;
/** RFC 4226 §4, R6: at least 128 bits; 160 are recommended. */
export const SECRET_BYTES = 20;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §6, without padding, as apps take it. */
export function base32(bytes: Buffer): string {
  let text = '';
  let [value, bits] = [0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >> bits) & 31];
    }
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

/** The code of a moment in milliseconds since 1970. */
export function totp(secret: Buffer, at: number): string {
  return hotp(secret, Math.floor(at / STEP));
}

/** RFC 4226 §5.3. */
function hotp(secret: Buffer, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(message).digest();
  const offset = digest.at(-1)! & 15;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

/** Whether a code is that of now, of the step before or of the one after: clocks differ (RFC 6238 §5.2). */
export function isTotp(secret: Buffer, code: string, now: number): boolean {
  const given = Buffer.from(code.replace(/\s/g, ''));
  if (!/^\d{6}$/.test(given.toString())) return false;
  return [-1, 0, 1]
    .map((step) => Buffer.from(totp(secret, now + step * STEP)))
    .some((one) => timingSafeEqual(one, given));
}

/** What an app reads from a link. */
export function totpUri(issuer: string, account: string, secret: Buffer): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
