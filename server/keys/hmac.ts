/**
 * HMAC-SHA-256 (RFC 2104) for a key that is used over and over. `createHmac` looks its algorithm up and makes an object
 * with a native half each time, which costs several times what the two hashes do.
 */
import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256. */
const BLOCK = 64;

/** @param key at most a block long @returns a function from text to its digest, base64url */
export function makeHmac(key: Buffer): (text: string) => string {
  if (key.length > BLOCK) throw new RangeError('The key is longer than a block of the hash.');
  const block = Buffer.concat([key], BLOCK);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return (text) => {
    // As text: a buffer of its own is dearer than copying 32 bytes twice.
    const first = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'latin1');
    return hash('sha256', Buffer.concat([outer, Buffer.from(first, 'latin1')]), 'base64url');
  };
}
