/** The operations of `/token-exchange-profiles` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Token exchange profiles', (server) => {
  const path = '/token-exchange-profiles';
  let count = 0;
  let action: Promise<{ id: string }> | undefined;
  const body = async (more: object = {}) => {
    action ??= server.make('POST', '/actions/actions', {
      name: 'Judge',
      supported_triggers: [{ id: 'custom-token-exchange', version: 'v1' }],
      code: 'exports.onExecuteCustomTokenExchange = async () => {};',
    });
    return {
      name: `Profile ${++count}`,
      subject_token_type: `https://example.com/token-${count}`,
      action_id: (await action).id,
      type: 'custom_authentication',
      ...more,
    };
  };

  test('a profile is made, found by checkpoints, changed and deleted', async () => {
    const sent = await body();
    const made = await server.make('POST', path, sent);
    assert.match(made.id, /^tep_\w{16}$/);
    assert.deepEqual({ ...made, ...sent }, made);
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    await server.make('POST', path, await body());
    const first = await server.make('GET', `${path}?take=1`);
    const rest = await server.make('GET', `${path}?from=${first.next}`);
    assert.equal(first.token_exchange_profiles[0].id, made.id);
    assert.equal(rest.token_exchange_profiles.length, 1);

    server.advance(1000);
    const changed = await server.make('PATCH', `${path}/${made.id}`, { subject_token_type: 'urn:example:token' });
    assert.equal(changed.subject_token_type, 'urn:example:token');
    assert.equal(changed.name, made.name);
    assert.ok(changed.updated_at > made.updated_at);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
    const gone = await server.api('GET', `${path}/${made.id}`);
    assert.equal(gone.status, 404);
    assert.equal(gone.body.message, 'Token exchange profile not found.');
  });

  test('what is no profile is refused', async () => {
    const made = await server.make('POST', path, await body());
    const other = await server.make('POST', path, await body());
    const { subject_token_type } = made;
    for (const [method, where, sent, status] of [
      ['POST', path, {}, 400],
      ['POST', path, await body({ type: 'custom' }), 400],
      ['POST', path, await body({ name: 'x' }), 400],
      ['POST', path, await body({ subject_token_type: 'no address' }), 400],
      ['POST', path, await body({ subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' }), 400],
      ['POST', path, await body({ subject_token_type: 'https://auth0.com/token' }), 400],
      ['POST', path, await body({ more: 1 }), 400],
      ['POST', path, await body({ action_id: 'nobody' }), 400],
      ['POST', path, await body({ subject_token_type }), 409],
      ['PATCH', `${path}/${other.id}`, { subject_token_type }, 409],
      ['PATCH', `${path}/${other.id}`, {}, 400],
      ['PATCH', `${path}/${other.id}`, { action_id: 'other' }, 400],
      ['PATCH', `${path}/nobody`, { name: 'Other' }, 404],
    ] as const) {
      const answer = await server.api(method, where, sent);
      assert.equal(answer.status, status, `${method} ${where} ${JSON.stringify(sent)}: ${answer.text}`);
    }
  });

  test('a profile goes with its action', async () => {
    const made = await server.make('POST', path, await body());
    await server.make('DELETE', `/actions/actions/${made.action_id}`);
    assert.equal((await server.api('GET', `${path}/${made.id}`)).status, 404);
  });
});
