/** The operations of `/connections` over HTTP: every strategy, what is refused, what is kept, what goes along. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';
import { STRATEGY_NAMES, strategyOf } from './strategies/table.ts';

const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBzTCCAXOgAwIBAgIUPbQC+Q4qR1Vx2m1uYw2ZqZ3m2l0wCgYIKoZIzj0EAwIw
-----END CERTIFICATE-----`;

onEveryServer('Connections', (server) => {
  let count = 0;
  const named = (strategy: string, more: object = {}) => ({ name: `test-${++count}`, strategy, ...more });
  const make = (strategy: string, more: object = {}) => server.make('POST', '/connections', named(strategy, more));
  const refused = async (method: string, path: string, body: unknown, code = 'invalid_body', status = 400) => {
    const answer = await server.api(method, path, body);
    assert.equal(answer.status, status, `${JSON.stringify(body)}: ${answer.text}`);
    assert.equal(answer.body.errorCode, code);
    return answer.body.message as string;
  };

  test('there is a connection of every strategy, and it is found, changed and deleted', async () => {
    for (const strategy of STRATEGY_NAMES) {
      const made = await make(strategy, { enabled_clients: [], metadata: { a: 'b', gone: null } });
      assert.match(made.id, /^con_\w{16}$/);
      assert.deepEqual(made.realms, [made.name]);
      assert.deepEqual(made.metadata, { a: 'b' });
      assert.deepEqual(await server.make('GET', `/connections/${made.id}`), made);
      const options = { ...made.options, upstream_params: { screen_name: { alias: 'login_hint' } } };
      const changed = await server.make('PATCH', `/connections/${made.id}`, { options });
      assert.deepEqual(changed.options.upstream_params, options.upstream_params, strategy);
      const [found] = await server.make('GET', `/connections?strategy=${strategy}&name=${made.name}`);
      assert.equal(found.id, made.id);
      assert.match((await server.make('DELETE', `/connections/${made.id}`)).deleted_at, /^\d{4}-/);
      assert.equal((await server.api('GET', `/connections/${made.id}`)).status, 404);
    }
  });

  test('every strategy refuses options of the wrong type', async () => {
    const tried = new Set<unknown>();
    for (const strategy of STRATEGY_NAMES) {
      assert.match(await refused('POST', '/connections', named(strategy, { options: 'text' })), /property options/);
      for (const [name, schema] of Object.entries(strategyOf(strategy).options)) {
        if (tried.has(schema)) continue;
        tried.add(schema);
        const message = await refused('POST', '/connections', named(strategy, { options: { [name]: 7.5 } }));
        assert.match(message, new RegExp(`property options\\.${name}`), `${strategy} ${name}`);
      }
    }
  });

  test('a new connection has the defaults of its strategy', async () => {
    const cases = [
      ['auth0', {}, { passwordPolicy: 'good', brute_force_protection: true, strategy_version: 2 }],
      ['sms', { name: 'SMS', provider: 'twilio' }, { name: 'SMS', totp: { time_step: 180, length: 6 } }],
      ['google-apps', { domain: 'a.com' }, { scope: ['email', 'profile'], handle_login_from_social: true }],
      ['oidc', { issuer: 'https://a.com' }, { schema_version: 'oidc-V4', attribute_map: { mapping_mode: 'bind_all' } }],
      ['okta', {}, { type: 'back_channel', connection_settings: { pkce: 'auto' } }],
      ['waad', { useCommonEndpoint: true }, { waad_common_endpoint: true, thumbprints: [] }],
      ['samlp', {}, { assertion_decryption_settings: { algorithm_profile: 'v2026-1', algorithm_exceptions: [] } }],
    ] as const;
    for (const [strategy, options, expected] of cases) {
      const made = await make(strategy, { options });
      assert.deepEqual({ ...made.options, ...expected }, made.options, strategy);
    }
  });

  test('flags of social providers become scopes', async () => {
    const cases = [
      ['google-oauth2', { gmail: true }, ['email', 'profile', 'https://mail.google.com/mail/feed/atom']],
      ['github', { email: true, repo: false, scope: ['gist'] }, ['gist', 'user:email']],
      ['facebook', { email: true, public_profile: true }, 'email,public_profile'],
      ['apple', { name: true, email: true }, 'name email'],
      ['dropbox', { scope: 'a b' }, 'a b'],
    ] as const;
    for (const [strategy, options, scope] of cases) {
      assert.deepEqual((await make(strategy, { options })).options.scope, scope, strategy);
    }
  });

  test('an update replaces the options, but for what the strategy keeps', async () => {
    const made = await make('auth0', {
      options: { passwordPolicy: 'fair', authentication_methods: { passkey: { enabled: true } } },
    });
    assert.equal(made.options.authentication_methods.password.enabled, true);
    const changed = await server.make('PATCH', `/connections/${made.id}`, { options: { import_mode: false } });
    assert.equal(changed.options.passwordPolicy, undefined);
    assert.deepEqual(changed.options.authentication_methods, made.options.authentication_methods);
    const named = await server.make('PATCH', `/connections/${made.id}`, { display_name: 'Shown', realms: [] });
    assert.deepEqual(named.options, changed.options);
    assert.deepEqual(named.realms, [made.name]);
  });

  test('what is read of a database can be sent back and changes nothing', async () => {
    const made = await make('auth0', {});
    const { options } = await server.make('GET', `/connections/${made.id}`);
    const same = await server.make('PATCH', `/connections/${made.id}`, { options });
    assert.equal(JSON.stringify(same.options), JSON.stringify(options));
    // Recorded: an update that names two methods leaves it at these.
    const { password, passkey } = options.authentication_methods;
    const authentication_methods = { passkey, password };
    const fewer = await server.make('PATCH', `/connections/${made.id}`, { options: { authentication_methods } });
    assert.deepEqual(fewer.options.authentication_methods, authentication_methods);
  });

  test('a secret that an update leaves out stays, for the same application at the same provider', async () => {
    const given = { client_id: 'ours', issuer: 'https://idp.example', token_endpoint: 'https://idp.example/token' };
    const made = await make('oidc', { options: { ...given, client_secret: 'theirs' } });
    const after = async (options: object) =>
      (await server.make('PATCH', `/connections/${made.id}`, { options })).options.client_secret;
    assert.equal(await after(given), 'theirs');
    assert.equal(await after({ ...given, client_secret: null }), null);
    for (const other of [{ client_id: 'another' }, { token_endpoint: 'https://other.example/token' }]) {
      assert.equal(await after({ ...given, client_secret: 'theirs' }), 'theirs');
      assert.equal(await after({ ...given, ...other }), undefined);
    }
  });

  test('what is no connection is refused', async () => {
    const cases = [
      {},
      { name: 'nameless' },
      { strategy: 'auth0' },
      named('no-such-strategy'),
      named('auth0', { more: 1 }),
      named('auth0', { name: '-bad-' }),
      named('auth0', { metadata: { a: 1 } }),
      named('auth0', { authentication: {} }),
      named('auth0', { options: { attributes: {}, validation: { username: { min: 1, max: 2 } } } }),
      named('auth0', { options: { attributes: { email: { identifier: { active: false } } } } }),
      named('auth0', { options: { password_options: { more: 1 } } }),
      named('samlp', { options: { signingCert: CERTIFICATE } }),
      named('oidc', { options: { dpop_signing_alg: 'HS256' } }),
      named('oidc', { options: { icon_url: 'javascript:alert(1)' } }),
    ];
    for (const body of cases) await refused('POST', '/connections', body);
    const { id, name } = await make('auth0');
    await refused('POST', '/connections', { name, strategy: 'oidc' }, 'connection_conflict', 409);
    await refused('PATCH', `/connections/${id}`, {});
    await refused('PATCH', `/connections/${id}`, { name: 'other' });
    await refused('PATCH', `/connections/${id}`, { strategy: 'oidc' });
    await refused('PATCH', '/connections/con_nobody', { realms: [] }, 'inexistent_connection', 404);
    assert.match(await refused('GET', '/connections?strategy=none', undefined, 'invalid_query_string'), /none/);
  });

  test('cross-app access is for the strategies that can', async () => {
    const asking = { cross_app_access_requesting_app: { active: true } };
    await refused('POST', '/connections', named('auth0', asking), 'operation_not_supported');
    await refused(
      'POST',
      '/connections',
      named('github', { cross_app_access_resource_app: { status: 'enabled' } }),
      'operation_not_supported',
    );
    const made = await make('oidc', { ...asking, cross_app_access_resource_app: { status: 'enabled' } });
    assert.deepEqual(made.cross_app_access_requesting_app, { active: true });
    const cleared = await server.make('PATCH', `/connections/${made.id}`, { cross_app_access_resource_app: null });
    assert.equal(cleared.cross_app_access_resource_app, undefined);
  });

  test('fields are picked, pages are cut', async () => {
    const { id, name } = await make('auth0');
    const picked = await server.make('GET', `/connections/${id}?fields=name,strategy`);
    assert.deepEqual(Object.keys(picked).toSorted(), [
      'authentication',
      'connected_accounts',
      'id',
      'is_domain_connection',
      'name',
      'strategy',
    ]);
    const without = await server.make('GET', `/connections/${id}?fields=options&include_fields=false`);
    assert.equal(without.options, undefined);
    assert.equal(without.name, name);
    const page = await server.make('GET', '/connections?include_totals=true&per_page=2');
    assert.equal(page.connections.length, 2);
    assert.ok(page.total > 2);
    const first = await server.make('GET', '/connections?take=1');
    const second = await server.make('GET', `/connections?take=1&from=${first.next}`);
    assert.notEqual(first.connections[0].id, second.connections[0].id);
    const several = await server.make('GET', '/connections?strategy=oidc&strategy=okta');
    assert.deepEqual(new Set(several.map(({ strategy }: { strategy: string }) => strategy)), new Set(['oidc', 'okta']));
  });

  test('secrets are neither at rest nor in log events, and shown to who may read', async () => {
    const secrets = {
      oidc: { client_secret: 'hidden-client-secret' },
      sms: { twilio_token: 'hidden-twilio-token', gateway_authentication: { secret: 'hidden-gateway-secret' } },
      samlp: { signing_key: { key: 'hidden-private-key', cert: 'c' }, decryptionKey: { key: 'hidden-key', cert: 'c' } },
      apple: { app_secret: 'hidden-app-secret' },
      'google-apps': { admin_refresh_token: 'hidden-refresh-token' },
    };
    for (const [strategy, options] of Object.entries(secrets)) {
      const made = await make(strategy, { options });
      assert.deepEqual({ ...made.options, ...options }, made.options);
      await server.make('PATCH', `/connections/${made.id}`, { options });
    }
    const made = await make('auth0', { options: { configuration: { password: 'hidden-script-value' } } });
    assert.doesNotMatch(JSON.stringify(made), /hidden/, 'values for scripts are not shown');
    const again = await server.make('PATCH', `/connections/${made.id}`, { options: made.options });
    assert.deepEqual(again.options.configuration, made.options.configuration, 'an export can be sent back');
    for (const text of await textsAtRest(server)) assert.doesNotMatch(text, /hidden-/);
  });

  test('clients are enabled and disabled, and listed', async () => {
    const { id } = await make('auth0');
    const { client_id } = await server.make('POST', '/clients', { name: 'One', app_type: 'spa' });
    const other = await server.make('POST', '/clients', { name: 'Two', app_type: 'spa' });
    const path = `/connections/${id}/clients`;
    const both = [client_id, other.client_id].map((one) => ({ client_id: one, status: true }));
    assert.equal((await server.api('PATCH', path, both)).status, 204);
    const first = await server.make('GET', `${path}?take=1`);
    assert.deepEqual(first, { clients: [{ client_id }], next: client_id });
    const rest = await server.make('GET', `${path}?take=1&from=${first.next}`);
    assert.deepEqual(rest, { clients: [{ client_id: other.client_id }] });
    await server.make('PATCH', path, [{ client_id, status: false }]);
    assert.deepEqual((await server.make('GET', path)).clients, [{ client_id: other.client_id }]);
    await refused('PATCH', path, [{ client_id: 'nobody', status: true }], 'inexistent_client');
    await refused('PATCH', path, []);
    await refused('PATCH', path, [{ client_id }]);
    await refused('PATCH', '/connections/con_nobody/clients', both, 'inexistent_connection', 404);
    await refused('GET', '/connections/con_nobody/clients', undefined, 'inexistent_connection', 404);
  });

  test('a directory whose agent never came is offline', async () => {
    const ad = await make('ad');
    await refused('GET', `/connections/${ad.id}/status`, undefined, 'connection_offline', 404);
    const oidc = await make('oidc');
    assert.deepEqual(await server.make('GET', `/connections/${oidc.id}/status`), {});
    await refused('GET', '/connections/con_nobody/status', undefined, 'inexistent_connection', 404);
  });

  test('a user of a database is deleted by address', async () => {
    const { id, name } = await make('auth0');
    const user = { connection: name, email: 'Jane@example.com', password: 'Str0ng-Pass-word!' };
    const { user_id } = await server.make('POST', '/users', user);
    await refused('DELETE', `/connections/${id}/users`, undefined, 'invalid_query_string');
    await refused('DELETE', `/connections/${id}/users?email=none`, undefined, 'invalid_query_string');
    await server.make('DELETE', `/connections/${id}/users?email=jane@EXAMPLE.com`);
    assert.equal((await server.api('GET', `/users/${user_id}`)).status, 404);
    assert.equal((await server.api('DELETE', `/connections/${id}/users?email=jane@example.com`)).status, 204);
    const oidc = await make('oidc');
    await refused('DELETE', `/connections/${oidc.id}/users?email=a@b.c`, undefined, 'operation_not_supported');
    await refused('DELETE', '/connections/con_nobody/users?email=a@b.c', undefined, 'inexistent_connection', 404);
  });

  test('users are made in databases only', async () => {
    const { name } = await make('oidc');
    const user = { connection: name, email: 'x@example.com', password: 'Str0ng-Pass-word!' };
    await refused('POST', '/users', user, 'operation_not_supported');
  });

  test('the password options of a connection are those its users must keep', async () => {
    const { name } = await make('auth0', {
      options: { password_options: { complexity: { min_length: 20 } }, passwordPolicy: 'None' },
    });
    const user = { connection: name, email: 'x@example.com' };
    assert.equal((await server.api('POST', '/users', { ...user, password: 'Str0ng-Pass-word!' })).status, 400);
    await server.make('POST', '/users', { ...user, password: 'long but all lower case' });
  });

  test('a connection takes its users along, and nobody else', async () => {
    const [gone, stays] = [await make('auth0'), await make('auth0')];
    const users = [];
    for (const { name } of [gone, stays]) {
      const user = { connection: name, email: 'joe@example.com', password: 'Str0ng-Pass-word!' };
      users.push(await server.make('POST', '/users', user));
    }
    assert.equal((await server.api('DELETE', `/connections/${gone.id}`)).status, 202);
    assert.equal((await server.api('GET', `/users/${users[0].user_id}`)).status, 404);
    assert.equal((await server.api('GET', `/users/${users[1].user_id}`)).status, 200);
    assert.equal((await server.api('DELETE', `/connections/${gone.id}`)).status, 202);
  });

  test('scopes are asked for', async () => {
    const { id } = await make('auth0');
    const reader = await server.tokenWith('read:connections');
    for (const [method, path] of [
      ['POST', '/connections'],
      ['PATCH', `/connections/${id}`],
      ['DELETE', `/connections/${id}`],
      ['GET', `/connections/${id}/keys`],
      ['GET', `/connections/${id}/scim-configuration`],
      ['DELETE', `/connections/${id}/users?email=a@b.c`],
    ] as const) {
      assert.equal((await server.api(method, path, undefined, reader)).status, 403, `${method} ${path}`);
    }
    assert.equal((await server.api('GET', `/connections/${id}`, undefined, reader)).status, 200);
  });
});
