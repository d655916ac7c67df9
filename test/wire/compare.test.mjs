import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, describe } from './compare.mjs';

test('an area passes at its level and fails below it', () => {
  const results = compare(
    { clients: 90, roles: 90 },
    { clients: { scored: 10, passed: 9 }, roles: { scored: 10, passed: 8 } },
  );
  assert.deepEqual(describe(results), [
    '✔ clients  90.0 % (9 of 10), at least 90 %',
    '✖ roles    80.0 % (8 of 10), at least 90 %',
  ]);
  assert.deepEqual(
    results.map(({ well }) => well),
    [true, false],
  );
});

test('an area with a level that was not scored fails; one without a level is only told of', () => {
  const results = compare({ clients: 90 }, { hooks: { scored: 4, passed: 0 } });
  assert.deepEqual(describe(results), [
    '✖ clients  nothing was scored, at least 90 %',
    '· hooks    0.0 % (0 of 4), no level yet',
  ]);
});
