/** Encryption at rest: AES-256-GCM with a key derived from the master key (`master-key.ts`). */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealer } from '../storage/documents.ts';
import { makeHmac } from './hmac.ts';

const VERSION = 'v1.';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Vault = Sealer & {
  /** A keyed digest for values that must be recognised but not read, such as form tokens. base64url. */
  digest(purpose: string, value: string): string;
  /** A key of 32 bytes for one purpose, derived from the master key. */
  key(purpose: string): Buffer;
};

/** @param masterKey 32 bytes */
export function makeVault(masterKey: Buffer): Vault {
  const key = derive(masterKey, 'at-rest');
  const digest = makeHmac(derive(masterKey, 'digest'));
  const keys = new Map<string, Buffer>();
  return {
    key(purpose) {
      let derived = keys.get(purpose);
      if (!derived) {
        derived = derive(masterKey, purpose);
        keys.set(purpose, derived);
      }
      return derived;
    },
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return VERSION + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, context) {
      if (!sealed.startsWith(VERSION)) throw new Error('Not a sealed value.');
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
    digest(purpose, value) {
      return digest(`${purpose}\n${value}`);
    },
  };
}

function derive(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `latchkey ${purpose}`, 32));
}
