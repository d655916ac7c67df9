/** The bound on a tenant's requests to the Management API, as SDKs see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../testing.ts';
import { makeRateLimiter } from './rate-limit.ts';

test('a window starts anew, and each tenant has its own', () => {
  const limiter = makeRateLimiter(2);
  assert.deepEqual(limiter.take('a', 1000), { limit: 2, remaining: 1, reset: 60 });
  assert.equal(limiter.take('a', 2000).remaining, 0);
  assert.equal(limiter.take('a', 3000).remaining, -1);
  assert.equal(limiter.take('b', 3000).remaining, 1);
  assert.deepEqual(limiter.take('a', 60_000), { limit: 2, remaining: 1, reset: 120 });
});

onEveryServer(
  'rate limit',
  (server) => {
    test('headers tell what is left; beyond it is a 429 until the next minute', async () => {
      // From the start of a minute, so that none ends meanwhile.
      server.advance(60_000 - (server.services.clock() % 60_000));
      const first = await server.api('GET', '/clients');
      assert.equal(first.headers.get('x-ratelimit-limit'), '5');
      assert.ok(Number(first.headers.get('x-ratelimit-reset')) > server.services.clock() / 1000);
      let last = first;
      for (let i = 0; i < 6; i++) last = await server.api('GET', '/clients');
      assert.equal(last.status, 429);
      assert.equal(last.body.errorCode, 'too_many_requests');
      assert.equal(last.headers.get('x-ratelimit-remaining'), '0');
      assert.ok(Number(last.headers.get('retry-after')) >= 1);
      server.advance(60_000);
      assert.equal((await server.api('GET', '/clients')).status, 200);
    });
  },
  { apiRateLimit: 5 },
);
