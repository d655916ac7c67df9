// Every kind of hash that can be imported, made here by other means than it is verified with where there are any.
import assert from 'node:assert/strict';
import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { hashPassword, verifyPassword } from './hash.ts';
import { type CustomHash, storedForm } from './imported-hash.ts';
import { md4 } from './md4.ts';

const PASSWORD = 'pässword 1';
const sha = (name: string, data: string | Buffer, encoding: 'hex' | 'base64' = 'hex') =>
  createHash(name).update(data).digest(encoding);
const bare = (base64: string) => base64.replace(/=+$/, '');
const ldap = (scheme: string, name: string, salt: string) => {
  const digest = createHash(name).update(PASSWORD).update(salt).digest();
  return `{${scheme}}${Buffer.concat([digest, Buffer.from(salt)]).toString('base64')}`;
};
const phc = (name: string, length: number, parameters: string) => {
  const key = pbkdf2Sync(PASSWORD, 'some salt', 1000, length, name);
  return `$pbkdf2-${name}$${parameters}$${bare(Buffer.from('some salt').toString('base64'))}$${bare(key.toString('base64'))}`;
};

/** By what it shows. */
const KINDS: Readonly<Record<string, CustomHash>> = {
  'md4, utf-16 as in Windows': {
    algorithm: 'md4',
    hash: { value: md4(Buffer.from(PASSWORD, 'utf16le')).toString('hex'), encoding: 'hex' },
    password: { encoding: 'utf16le' },
  },
  'md5, hex, salt before': {
    algorithm: 'md5',
    hash: { value: sha('md5', `salt${PASSWORD}`), encoding: 'hex' },
    salt: { value: 'salt' },
  },
  'sha1, base64, salt behind': {
    algorithm: 'sha1',
    hash: { value: sha('sha1', `${PASSWORD}salt`, 'base64'), encoding: 'base64' },
    salt: { value: 'salt', position: 'suffix' },
  },
  'sha256, salt in hex': {
    algorithm: 'sha256',
    hash: { value: sha('sha256', Buffer.concat([Buffer.from('00ff', 'hex'), Buffer.from(PASSWORD)])), encoding: 'hex' },
    salt: { value: '00ff', encoding: 'hex', position: 'prefix' },
  },
  'sha512 without salt': { algorithm: 'sha512', hash: { value: sha('sha512', PASSWORD), encoding: 'hex' } },
  'hmac sha256': {
    algorithm: 'hmac',
    hash: {
      value: createHmac('sha256', 'key').update(PASSWORD).digest('base64'),
      encoding: 'base64',
      digest: 'sha256',
      key: { value: 'key', encoding: 'utf8' },
    },
  },
  'ldap {SSHA}': { algorithm: 'ldap', hash: { value: ldap('SSHA', 'sha1', 'abcd'), encoding: 'utf8' } },
  'ldap {SSHA512}': { algorithm: 'ldap', hash: { value: ldap('SSHA512', 'sha512', 'abcd') } },
  'ldap {MD5}': { algorithm: 'ldap', hash: { value: ldap('MD5', 'md5', '') } },
  'pbkdf2 sha256': { algorithm: 'pbkdf2', hash: { value: phc('sha256', 32, 'i=1000,l=32'), encoding: 'utf8' } },
  'pbkdf2 sha512 without a length': { algorithm: 'pbkdf2', hash: { value: phc('sha512', 64, 'i=1000') } },
  scrypt: {
    algorithm: 'scrypt',
    hash: { value: scryptSync(PASSWORD, 'salt', 64).toString('hex'), encoding: 'hex' },
    salt: { value: 'salt', encoding: 'utf8' },
    keylen: 64,
  },
  'scrypt with parameters': {
    algorithm: 'scrypt',
    hash: {
      value: scryptSync(PASSWORD, 'salt', 32, { cost: 1024, blockSize: 4, parallelization: 2 }).toString('base64'),
      encoding: 'base64',
    },
    salt: { value: 'salt' },
    keylen: 32,
    cost: 1024,
    blockSize: 4,
    parallelization: 2,
  },
};

