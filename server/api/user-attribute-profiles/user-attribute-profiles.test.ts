/** The operations of `/user-attribute-profiles` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const EMAIL = { description: 'Address', label: 'E-mail', profile_required: true, auth0_mapping: 'email' };

onEveryServer('User attribute profiles', (server) => {
  const path = '/user-attribute-profiles';
  let count = 0;
  const body = (more: object = {}) => ({ name: `Profile ${++count}`, user_attributes: { email: EMAIL }, ...more });

  test('a profile is made with the default id, changed and deleted', async () => {
    const made = await server.make('POST', path, body());
    assert.match(made.id, /^uap_\w{22}$/);
    assert.equal(made.user_id.oidc_mapping, 'sub');
    assert.equal(made.user_id.scim_mapping, 'externalId');
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    const own = await server.make('PATCH', `${path}/${made.id}`, { user_id: { scim_mapping: 'userName' } });
    assert.deepEqual(own.user_id, { ...made.user_id, scim_mapping: 'userName' });
    const overrides = { okta: { oidc_mapping: { mapping: 'mail' } } };
    const changed = await server.make('PATCH', `${path}/${made.id}`, {
      user_id: null,
      user_attributes: { email: { ...EMAIL, strategy_overrides: overrides } },
    });
    assert.deepEqual(changed.user_id, made.user_id);
    assert.deepEqual(changed.user_attributes.email.strategy_overrides, overrides);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
    assert.equal((await server.api('GET', `${path}/${made.id}`)).status, 404);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
  });

  test('a template can be sent back as it is', async () => {
    const { user_attribute_profile_templates: templates } = await server.make('GET', `${path}/templates`);
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
    const ids = [...first.user_attribute_profiles, ...rest.user_attribute_profiles].map(({ id }) => id);
    for (const { id } of made) assert.ok(ids.includes(id));
  });

  test('what is no profile is refused', async () => {
    const { id, name } = await server.make('POST', path, body());
    const other = await server.make('POST', path, body());
    for (const [method, where, sent, status] of [
      ['POST', path, {}, 400],
      ['POST', path, { name: 'x' }, 400],
      ['POST', path, body({ user_attributes: {} }), 400],
      ['POST', path, body({ user_attributes: { email: { label: 'x' } } }), 400],
      ['POST', path, body({ user_attributes: { email: { ...EMAIL, more: 1 } } }), 400],
      ['POST', path, body({ user_id: { oidc_mapping: 'email' } }), 400],
      ['POST', path, body({ user_id: { strategy_overrides: { none: {} } } }), 400],
      ['POST', path, body({ name: 7 }), 400],
      ['POST', path, body({ name }), 409],
      ['PATCH', `${path}/${other.id}`, { name }, 409],
      ['PATCH', `${path}/${id}`, { id: 'uap_other' }, 400],
      ['PATCH', `${path}/nobody`, {}, 404],
    ] as const) {
      const answer = await server.api(method, where, sent);
      assert.equal(answer.status, status, `${method} ${where} ${JSON.stringify(sent)}: ${answer.text}`);
    }
  });
});
