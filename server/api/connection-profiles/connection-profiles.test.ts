/** The operations of `/connection-profiles` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Connection profiles', (server) => {
  const path = '/connection-profiles';
  let count = 0;
  const body = (more: object = {}) => ({ name: `Profile ${++count}`, ...more });

  test('a profile is made, changed and deleted', async () => {
    const sent = body({
      organization: { show_as_button: 'required' },
      connection_name_prefix_template: 'con-{org_id}-',
      enabled_features: ['scim'],
    });
    const made = await server.make('POST', path, sent);
    assert.match(made.id, /^cop_\w{22}$/);
    assert.deepEqual({ ...made, ...sent, connection_config: null, strategy_overrides: null }, made);
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    const overrides = { okta: { enabled_features: ['universal_logout'] } };
    const changed = await server.make('PATCH', `${path}/${made.id}`, {
      strategy_overrides: overrides,
      organization: null,
    });
    assert.deepEqual(changed.strategy_overrides, overrides);
    assert.equal(changed.organization, undefined);
    assert.deepEqual(changed.enabled_features, ['scim']);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
    assert.equal((await server.api('GET', `${path}/${made.id}`)).status, 404);
  });

  test('a template can be sent back as it is', async () => {
    const { connection_profile_templates: templates } = await server.make('GET', `${path}/templates`);
    assert.ok(templates.length > 0);
    for (const { id, template } of templates) {
      assert.deepEqual((await server.make('GET', `${path}/templates/${id}`)).template, template);
      const made = await server.make('POST', path, template);
      assert.deepEqual({ ...made, ...template }, made);
    }
    assert.equal((await server.api('GET', `${path}/templates/none`)).status, 404);
  });

  test('profiles are listed by checkpoints', async () => {
    const made = [await server.make('POST', path, body()), await server.make('POST', path, body())];
    const first = await server.make('GET', `${path}?take=1`);
    const rest = await server.make('GET', `${path}?from=${first.next}`);
    const ids = [...first.connection_profiles, ...rest.connection_profiles].map(({ id }) => id);
    for (const { id } of made) assert.ok(ids.includes(id));
  });

  test('what is no profile is refused', async () => {
    const { name } = await server.make('POST', path, body());
    const other = await server.make('POST', path, body());
    for (const [method, where, sent, status] of [
      ['POST', path, {}, 400],
      ['POST', path, body({ more: 1 }), 400],
      ['POST', path, body({ connection_name_prefix_template: '-a' }), 400],
      ['POST', path, body({ connection_name_prefix_template: 'a--b' }), 400],
      ['POST', path, body({ connection_name_prefix_template: '{other}' }), 400],
      ['POST', path, body({ enabled_features: ['none'] }), 400],
      ['POST', path, body({ organization: { show_as_button: 'sometimes' } }), 400],
      ['POST', path, body({ connection_config: { a: 1 } }), 400],
      ['POST', path, body({ strategy_overrides: { auth0: {} } }), 400],
      ['POST', path, { name }, 409],
      ['PATCH', `${path}/${other.id}`, { name }, 409],
      ['PATCH', `${path}/nobody`, {}, 404],
    ] as const) {
      const answer = await server.api(method, where, sent);
      assert.equal(answer.status, status, `${method} ${where} ${JSON.stringify(sent)}: ${answer.text}`);
    }
  });
});
