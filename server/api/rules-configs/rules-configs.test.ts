/** The operations of `/rules-configs` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

onEveryServer('Configuration of rules', (server) => {
  test('a value is set, replaced and deleted; only its key is listed', async () => {
    assert.deepEqual(await server.make('PUT', '/rules-configs/SLACK_URL', { value: 'first' }), {
      key: 'SLACK_URL',
      value: 'first',
    });
    await server.make('PUT', '/rules-configs/SLACK_URL', { value: '' });
    await server.make('PUT', '/rules-configs/a:b@c', { value: 'second' });
    const expected = [{ key: 'SLACK_URL' }, { key: 'a:b@c' }];
    assert.deepEqual(await server.make('GET', '/rules-configs'), expected);
    assert.deepEqual(await server.make('GET', '/rules-configs?include_totals=true&per_page=50'), expected);
    await server.make('DELETE', '/rules-configs/SLACK_URL');
    await server.make('DELETE', '/rules-configs/SLACK_URL');
    assert.deepEqual(await server.make('GET', '/rules-configs'), [{ key: 'a:b@c' }]);
  });

  test('values are sealed in the database and masked in log events', async () => {
    await server.make('PUT', '/rules-configs/SECRET', { value: 'hunter2-in-the-clear' });
    const texts = await textsAtRest(server);
    assert.ok(texts.some((text) => text.includes('SECRET')));
    assert.ok(texts.every((text) => !text.includes('hunter2-in-the-clear')));
  });

  test('bad input is refused', async () => {
    const attempts: [string, unknown, RegExp][] = [
      ['KEY', {}, /Missing required property: value/],
      ['KEY', { value: 1 }, /Expected type string but found type integer/],
      ['KEY', { value: 'x', key: 'OTHER' }, /not allowed: key/],
      ['no%20space', { value: 'x' }, /does not match pattern/],
      ['x'.repeat(128), { value: 'x' }, /too long/],
    ];
    for (const [key, body, message] of attempts) {
      const answer = await server.api('PUT', `/rules-configs/${key}`, body);
      assert.equal(answer.status, 400, key);
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:rules_configs');
    assert.equal((await server.api('DELETE', '/rules-configs/KEY', undefined, reader)).status, 403);
  });
});
