/** The operations of `/self-service-profiles` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

onEveryServer('Self-service profiles', (server) => {
  const path = '/self-service-profiles';
  const attributes = [{ name: 'email', description: 'Address', is_optional: false }];
  const make = (more: object = {}) => server.make('POST', path, { name: 'Profile', ...more });

  test('a profile is made, changed and deleted', async () => {
    const sent = {
      name: 'First',
      description: 'For customers',
      allowed_strategies: ['oidc'],
      user_attributes: attributes,
      branding: { logo_url: 'https://example.com/logo.png', colors: { primary: '#abc' } },
    };
    const made = await make(sent);
    assert.match(made.id, /^ssp_\w{22}$/);
    assert.deepEqual({ ...made, ...sent }, made);
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    server.advance(1000);
    const changed = await server.make('PATCH', `${path}/${made.id}`, { description: null, user_attributes: null });
    assert.equal(changed.description, undefined);
    assert.deepEqual(changed.user_attributes, []);
    assert.ok(changed.updated_at > made.updated_at);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
    const gone = await server.api('GET', `${path}/${made.id}`);
    assert.equal(gone.body.message, `Profile with ID: ${made.id} not found`);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
  });

  test('profiles are listed by pages', async () => {
    const made = [await make(), await make()];
    const page = await server.make('GET', `${path}?include_totals=true&per_page=1&page=1`);
    assert.equal(page.start, 1);
    assert.equal(page.limit, 1);
    assert.equal(page.self_service_profiles.length, 1);
    const all = (await server.make('GET', path)).map(({ id }: { id: string }) => id);
    for (const { id } of made) assert.ok(all.includes(id));
  });

  test('attributes come from a profile of attributes, until that is gone', async () => {
    const attributeProfile = await server.make('POST', '/user-attribute-profiles', {
      name: 'For self-service',
      user_attributes: { email: { description: 'a', label: 'b', profile_required: true, auth0_mapping: 'email' } },
    });
    const user_attribute_profile_id = attributeProfile.id;
    const made = await make({ user_attribute_profile_id });
    assert.equal(made.user_attribute_profile_id, user_attribute_profile_id);
    const both = await server.api('PATCH', `${path}/${made.id}`, { user_attributes: attributes });
    assert.equal(both.status, 400);
    const none = await server.api('POST', path, { name: 'x', user_attribute_profile_id: 'uap_nobody' });
    assert.equal(none.body.errorCode, 'inexistent_user_attribute_profile');
    await server.make('DELETE', `/user-attribute-profiles/${user_attribute_profile_id}`);
    assert.equal((await server.make('GET', `${path}/${made.id}`)).user_attribute_profile_id, undefined);
  });

  test('texts of a page are kept, replaced and gone with the profile', async () => {
    const { id } = await make();
    const texts = `${path}/${id}/custom-text/en/get-started`;
    assert.deepEqual(await server.make('GET', texts), {});
    assert.deepEqual(await server.make('PUT', texts, { introduction: 'Hello' }), { introduction: 'Hello' });
    assert.deepEqual(await server.make('GET', texts), { introduction: 'Hello' });
    assert.deepEqual(await server.make('PUT', texts, {}), {});
    assert.deepEqual(await server.make('GET', texts), {});
    for (const [where, body, status] of [
      [texts, { introduction: 7 }, 400],
      [texts, [], 400],
      [`${path}/${id}/custom-text/de/get-started`, {}, 400],
      [`${path}/${id}/custom-text/en/other`, {}, 400],
      [`${path}/nobody/custom-text/en/get-started`, {}, 404],
    ] as const) {
      assert.equal((await server.api('PUT', where, body)).status, status, `${where} ${JSON.stringify(body)}`);
    }
  });

  test('a ticket is made for one connection, kept as a hash, and revoked', async () => {
    const { id } = await make();
    const connection = await server.make('POST', '/connections', { name: 'for-ticket', strategy: 'oidc' });
    const { client_id } = await server.make('POST', '/clients', { name: 'App', app_type: 'spa' });
    const sent = { connection_id: connection.id, enabled_clients: [client_id], ttl_sec: 60 };
    const { ticket } = await server.make('POST', `${path}/${id}/sso-ticket`, sent);
    const secret = new URL(ticket).searchParams.get('ticket')!;
    assert.ok(ticket.startsWith(server.issuer) && secret.length > 20);
    for (const text of await textsAtRest(server)) assert.ok(!text.includes(secret), text.slice(0, 200));
    await server.make('POST', `${path}/${id}/sso-ticket`, { connection_config: { name: 'will-be' } });
    const tickets = async () => {
      const { read } = server.services.database;
      return (await read.query(read.build.selectFrom('documents').select('id').where('kind', '=', 'sso_ticket')))
        .length;
    };
    assert.equal(await tickets(), 2);
    assert.equal((await server.api('POST', `${path}/nobody/sso-ticket/${secret}/revoke`)).status, 202);
    assert.equal(await tickets(), 2, 'only the profile of a ticket revokes it');
    assert.equal((await server.api('POST', `${path}/${id}/sso-ticket/${secret}/revoke`)).status, 202);
    assert.equal(await tickets(), 1);
    await server.make('POST', `${path}/${id}/sso-ticket`, sent);
    server.advance(61_000);
    await server.make('POST', `${path}/${id}/sso-ticket`, sent);
    assert.equal(await tickets(), 2, 'an expired one is gone');
    await server.make('DELETE', `/connections/${connection.id}`);
    assert.equal(await tickets(), 1);
    await server.make('DELETE', `${path}/${id}`);
    assert.equal(await tickets(), 0);
  });

  test('what is no profile and no ticket is refused', async () => {
    const { id } = await make();
    const { name } = await server.make('POST', '/connections', { name: 'taken', strategy: 'oidc' });
    for (const [method, where, sent, status] of [
      ['POST', path, {}, 400],
      ['POST', path, { name: 'x', more: 1 }, 400],
      ['POST', path, { name: 'x', allowed_strategies: ['auth0'] }, 400],
      ['POST', path, { name: 'x', allowed_strategies: [] }, 400],
      ['POST', path, { name: 'x', branding: { logo_url: 'http://plain' } }, 400],
      ['POST', path, { name: 'x', branding: { colors: { primary: 'red' } } }, 400],
      ['POST', path, { name: 'x', user_attributes: [{ name: 'a' }] }, 400],
      ['PATCH', `${path}/${id}`, { name: '' }, 400],
      ['PATCH', `${path}/nobody`, {}, 404],
      ['POST', `${path}/${id}/sso-ticket`, {}, 400],
      ['POST', `${path}/${id}/sso-ticket`, { connection_id: 'con_nobody' }, 400],
      ['POST', `${path}/${id}/sso-ticket`, { connection_config: { name } }, 409],
      ['POST', `${path}/${id}/sso-ticket`, { connection_config: { name: 'a', options: { more: 1 } } }, 400],
      ['POST', `${path}/${id}/sso-ticket`, { connection_config: { name: 'a' }, enabled_clients: ['nobody'] }, 400],
      ['POST', `${path}/${id}/sso-ticket`, { connection_config: { name: 'a' }, ttl_sec: 432_001 }, 400],
      ['POST', `${path}/nobody/sso-ticket`, { connection_config: { name: 'a' } }, 404],
    ] as const) {
      const answer = await server.api(method, where, sent);
      assert.equal(answer.status, status, `${method} ${where} ${JSON.stringify(sent)}: ${answer.text}`);
    }
  });

  test('there are twenty profiles at most', async () => {
    let status = 201;
    for (let made = 0; made < 21 && status === 201; made++) {
      status = (await server.api('POST', path, { name: `Many ${made}` })).status;
    }
    assert.equal(status, 409);
    const { total } = await server.make('GET', `${path}?include_totals=true`);
    assert.equal(total, 20);
  });
});
