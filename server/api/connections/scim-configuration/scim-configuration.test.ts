/** The operations of `/connections/{id}/scim-configuration` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { textsAtRest } from '../../testing.ts';

onEveryServer('SCIM configurations', (server) => {
  let count = 0;
  const make = (strategy: string) => server.make('POST', '/connections', { name: `scim-${++count}`, strategy });
  const configured = async () => {
    const { id } = await make('okta');
    const path = `/connections/${id}/scim-configuration`;
    return { id, path, configuration: await server.make('POST', path) };
  };

  test('a configuration begins with the defaults, is changed and ended', async () => {
    const { id, path, configuration } = await configured();
    assert.equal(configuration.connection_id, id);
    assert.equal(configuration.strategy, 'okta');
    assert.equal(configuration.user_id_attribute, 'externalId');
    const { mapping } = await server.make('GET', `${path}/default-mapping`);
    assert.deepEqual(configuration.mapping, mapping);
    assert.deepEqual(await server.make('GET', path), configuration);

    const change = { user_id_attribute: 'userName', mapping: [{ auth0: 'email', scim: 'emails' }] };
    server.advance(1000);
    const changed = await server.make('PATCH', path, change);
    assert.deepEqual({ ...changed, ...change }, changed);
    assert.ok(changed.updated_on > changed.created_at);

    assert.equal((await server.api('DELETE', path)).status, 204);
    const gone = await server.api('GET', path);
    assert.deepEqual(gone.body, { statusCode: 404, error: 'Not Found', message: 'Not Found' });
    const own = { user_id_attribute: 'id', mapping: [{ auth0: 'a', scim: 'b' }] };
    const again = await server.make('POST', path, own);
    assert.deepEqual({ ...again, ...own }, again);
  });

  test('all configurations are listed, by checkpoints', async () => {
    const made = [await configured(), await configured()];
    const page = await server.make('GET', '/connections-scim-configurations?take=1');
    assert.equal(page.scim_configurations.length, 1);
    const rest = await server.make('GET', `/connections-scim-configurations?from=${page.next}`);
    const ids = [...page.scim_configurations, ...rest.scim_configurations].map(({ connection_id }) => connection_id);
    for (const { id } of made) assert.ok(ids.includes(id));
  });

  test('what is no configuration is refused', async () => {
    const database = await make('auth0');
    const { path } = await configured();
    const bare = `/connections/${(await make('samlp')).id}/scim-configuration`;
    for (const [method, where, body, status] of [
      ['POST', `/connections/${database.id}/scim-configuration`, undefined, 404],
      ['GET', `/connections/${database.id}/scim-configuration/default-mapping`, undefined, 404],
      ['POST', path, undefined, 409],
      ['POST', bare, { mapping: 'text' }, 400],
      ['POST', bare, { more: 1 }, 400],
      ['POST', bare, 'null-ish', 400],
      ['PATCH', path, { mapping: [] }, 400],
      ['PATCH', path, {}, 400],
      ['PATCH', bare, { user_id_attribute: 'a', mapping: [] }, 404],
      ['DELETE', '/connections/con_nobody/scim-configuration', undefined, 404],
      ['POST', `${path}/tokens`, { scopes: ['all'] }, 400],
      ['POST', `${path}/tokens`, { scopes: [] }, 400],
      ['POST', `${path}/tokens`, { token_lifetime: 1 }, 400],
      ['POST', `${bare}/tokens`, undefined, 404],
      ['GET', `${bare}/tokens`, undefined, 404],
      ['DELETE', `${path}/tokens/tok_nobody`, undefined, 404],
    ] as const) {
      const answer = await server.api(method, where, body);
      assert.equal(answer.status, status, `${method} ${where} ${JSON.stringify(body)}: ${answer.text}`);
    }
  });

  test('two tokens are made, shown once, and revoked', async () => {
    const { path } = await configured();
    const first = await server.make('POST', `${path}/tokens`);
    assert.ok(first.scopes.includes('get:users'));
    assert.equal(first.valid_until, undefined);
    const second = await server.make('POST', `${path}/tokens`, { scopes: ['get:users'], token_lifetime: 900 });
    assert.equal(Date.parse(second.valid_until) - Date.parse(second.created_at), 900_000);
    assert.equal((await server.api('POST', `${path}/tokens`)).status, 409);
    const listed = await server.make('GET', `${path}/tokens`);
    assert.deepEqual(
      listed.map(({ token_id }: { token_id: string }) => token_id),
      [first.token_id, second.token_id],
    );
    assert.doesNotMatch(JSON.stringify(listed), new RegExp(first.token));
    for (const text of await textsAtRest(server)) assert.ok(!text.includes(first.token), text.slice(0, 200));

    const other = await configured();
    assert.equal((await server.api('DELETE', `${other.path}/tokens/${first.token_id}`)).status, 404);
    assert.equal((await server.api('DELETE', `${path}/tokens/${first.token_id}`)).status, 204);
    assert.equal((await server.make('GET', `${path}/tokens`)).length, 1);
    await server.make('DELETE', path);
    await server.make('POST', path);
    assert.deepEqual(await server.make('GET', `${path}/tokens`), [], 'tokens went with the configuration');
  });

  test('a configuration goes with its connection', async () => {
    const { id } = await configured();
    await server.make('DELETE', `/connections/${id}`);
    const { scim_configurations } = await server.make('GET', '/connections-scim-configurations?take=100');
    assert.ok(!scim_configurations.some((one: { connection_id: string }) => one.connection_id === id));
  });
});
