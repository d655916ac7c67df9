import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeHmac } from './hmac.ts';

test('the digest is that of createHmac, for keys and texts of any length', () => {
  for (const length of [0, 1, 32, 63, 64]) {
    const key = randomBytes(length);
    const digest = makeHmac(key);
    for (const text of ['', 'a', 'Ünïcødé \u{1f511}', 'x'.repeat(1000)]) {
      assert.equal(digest(text), createHmac('sha256', key).update(text).digest('base64url'));
    }
  }
  assert.throws(() => makeHmac(randomBytes(65)), RangeError);
});
