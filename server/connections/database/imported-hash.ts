/**
 * Password hashes that other systems made, as the vendor's import format describes them (`custom_password_hash`): eleven
 * algorithms with salt, encoding and key. They are kept with what is needed to compute them again and verified at the
 * next login, after which the password is hashed anew. Nothing new is ever made with them.
 *
 * Knows neither users nor jobs. What is weak here stays weak until its user comes: that is why it is replaced then.
 */
import { createHash, createHmac, getHashes, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Type } from 'typebox';
import { choice, opt, strict } from '../../schema/types.ts';
import { MD4_BLOCK, md4 } from './md4.ts';

const ENCODINGS = ['base64', 'hex', 'utf8'] as const;
const text = Type.String({ minLength: 1, maxLength: 4096 });
const DIGESTS = ['md4', 'md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'whirlpool'] as const;

/** The import format's description of a hash. */
export const customHashSchema = strict({
  algorithm: choice(['argon2', 'bcrypt', 'hmac', 'ldap', 'md4', 'md5', 'sha1', 'sha256', 'sha512', 'pbkdf2', 'scrypt']),
  hash: strict({
    value: text,
    encoding: opt(choice(ENCODINGS)),
    digest: opt(choice(DIGESTS)),
    key: opt(strict({ value: text, encoding: opt(choice(ENCODINGS)) })),
  }),
  salt: opt(
    strict({
      value: Type.String({ maxLength: 4096 }),
      encoding: opt(choice(ENCODINGS)),
      position: opt(choice(['prefix', 'suffix'])),
    }),
  ),
  password: opt(strict({ encoding: opt(choice(['ascii', 'utf8', 'utf16le', 'ucs2', 'latin1', 'binary'])) })),
  keylen: opt(Type.Integer({ minimum: 1, maximum: 1024 })),
  cost: opt(Type.Integer({ minimum: 2, maximum: 1_048_576 })),
  blockSize: opt(Type.Integer({ minimum: 1, maximum: 64 })),
  parallelization: opt(Type.Integer({ minimum: 1, maximum: 64 })),
});

type Encoding = (typeof ENCODINGS)[number];
export type CustomHash = {
  readonly algorithm: string;
  readonly hash: {
    readonly value: string;
    readonly encoding?: Encoding;
    readonly digest?: string;
    readonly key?: { readonly value: string; readonly encoding?: Encoding };
  };
  readonly salt?: { readonly value: string; readonly encoding?: Encoding; readonly position?: 'prefix' | 'suffix' };
  readonly password?: { readonly encoding?: BufferEncoding };
  readonly keylen?: number;
  readonly cost?: number;
  readonly blockSize?: number;
  readonly parallelization?: number;
};

const PREFIX = '$imported$';

/** Work beyond these is not done: whoever imports a hash must not choose how long we compute. */
const MOST_ITERATIONS = 5_000_000;
const MOST_SCRYPT_MEMORY = 256 * 1024 * 1024;

export function isImported(stored: string): boolean {
  return stored.startsWith(PREFIX);
}

/**
 * What is stored for a described hash: argon2 and bcrypt as they are, the others with their description.
 * @returns a problem in words when the hash could never be verified
 */
export function storedForm(custom: CustomHash): { readonly stored: string } | { readonly problem: string } {
  if (custom.algorithm === 'argon2' || custom.algorithm === 'bcrypt') return { stored: custom.hash.value };
  const problem = problemOf(custom);
  return problem ? { problem } : { stored: PREFIX + Buffer.from(JSON.stringify(custom)).toString('base64url') };
}

/** Whether a password is the one of a stored hash of another system. What cannot be computed matches nothing. */
export async function verifyImported(plain: string, stored: string): Promise<boolean> {
  const custom = JSON.parse(Buffer.from(stored.slice(PREFIX.length), 'base64url').toString()) as CustomHash;
  if (problemOf(custom)) return false;
  const verify = ALGORITHMS[custom.algorithm];
  const password = Buffer.from(plain, custom.password?.encoding ?? 'utf8');
  return verify ? verify(custom, password) : false;
}

type Verify = (custom: CustomHash, password: Buffer) => boolean | Promise<boolean>;

const plainDigest: Verify = ({ algorithm, hash, salt }, password) =>
  equal(digest(algorithm, salted(password, salt)), bytesOf(hash.value, hash.encoding ?? 'hex'));

const ALGORITHMS: Readonly<Record<string, Verify>> = {
  md4: plainDigest,
  md5: plainDigest,
  sha1: plainDigest,
  sha256: plainDigest,
  sha512: plainDigest,
  hmac: ({ hash, salt }, password) =>
    equal(
      hmac(hash.digest!, bytesOf(hash.key!.value, hash.key!.encoding ?? 'utf8'), salted(password, salt)),
      bytesOf(hash.value, hash.encoding ?? 'hex'),
    ),
  ldap: ({ hash }, password) => verifyLdap(hash.value, password),
  pbkdf2: ({ hash }, password) => verifyPbkdf2(hash.value, password),
  scrypt: async ({ hash, salt, keylen, ...parameters }, password) => {
    const expected = bytesOf(hash.value, hash.encoding ?? 'hex');
    const { cost = 16_384, blockSize = 8, parallelization = 1 } = parameters;
    const derived = await scryptKey(password, saltBytes(salt), keylen ?? expected.length, {
      cost,
      blockSize,
      parallelization,
      maxmem: MOST_SCRYPT_MEMORY * 2,
    });
    return equal(derived, expected);
  },
};

const scryptKey = promisify<Buffer, Buffer, number, object, Buffer>(scrypt as never);
const pbkdf2Key = promisify(pbkdf2);

function problemOf(custom: CustomHash): string | undefined {
  const { algorithm, hash, cost = 16_384, blockSize = 8, parallelization = 1 } = custom;
  if (!ALGORITHMS[algorithm]) return `The algorithm ${algorithm} is not known`;
  if (algorithm === 'hmac' && !hash.digest) return 'hash.digest is missing';
  if (algorithm === 'hmac' && !hash.key) return 'hash.key is missing';
  if (hash.digest && !hasDigest(hash.digest)) return `The digest ${hash.digest} is not supported`;
  if (algorithm === 'ldap' && !parseLdap(hash.value)) return 'hash.value is no RFC 2307 password';
  if (algorithm === 'pbkdf2') return parsePbkdf2(hash.value) ? undefined : 'hash.value is no PHC string of pbkdf2';
  if (algorithm !== 'scrypt') return undefined;
  if ((cost & (cost - 1)) !== 0) return 'cost is no power of two';
  if (!custom.salt) return 'salt is missing';
  if (custom.keylen === undefined) return 'keylen is missing';
  const tooMuch = 128 * cost * blockSize * parallelization > MOST_SCRYPT_MEMORY;
  return tooMuch ? 'cost, blockSize and parallelization ask for too much' : undefined;
}

function hasDigest(name: string): boolean {
  return name === 'md4' || getHashes().some((known) => known.toLowerCase() === name);
}

function digest(name: string, data: Buffer): Buffer {
  return name === 'md4' ? md4(data) : createHash(name).update(data).digest();
}

/** RFC 2104 §2. */
function hmac(name: string, key: Buffer, data: Buffer): Buffer {
  if (name !== 'md4') return createHmac(name, key).update(data).digest();
  const block = Buffer.alloc(MD4_BLOCK);
  (key.length > MD4_BLOCK ? md4(key) : key).copy(block);
  const inner = md4(Buffer.concat([block.map((byte) => byte ^ 0x36), data]));
  return md4(Buffer.concat([block.map((byte) => byte ^ 0x5c), inner]));
}

function salted(password: Buffer, salt: CustomHash['salt']): Buffer {
  const bytes = saltBytes(salt);
  return Buffer.concat(salt?.position === 'suffix' ? [password, bytes] : [bytes, password]);
}

function saltBytes(salt: CustomHash['salt']): Buffer {
  return salt ? bytesOf(salt.value, salt.encoding ?? 'utf8') : Buffer.alloc(0);
}

function bytesOf(value: string, encoding: Encoding): Buffer {
  return Buffer.from(value, encoding);
}

function equal(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}

/** RFC 2307 §5.3 and what directory servers made of it: a salt follows the digest. */
const LDAP_SCHEMES: Readonly<Record<string, { digest: string; size: number }>> = {
  MD5: { digest: 'md5', size: 16 },
  SMD5: { digest: 'md5', size: 16 },
  SHA: { digest: 'sha1', size: 20 },
  SSHA: { digest: 'sha1', size: 20 },
  SHA256: { digest: 'sha256', size: 32 },
  SSHA256: { digest: 'sha256', size: 32 },
  SHA384: { digest: 'sha384', size: 48 },
  SSHA384: { digest: 'sha384', size: 48 },
  SHA512: { digest: 'sha512', size: 64 },
  SSHA512: { digest: 'sha512', size: 64 },
};

function parseLdap(value: string): { name: string; digest: Buffer; salt: Buffer } | undefined {
  const [, name = '', encoded = ''] = /^\{(\w+)\}([A-Za-z0-9+/]+=*)$/.exec(value) ?? [];
  const scheme = LDAP_SCHEMES[name.toUpperCase()];
  if (!scheme) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const [hashed, salt] = [bytes.subarray(0, scheme.size), bytes.subarray(scheme.size)];
  return hashed.length === scheme.size ? { name: scheme.digest, digest: hashed, salt } : undefined;
}

function verifyLdap(value: string, password: Buffer): boolean {
  const parsed = parseLdap(value);
  return parsed !== undefined && equal(digest(parsed.name, Buffer.concat([password, parsed.salt])), parsed.digest);
}

type Pbkdf2 = { digest: string; iterations: number; salt: Buffer; key: Buffer };

/** `$pbkdf2-sha512$i=100000,l=64$salt$hash`, base64 without padding; also the form without `l` and with `$100000$`. */
function parsePbkdf2(value: string): Pbkdf2 | undefined {
  const [, name = 'sha1', parameters = '', salt = '', key = ''] =
    /^\$pbkdf2(?:-(\w+))?\$([^$]+)\$([^$]+)\$([^$]+)$/.exec(value) ?? [];
  const iterations = Number(/^\d+$/.exec(parameters)?.[0] ?? /(?:^|,)i=(\d+)/.exec(parameters)?.[1]);
  const length = /(?:^|,)l=(\d+)/.exec(parameters)?.[1];
  const bytes = Buffer.from(key.replaceAll('.', '+'), 'base64');
  const fits = iterations >= 1 && iterations <= MOST_ITERATIONS && bytes.length > 0 && bytes.length <= 1024;
  if (!fits || (length !== undefined && Number(length) !== bytes.length) || !hasDigest(name)) return undefined;
  // Passlib writes `.` for `+`.
  return { digest: name, iterations, salt: Buffer.from(salt.replaceAll('.', '+'), 'base64'), key: bytes };
}

async function verifyPbkdf2(value: string, password: Buffer): Promise<boolean> {
  const parsed = parsePbkdf2(value);
  if (!parsed || parsed.digest === 'md4') return false;
  const { salt, iterations, key } = parsed;
  return equal(await pbkdf2Key(password, salt, iterations, key.length, parsed.digest), key);
}
