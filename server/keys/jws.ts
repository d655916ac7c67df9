/**
 * Making signatures (RFC 7515, compact form). RSA runs on the thread pool, so the event loop is free meanwhile.
 * Checking of our own tokens is here too: the key is known and trusted, so it is one call; what comes from elsewhere
 * (client assertions) is checked with `jose`.
 */
import { constants, createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto';
import { promisify } from 'node:util';

export type Algorithm = 'RS256' | 'RS512' | 'PS256' | 'HS256';
export const RSA_ALGORITHMS = ['RS256', 'RS512', 'PS256'] as const;

/** What a token is signed with: an RSA key and its id, or the bytes of a shared secret. */
export type SignatureKey = { readonly kid: string; readonly privateKey: KeyObject } | { readonly secret: Buffer };

const signInPool = promisify(sign);

const RSA = {
  RS256: { digest: 'sha256', padding: { padding: constants.RSA_PKCS1_PADDING } },
  RS512: { digest: 'sha512', padding: { padding: constants.RSA_PKCS1_PADDING } },
  PS256: {
    digest: 'sha256',
    padding: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  },
} as const;

/** A signed JWT. @param typ the `typ` header: `JWT`, or `at+jwt` (RFC 9068 §2.1). */
export async function signJwt(
  claims: Readonly<Record<string, unknown>>,
  algorithm: Algorithm,
  key: SignatureKey,
  typ = 'JWT',
): Promise<string> {
  const input = `${header(algorithm, typ, 'kid' in key ? key.kid : undefined)}.${encode(claims)}`;
  return `${input}.${(await signature(algorithm, input, key)).toString('base64url')}`;
}

/** Headers are few, and the same for token after token. */
const headers = new Map<string, string>();
const HEADER_LIMIT = 1000;

function header(alg: Algorithm, typ: string, kid: string | undefined): string {
  const name = `${alg} ${typ} ${kid}`;
  let encoded = headers.get(name);
  if (encoded === undefined) {
    encoded = encode({ alg, typ, kid });
    if (headers.size >= HEADER_LIMIT) headers.clear();
    headers.set(name, encoded);
  }
  return encoded;
}

async function signature(algorithm: Algorithm, input: string, key: SignatureKey): Promise<Buffer> {
  if (algorithm === 'HS256') {
    if (!('secret' in key)) throw new Error('HS256 needs a shared secret.');
    return createHmac('sha256', key.secret).update(input).digest();
  }
  if (!('kid' in key)) throw new Error(`${algorithm} needs an RSA key.`);
  const { digest, padding } = RSA[algorithm];
  return signInPool(digest, Buffer.from(input), { key: key.privateKey, ...padding });
}

export type DecodedJwt = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
};

/** The longest token that is looked at, in characters. */
const TOKEN_LIMIT = 16_384;

/**
 * Takes a compact JWT apart and checks its signature. The algorithm must be one that the key is for, whatever the
 * header says: no `none`, no HMAC with a public key (RFC 8725 §3.1).
 * @param keyOf the key for a header, or undefined when there is none
 * @returns undefined for anything that is not a well-formed token with a good signature
 */
export function verifyJwt(
  token: string,
  keyOf: (header: Readonly<Record<string, unknown>>) => { publicKey: KeyObject } | { secret: Buffer } | undefined,
): DecodedJwt | undefined {
  if (token.length > TOKEN_LIMIT) return undefined;
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [head, body, mark] = parts as [string, string, string];
  const header = decode(head);
  const claims = header && decode(body);
  if (!header || !claims || header.crit !== undefined) return undefined;
  const key = keyOf(header);
  if (!key) return undefined;
  const given = Buffer.from(mark, 'base64url');
  return isSigned(header.alg, `${head}.${body}`, given, key) ? { header, claims } : undefined;
}

function isSigned(
  alg: unknown,
  input: string,
  given: Buffer,
  key: { publicKey: KeyObject } | { secret: Buffer },
): boolean {
  if ('secret' in key) {
    if (alg !== 'HS256') return false;
    const expected = createHmac('sha256', key.secret).update(input).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  if (alg !== 'RS256' && alg !== 'RS512' && alg !== 'PS256') return false;
  const { digest, padding } = RSA[alg];
  return verify(digest, Buffer.from(input), { key: key.publicKey, ...padding }, given);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
