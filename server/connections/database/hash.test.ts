import assert from 'node:assert/strict';
import { randomFill } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as argon2 from '@node-rs/argon2';
import * as bcrypt from '@node-rs/bcrypt';
import { acceptsHash, hashPassword, makeLimiter, verifyNothing, verifyPassword } from './hash.ts';

const PASSWORD = 'correct horse – Batterie 🐎';

test('a new hash is argon2id with 19 MiB, two passes, one lane, and verifies', async () => {
  const stored = await hashPassword(PASSWORD);
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.partialDeepStrictEqual(await verifyPassword(PASSWORD, stored), { ok: true, rehash: false });
  assert.partialDeepStrictEqual(await verifyPassword(`${PASSWORD} `, stored), { ok: false, rehash: false });
  assert.notEqual(await hashPassword(PASSWORD), stored);
});

test('bcrypt of every prefix verifies and asks to be replaced', async () => {
  for (const version of ['2a', '2b', '2y'] as const) {
    const stored = await bcrypt.hash(PASSWORD, { cost: 4, version });
    assert.ok(stored.startsWith(`$${version}$`));
    assert.partialDeepStrictEqual(await verifyPassword(PASSWORD, stored), { ok: true, rehash: true });
    assert.equal((await verifyPassword('wrong', stored)).ok, false);
  }
});

test('bcrypt hashes made elsewhere verify', async () => {
  // A test vector of the OpenBSD implementation.
  const stored = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';
  assert.partialDeepStrictEqual(await verifyPassword('U*U', stored), { ok: true, rehash: true });
});

test('bcrypt matches a long password by its first 72 bytes; the new hash covers all of it', async () => {
  const long = 'x'.repeat(72);
  const imported = await bcrypt.hash(`${long}first`, { cost: 4 });
  assert.equal((await verifyPassword(`${long}second`, imported)).ok, true);
  const own = await hashPassword(`${long}first`);
  assert.equal((await verifyPassword(`${long}second`, own)).ok, false);
});

test('weaker argon2 asks to be replaced, equivalent or stronger does not', async () => {
  const rehash = async (options: argon2.Options) =>
    (await verifyPassword(PASSWORD, await argon2.hash(PASSWORD, options))).rehash;
  assert.equal(await rehash({ memoryCost: 4096, timeCost: 2 }), true);
  assert.equal(await rehash({ memoryCost: 19456, timeCost: 1 }), true);
  assert.equal(await rehash({ memoryCost: 19456, timeCost: 2, algorithm: 1 }), true);
  assert.equal(await rehash({ memoryCost: 19456, timeCost: 3 }), false);
  assert.equal(await rehash({ memoryCost: 47104, timeCost: 1 }), false);
});

test('hashes that others made dear leave a thread to what else the pool has to do', async () => {
  const dear = await bcrypt.hash(PASSWORD, { cost: 12 });
  const order: string[] = [];
  const compare = () => verifyPassword(PASSWORD, dear).then(() => order.push('bcrypt'));
  const all = Array.from({ length: 5 }, compare);
  // As long as it takes for all that may to have begun.
  await sleep(20);
  await promisify(randomFill)(Buffer.alloc(16)).then(() => order.push('random'));
  await Promise.all(all);
  assert.equal(order[0], 'random');
});

test('an unknown, broken or unbearably expensive hash matches nothing', async () => {
  const salted = '$/gXM5x+L6CzLIg3nhmnOcg$0a1dIxWZkfV91FKUOCmMXwHG6gpGyBErbtbwZIVsDQQ';
  const refused = [
    '',
    'plain',
    '$1$md5$x',
    '$argon2id$v=19$m=19456',
    `$argon2id$v=19$m=4194304,t=1,p=1${salted}`,
    `$argon2id$v=19$m=19456,t=100000,p=1${salted}`,
    '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    '$2b$10$short',
  ];
  for (const stored of refused) {
    assert.equal((await verifyPassword('plain', stored)).ok, false, stored);
  }
  for (const stored of refused.slice(0, -1)) assert.equal(await acceptsHash(stored), false, stored);
  assert.equal(await acceptsHash(await hashPassword('x')), true);
});

test('an unknown user takes as long as a wrong password', async () => {
  const stored = await hashPassword(PASSWORD);
  const time = async (job: () => Promise<unknown>) => {
    const runs: number[] = [];
    for (let i = 0; i < 7; i++) {
      const start = performance.now();
      await job();
      runs.push(performance.now() - start);
    }
    return Math.min(...runs);
  };
  const wrong = await time(() => verifyPassword('wrong', stored));
  const unknown = await time(() => verifyNothing('wrong'));
  assert.ok(unknown > wrong / 2 && unknown < wrong * 2, `${unknown} ms against ${wrong} ms`);
});

test('the limiter runs so many at once, the rest in order, and survives failures', async () => {
  const limited = makeLimiter(2, 100);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const job = (n: number) =>
    limited(async () => {
      started.push(n);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      if (n % 3 === 0) throw new Error('failed');
    });
  const results = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => job(n)));
  assert.deepEqual(started, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(most, 2);
  assert.equal(results.filter((result) => result.status === 'rejected').length, 4);
});

test('results leave in groups while many wait, and at once when few do', async () => {
  const limited = makeLimiter(2, 4);
  const finish: (() => void)[] = [];
  let left = 0;
  const jobs = Array.from({ length: 12 }, () =>
    limited(() => new Promise<void>((resolve) => finish.push(resolve))).then(() => left++),
  );
  const leftAfter: number[] = [];
  for (let n = 0; n < jobs.length; n++) {
    while (finish.length === 0) await setImmediate();
    finish.shift()!();
    await setImmediate();
    leftAfter.push(left);
  }
  // Two run and ten wait: four are held until the fourth, then few wait.
  assert.deepEqual(leftAfter, [0, 0, 0, 4, 4, 4, 7, 8, 9, 10, 11, 12]);
});

test('no result is held for long because the next ones are slow', async () => {
  const limited = makeLimiter(1, 2);
  const first = limited(async () => 'quick');
  const slow = Array.from({ length: 3 }, () => limited(() => new Promise(() => {})));
  assert.equal(await Promise.race([first, ...slow]), 'quick');
});
