/** The operations of `/rate-limit-policies` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const path = '/rate-limit-policies';
const policy = (consumer_selector: string, configuration: object = { action: 'block', limit: 100 }) => ({
  resource: 'oauth_authentication_api',
  consumer: 'client',
  consumer_selector,
  configuration,
});

onEveryServer('Rate limit policies', (server) => {
  test('a policy is made, read, changed and deleted', async () => {
    const made = await server.make('POST', path, policy('default'));
    assert.match(made.id, /^rlp_\w{21,22}$/);
    assert.deepEqual({ ...policy('default'), ...made }, made);
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    server.advance(1000);
    const configuration = { action: 'redirect', limit: 5, redirect_uri: 'https://busy.example/' };
    const changed = await server.make('PATCH', `${path}/${made.id}`, { configuration });
    assert.deepEqual(changed.configuration, configuration);
    assert.notEqual(changed.updated_at, made.updated_at);
    assert.equal(changed.created_at, made.created_at);
    await server.make('DELETE', `${path}/${made.id}`);
    for (const [method, body] of [['GET'], ['PATCH', { configuration }], ['DELETE']] as const) {
      const answer = await server.api(method, `${path}/${made.id}`, body);
      assert.equal(answer.status, 404, method);
      assert.equal(answer.body.errorCode, 'inexistent_rate_limit_policy');
    }
  });

  test('there is one policy for each selector', async () => {
    await server.make('POST', path, policy('third_party_clients'));
    const again = await server.api('POST', path, policy('third_party_clients', { action: 'allow' }));
    assert.equal(again.status, 409);
  });

  test('lists are filtered and go on from a checkpoint', async () => {
    const client = await server.make('POST', '/clients', { name: 'Limited' });
    const own = await server.make('POST', path, policy(`client_id:${client.client_id}`, { action: 'log', limit: 1 }));
    const first = await server.make('GET', `${path}?take=1&resource=oauth_authentication_api`);
    assert.equal(first.rate_limit_policies.length, 1);
    const rest = await server.make('GET', `${path}?take=1&from=${first.next}`);
    assert.deepEqual(rest, { rate_limit_policies: [own] });
    const found = await server.make('GET', `${path}?consumer_selector=client_id:${client.client_id}`);
    assert.deepEqual(found, { rate_limit_policies: [own] });
    assert.equal((await server.api('GET', `${path}?consumer=user`)).body.errorCode, 'invalid_query_string');
  });

  test('the policy of a client goes with the client', async () => {
    const client = await server.make('POST', '/clients', { name: 'Short-lived' });
    const { id } = await server.make('POST', path, policy(`client_id:${client.client_id}`));
    await server.make('DELETE', `/clients/${client.client_id}`);
    assert.equal((await server.api('GET', `${path}/${id}`)).status, 404);
  });

  test('bad input is refused', async () => {
    const { consumer: _left, ...incomplete } = policy('cimd_clients');
    const bodies: [object, RegExp][] = [
      [incomplete, /Missing required property: consumer/],
      [{ ...policy('cimd_clients'), more: 1 }, /Additional properties not allowed: more/],
      [policy('nobody'), /does not match pattern/],
      [policy('client_id:unknown'), /client of consumer_selector does not exist/],
      [policy('cimd_clients', { action: 'block' }), /Missing required property: limit/],
      [policy('cimd_clients', { action: 'allow', limit: 1 }), /not allowed: limit/],
      [policy('cimd_clients', { action: 'block', limit: -1 }), /less than minimum 0/],
      [policy('cimd_clients', { action: 'redirect', limit: 1, redirect_uri: 'http://plain.example' }), /https-url/],
    ];
    for (const [body, message] of bodies) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:rate_limit_policies');
    assert.equal((await server.api('POST', path, policy('cimd_clients'), reader)).status, 403);
  });
});
