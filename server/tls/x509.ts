/**
 * Writing X.509 certificates: what the certificate for localhost and those of signing keys have in common.
 *
 * The library that encodes them costs a tenth of a second and over 20 MB, and certificates are made a few times in a
 * server's life, so it is loaded when one is made. Reading certificates is `node:crypto`'s work.
 */
import { type KeyObject, randomBytes } from 'node:crypto';

type Library = typeof import('@peculiar/x509');

export type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

/** Functions that the library's container asks for when it is loaded, though it works without what they would tell. */
const REFLECTION = { getMetadata() {}, getOwnMetadata() {}, defineMetadata() {} };

/** Loads the library, and leaves the `Reflect` of everybody else as it was. */
export async function loadX509(): Promise<Library> {
  const lent = Object.keys(REFLECTION).filter((name) => !(name in Reflect));
  for (const name of lent) Object.assign(Reflect, { [name]: REFLECTION[name as keyof typeof REFLECTION] });
  try {
    return await import('@peculiar/x509');
  } finally {
    for (const name of lent) Reflect.deleteProperty(Reflect, name);
  }
}

/** ECDSA with P-256 and SHA-256. */
export const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** ECDSA with P-384 and SHA-384. */
export const ES384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };

/** RSA PKCS #1 v1.5 with SHA-256. */
export const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

type Algorithm = typeof ES256 | typeof RS256;

/** A key pair as the library takes it. */
export function webKeys({ privateKey, publicKey }: KeyPair, algorithm: Algorithm) {
  return {
    privateKey: privateKey.toCryptoKey(algorithm, true, ['sign']),
    publicKey: publicKey.toCryptoKey(algorithm, true, ['verify']),
  };
}

/** A random serial number of 127 bits in hexadecimal. RFC 5280 §4.1.2.2: positive, at most 20 octets. */
export function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

/** A name of one part. As data and not as text, so that no character of it is syntax. */
export function commonName(value: string) {
  return [{ CN: [value] }];
}