function stored(custom: CustomHash): string {
  const form = storedForm(custom);
  if ('problem' in form) throw new Error(form.problem);
  return form.stored;
}

for (const [title, custom] of Object.entries(KINDS)) {
  test(`${title}: the password matches and is to be hashed anew, another does not match`, async () => {
    assert.partialDeepStrictEqual(await verifyPassword(PASSWORD, stored(custom)), { ok: true, rehash: true });
    assert.equal((await verifyPassword('other', stored(custom))).ok, false);
  });
}

test('argon2 and bcrypt are stored as they are', async () => {
  const argon = await hashPassword(PASSWORD);
  assert.equal(stored({ algorithm: 'argon2', hash: { value: argon } }), argon);
  const { hash } = await import('@node-rs/bcrypt');
  const value = await hash(PASSWORD, { cost: 4 });
  assert.partialDeepStrictEqual(await verifyPassword(PASSWORD, stored({ algorithm: 'bcrypt', hash: { value } })), {
    ok: true,
    rehash: true,
  });
});

test('MD4 answers the vectors of RFC 1320', () => {
  const vectors = {
    '': '31d6cfe0d16ae931b73c59d7e0c089c0',
    a: 'bde52cb31de33e46245e05fbdbd6fb24',
    abc: 'a448017aaf21d8525fc10ae87aa6729d',
    'message digest': 'd9130a8164549fe818874806e1c7014b',
    abcdefghijklmnopqrstuvwxyz: 'd79e1c308aa5bbcdeea8ed63df412da9',
    ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789: '043f8582f241db351ce627e153e7f0e4',
    [`${'1234567890'.repeat(8)}`]: 'e33b4ddc9c38f2199c3e7b164fcc0536',
  };
  for (const [text, digest] of Object.entries(vectors)) assert.equal(md4(Buffer.from(text)).toString('hex'), digest);
});

test('HMAC with MD4 follows RFC 2104', async () => {
  const inner = md4(Buffer.concat([pad(0x36), Buffer.from('pw')]));
  const value = md4(Buffer.concat([pad(0x5c), inner])).toString('hex');
  const custom = { algorithm: 'hmac', hash: { value, digest: 'md4', key: { value: 'key' } } } as const;
  assert.equal((await verifyPassword('pw', stored(custom))).ok, true);
});

function pad(byte: number): Buffer {
  const block = Buffer.alloc(64, byte);
  Buffer.from('key').forEach((value, index) => {
    block[index] = value ^ byte;
  });
  return block;
}

test('what could never be verified, or would take too long, is refused', () => {
  const bad: [CustomHash, RegExp][] = [
    [{ algorithm: 'hmac', hash: { value: 'x' } }, /hash\.digest is missing/],
    [{ algorithm: 'hmac', hash: { value: 'x', digest: 'sha256' } }, /hash\.key is missing/],
    [{ algorithm: 'hmac', hash: { value: 'x', digest: 'whirlpool', key: { value: 'k' } } }, /not supported/],
    [{ algorithm: 'ldap', hash: { value: '{CRYPT}abc' } }, /RFC 2307/],
    [{ algorithm: 'pbkdf2', hash: { value: 'abc' } }, /PHC/],
    [{ algorithm: 'pbkdf2', hash: { value: '$pbkdf2-sha256$i=99999999999$aa$aa' } }, /PHC/],
    [{ algorithm: 'scrypt', hash: { value: 'aa' }, keylen: 32 }, /salt is missing/],
    [{ algorithm: 'scrypt', hash: { value: 'aa' }, salt: { value: 's' } }, /keylen is missing/],
    [{ algorithm: 'scrypt', hash: { value: 'aa' }, salt: { value: 's' }, keylen: 8, cost: 3 }, /power of two/],
    [{ algorithm: 'scrypt', hash: { value: 'aa' }, salt: { value: 's' }, keylen: 8, cost: 1_048_576 }, /too much/],
    [{ algorithm: 'crc32', hash: { value: 'aa' } }, /not known/],
  ];
  for (const [custom, problem] of bad) {
    const form = storedForm(custom);
    assert.ok('problem' in form, JSON.stringify(custom));
    assert.match(form.problem, problem);
  }
});
