/** The operations of `/supplemental-signals` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Supplemental signals', (server) => {
  const path = '/supplemental-signals';

  test('they are off until they are turned on', async () => {
    assert.deepEqual(await server.make('GET', path), { akamai_enabled: false });
    assert.deepEqual(await server.make('PATCH', path, { akamai_enabled: true }), { akamai_enabled: true });
    assert.deepEqual(await server.make('GET', path), { akamai_enabled: true });
  });

  test('other types, unknown and missing properties are refused', async () => {
    for (const body of [{ akamai_enabled: 'yes' }, {}, { akamai_enabled: true, other: 1 }]) {
      const answer = await server.api('PATCH', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
  });
});
