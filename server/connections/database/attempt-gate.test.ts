/** What comes at once at one account runs in turns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { inTurn } from './attempt-gate.ts';

/** An account that is closed after `limit` failures in a row, read and written as a database would be. */
function makeAccount(limit: number) {
  let failures = 0;
  const seen = { looked: 0, running: 0, most: 0 };
  const attempt = (name: string, right: boolean) =>
    inTurn(
      name,
      async () => {
        const read = failures;
        await turn();
        return limit - read;
      },
      async () => {
        seen.looked++;
        seen.running++;
        seen.most = Math.max(seen.most, seen.running);
        await turn();
        failures = right ? 0 : failures + 1;
        await turn();
        seen.running--;
        return right;
      },
    );
  return { attempt, seen };
}

test('of a hundred wrong ones as many are looked at as may fail', async () => {
  const { attempt, seen } = makeAccount(3);
  const results = await Promise.all(Array.from({ length: 100 }, () => attempt('wrong', false)));
  assert.equal(seen.looked, 3);
  assert.equal(results.filter((result) => result === undefined).length, 97);
});

test('a hundred right ones all pass, no more at once than may fail', async () => {
  const { attempt, seen } = makeAccount(3);
  const results = await Promise.all(Array.from({ length: 100 }, () => attempt('right', true)));
  assert.ok(results.every((result) => result?.done === true));
  assert.equal(seen.most, 3);
});

test('accounts do not wait for each other', async () => {
  const { attempt, seen } = makeAccount(1);
  await Promise.all(Array.from({ length: 20 }, (_, n) => attempt(`account ${n}`, true)));
  assert.equal(seen.most, 20);
});

test('one that throws lets the next one in', async () => {
  const failing = inTurn(
    'thrown',
    async () => 1,
    async () => {
      await turn();
      throw new Error('broken');
    },
  );
  const next = inTurn(
    'thrown',
    async () => 1,
    async () => 'in',
  );
  await assert.rejects(failing, /broken/);
  assert.deepEqual(await next, { done: 'in' });
});
