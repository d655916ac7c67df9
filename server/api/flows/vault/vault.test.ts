/** The operations of `/flows/vault/connections` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { textsAtRest } from '../../testing.ts';

const path = '/flows/vault/connections';
const bearer = { type: 'BEARER', token: 'token-in-the-clear' };

onEveryServer('Vault of flows', (server) => {
  test('a connection is made, read, changed and deleted', async () => {
    const made = await server.make('POST', path, { app_id: 'HTTP', name: 'First' });
    const { id, created_at, updated_at, fingerprint, ...rest } = made;
    assert.match(id, /^ac_\w{22}$/);
    assert.match(fingerprint, /^[0-9a-f]{32}$/);
    assert.deepEqual(rest, { app_id: 'HTTP', name: 'First', ready: false, refreshed_at: null });
    const { refreshed_at: _left, ...read } = made;
    assert.deepEqual(await server.make('GET', `${path}/${id}`), read);
    server.advance(1000);
    const changed = await server.make('PATCH', `${path}/${id}`, { setup: bearer });
    assert.equal(changed.ready, true);
    assert.equal('setup' in changed, false);
    assert.notEqual(changed.fingerprint, fingerprint);
    assert.notEqual(changed.updated_at, updated_at);
    const renamed = await server.make('PATCH', `${path}/${id}`, { name: 'Renamed' });
    assert.equal(renamed.ready, true);
    await server.make('DELETE', `${path}/${id}`);
    await server.make('DELETE', `${path}/${id}`);
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }]] as const) {
      const answer = await server.api(method, `${path}/${id}`, body);
      assert.deepEqual(answer.body, { statusCode: 404, error: 'Not Found', message: 'Connection not found' });
    }
    assert.equal(created_at, updated_at);
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('a connection that needs a consent is not ready', async () => {
    const setup = { type: 'OAUTH_CODE', code: 'x', redirect: 'as it is' };
    assert.equal((await server.make('POST', path, { app_id: 'SLACK', name: 'Consent', setup })).ready, false);
  });

  test('actions use connections that exist', async () => {
    const { id } = await server.make('POST', path, { app_id: 'HTTP', name: 'Used', setup: bearer });
    const params = { connection_id: id, url: 'https://api.example/' };
    const actions = [{ id: 'ask', type: 'HTTP', action: 'SEND_REQUEST', params }];
    await server.make('POST', '/flows', { name: 'User', actions });
  });

  test('lists are paged', async () => {
    await server.make('POST', path, {
      app_id: 'JWT',
      name: 'Keys',
      setup: { type: 'JWT', algorithm: 'ES256', key: 'k' },
    });
    const all = await server.make('GET', `${path}?page=0&per_page=50&include_totals=true`);
    assert.equal(all.total, all.connections.length);
    assert.deepEqual(await server.make('GET', `${path}?per_page=1`), [all.connections[0]]);
  });

  test('bad input is refused', async () => {
    const { id } = await server.make('POST', path, { app_id: 'STRIPE', name: 'Money' });
    const attempts: [string, string, object, RegExp][] = [
      ['POST', '', { name: 'Nameless' }, /Missing required property: app_id/],
      ['POST', '', { app_id: 'HTTP' }, /Missing required property: name/],
      ['POST', '', { app_id: 'FAX', name: 'x' }, /No enum match for: FAX/],
      ['POST', '', { app_id: 'HTTP', name: 'x', more: 1 }, /not allowed: more/],
      ['POST', '', { app_id: 'HTTP', name: 'x', setup: {} }, /Missing required property: type' on property setup/],
      ['POST', '', { app_id: 'HTTP', name: 'x', setup: { type: 'KEY_PAIR' } }, /No enum match for: KEY_PAIR/],
      ['POST', '', { app_id: 'HTTP', name: 'x', setup: { ...bearer, more: 1 } }, /not allowed: more/],
      ['POST', '', { app_id: 'ZAPIER', name: 'x', setup: { type: 'WEBHOOK', url: 'http://x.example' } }, /https-url/],
      ['PATCH', `/${id}`, { app_id: 'HTTP' }, /not allowed: app_id/],
      ['PATCH', `/${id}`, { setup: bearer }, /No enum match for: BEARER/],
      ['PATCH', `/${id}`, { setup: { type: 'KEY_PAIR', private_key: 'x' } }, /Missing required property: public_key/],
    ];
    for (const [method, rest, body, message] of attempts) {
      const answer = await server.api(method, `${path}${rest}`, body);
      assert.equal(answer.status, 400, `${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:flows_vault_connections');
    assert.equal((await server.api('POST', path, { app_id: 'HTTP', name: 'x' }, reader)).status, 403);
    assert.equal((await server.api('GET', path, undefined, await server.tokenWith('read:flows'))).status, 403);
  });
});
