/** The connections of an organization, by the newer operations and by the older ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { makers } from '../testing.ts';

onEveryServer('Connections of organizations', (server) => {
  const make = makers(server);

  test('a connection is added, read, changed and removed', async () => {
    const organization = await make.organization();
    const connection = await make.connection();
    const path = `/organizations/${organization.id}/connections`;
    const added = await server.api('POST', path, { connection_id: connection.id });
    assert.equal(added.status, 201);
    const shown = {
      connection_id: connection.id,
      assign_membership_on_login: false,
      show_as_button: true,
      is_signup_enabled: false,
      organization_access_level: 'none',
      is_enabled: true,
      connection: { name: connection.name, strategy: 'auth0' },
    };
    assert.deepEqual(added.body, shown);
    assert.deepEqual(await server.make('GET', `${path}/${connection.id}`), shown);
    const changed = await server.make('PATCH', `${path}/${connection.id}`, {
      organization_connection_name: 'Staff',
      assign_membership_on_login: true,
      is_signup_enabled: true,
      organization_access_level: 'full',
      is_enabled: false,
    });
    assert.deepEqual(changed, {
      ...shown,
      organization_connection_name: 'Staff',
      assign_membership_on_login: true,
      is_signup_enabled: true,
      organization_access_level: 'full',
      is_enabled: false,
    });
    const back = await server.make('PATCH', `${path}/${connection.id}`, {
      organization_connection_name: null,
      organization_access_level: null,
      is_enabled: null,
      assign_membership_on_login: false,
      is_signup_enabled: false,
    });
    assert.deepEqual(back, shown);
    // Once more is no error.
    for (let i = 0; i < 2; i++) assert.equal((await server.api('DELETE', `${path}/${connection.id}`)).status, 204);
    const gone = await server.api('GET', `${path}/${connection.id}`);
    assert.deepEqual([gone.status, gone.body.errorCode], [404, 'inexistent_connection']);
    assert.equal((await server.api('PATCH', `${path}/${connection.id}`, {})).status, 404);
  });

  test('sign-up is for database connections that assign membership', async () => {
    const { id } = await make.organization();
    const social = await make.connection('google-oauth2');
    const database = await make.connection();
    const path = `/organizations/${id}/connections`;
    const added = await server.make('POST', path, { connection_id: social.id });
    assert.equal('is_signup_enabled' in added, false);
    for (const [method, at, body] of [
      ['PATCH', `${path}/${social.id}`, { is_signup_enabled: true, assign_membership_on_login: true }],
      ['POST', path, { connection_id: database.id, is_signup_enabled: true }],
    ] as const) {
      const refused = await server.api(method, at, body);
      assert.equal(refused.status, 400);
      assert.match(refused.body.message, /is_signup_enabled/);
    }
    await server.make('POST', path, {
      connection_id: database.id,
      is_signup_enabled: true,
      assign_membership_on_login: true,
    });
    const without = { assign_membership_on_login: false };
    assert.equal((await server.api('PATCH', `${path}/${database.id}`, without)).status, 400);
  });

  test('lists hold all, or those that are enabled, by page', async () => {
    const { id } = await make.organization();
    const connections = [await make.connection(), await make.connection('google-oauth2'), await make.connection()];
    const [on, off, last] = connections.map((connection) => connection.id);
    for (const { id: connection_id } of connections) {
      const body = { connection_id, is_enabled: connection_id !== off };
      await server.make('POST', `/organizations/${id}/connections`, body);
    }
    const list = async (path: string, plural: string) => {
      const answer = await server.make('GET', `/organizations/${id}/${path}`);
      return (answer[plural] ?? answer).map((item: { connection_id: string }) => item.connection_id);
    };
    assert.deepEqual(await list('connections', 'connections'), [on, off, last]);
    assert.deepEqual(await list('connections?is_enabled=true', 'connections'), [on, last]);
    assert.deepEqual(await list('connections?is_enabled=false', 'connections'), [off]);
    assert.deepEqual(await list('connections?per_page=1&page=1&include_totals=true', 'connections'), [off]);
    assert.deepEqual(await list('enabled_connections', 'enabled_connections'), [on, last]);
    const totals = await server.make('GET', `/organizations/${id}/enabled_connections?include_totals=true&per_page=1`);
    assert.deepEqual([totals.total, totals.limit, totals.enabled_connections.length], [2, 1, 1]);
    assert.equal((await server.api('GET', `/organizations/${id}/connections?is_enabled=x`)).status, 400);
  });

  test('the older operations enable, change and disable', async () => {
    const { id } = await make.organization();
    const connection = await make.connection('google-oauth2');
    const path = `/organizations/${id}/enabled_connections`;
    const added = await server.api('POST', path, { connection_id: connection.id, show_as_button: false });
    assert.equal(added.status, 201);
    const shown = {
      connection_id: connection.id,
      assign_membership_on_login: false,
      show_as_button: false,
      connection: { name: connection.name, strategy: 'google-oauth2' },
    };
    assert.deepEqual(added.body, shown);
    const changed = await server.make('PATCH', `${path}/${connection.id}`, { assign_membership_on_login: true });
    assert.deepEqual(changed, { ...shown, assign_membership_on_login: true });
    assert.deepEqual(await server.make('GET', `${path}/${connection.id}`), changed);
    await server.make('PATCH', `/organizations/${id}/connections/${connection.id}`, { is_enabled: false });
    assert.equal((await server.api('GET', `${path}/${connection.id}`)).status, 404);
    assert.equal((await server.api('PATCH', `${path}/${connection.id}`, {})).status, 404);
    assert.equal((await server.api('DELETE', `${path}/${connection.id}`)).status, 204);
    assert.deepEqual(await server.make('GET', `/organizations/${id}/connections`), []);
  });

  test('bad requests are refused by both', async () => {
    const { id } = await make.organization();
    const connection = await make.connection();
    for (const name of ['connections', 'enabled_connections']) {
      const path = `/organizations/${id}/${name}`;
      for (const [body, told] of [
        [{}, /Missing required property: connection_id/],
        [{ connection_id: 1 }, /Expected type string/],
        [{ connection_id: connection.id, color: 1 }, /Additional properties not allowed/],
        [{ connection_id: connection.id, show_as_button: 'yes' }, /Expected type boolean/],
        [{ connection_id: 'con_unknown' }, /does not exist/],
      ] as const) {
        const answer = await server.api('POST', path, body);
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.match(answer.body.message, told);
      }
      await server.make('POST', path, { connection_id: connection.id });
      const again = await server.api('POST', path, { connection_id: connection.id });
      assert.deepEqual([again.status, again.body.errorCode], [409, 'organization_connection_conflict']);
      await server.make('DELETE', `${path}/${connection.id}`);
      const elsewhere = `/organizations/org_unknown/${name}`;
      for (const [method, at, body] of [
        ['GET', ''],
        ['POST', '', { connection_id: connection.id }],
        ['GET', `/${connection.id}`],
        ['PATCH', `/${connection.id}`, {}],
        ['DELETE', `/${connection.id}`],
      ] as const) {
        const answer = await server.api(method, elsewhere + at, body);
        assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_organization'], method);
      }
      const reader = await server.tokenWith('read:organization_connections');
      assert.equal((await server.api('GET', path, undefined, reader)).status, 200);
      assert.equal((await server.api('POST', path, { connection_id: connection.id }, reader)).status, 403);
    }
  });

  test('a connection that is deleted is gone from organizations', async () => {
    const { id } = await make.organization();
    const connection = await make.connection();
    await server.make('POST', `/organizations/${id}/connections`, { connection_id: connection.id });
    await server.make('DELETE', `/connections/${connection.id}`);
    assert.deepEqual(await server.make('GET', `/organizations/${id}/connections`), []);
  });
});
