/** Grants without a browser: client credentials, password and password realm, and how clients prove themselves. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { decodeJwt, SignJWT } from 'jose';
import { onEveryServer } from '../../testing.ts';
import { makeClient, makeUser, USER } from '../testing.ts';

const AUDIENCE = 'https://things.example.com';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const REALM = 'http://auth0.com/oauth/grant-type/password-realm';

onEveryServer('token endpoint', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: clients as the API answers them
  let machine: any, app: any;

  before(async () => {
    await makeUser(server);
    await server.make('POST', '/resource-servers', {
      name: 'Things',
      identifier: AUDIENCE,
      scopes: [{ value: 'read:things' }, { value: 'write:things' }],
      token_lifetime: 600,
    });
    machine = await server.make('POST', '/clients', { name: 'Machine', app_type: 'non_interactive' });
    app = await makeClient(server, { grant_types: ['password', REALM, 'refresh_token'] });
  });

  const asMachine = (more: Record<string, unknown> = {}) => ({
    grant_type: 'client_credentials',
    client_id: machine.client_id,
    client_secret: machine.client_secret,
    audience: AUDIENCE,
    ...more,
  });
  const withPassword = (more: Record<string, unknown> = {}) => ({
    grant_type: REALM,
    realm: 'Username-Password-Authentication',
    client_id: app.client_id,
    client_secret: app.client_secret,
    username: USER.email,
    password: USER.password,
    scope: 'openid email offline_access',
    ...more,
  });

  test('requests that are not understood', async () => {
    const wrong: [Record<string, unknown>, number, string][] = [
      [{}, 400, 'invalid_request'],
      [{ grant_type: 'magic' }, 403, 'unsupported_grant_type'],
      [{ grant_type: 'client_credentials' }, 400, 'invalid_request'],
      [asMachine({ client_id: 7 }), 401, 'access_denied'],
      [asMachine({ client_id: ['a', 'b'] }), 400, 'invalid_request'],
      [asMachine({ client_id: { $ne: '' } }), 400, 'invalid_request'],
      [asMachine({ client_secret: 'x'.repeat(20_000) }), 400, 'invalid_request'],
      [asMachine({ client_secret: 'wrong' }), 401, 'access_denied'],
      [asMachine({ audience: 'https://nobody.example.com' }), 403, 'access_denied'],
      [asMachine({ audience: '' }), 400, 'invalid_request'],
    ];
    for (const [fields, status, error] of wrong) {
      const answer = await server.post('/oauth/token', fields, { json: true });
      assert.equal(answer.status, status, `${JSON.stringify(fields).slice(0, 100)}: ${answer.text}`);
      assert.equal(answer.body.error, error);
      assert.equal(typeof answer.body.error_description, 'string');
    }
    const twice = await fetch(`${server.base}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials&grant_type=password&client_id=x',
    });
    assert.equal(twice.status, 400);
    const malformed = await fetch(`${server.base}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"grant_type":',
    });
    assert.equal(malformed.status, 400);
    assert.equal(((await malformed.json()) as { error: string }).error, 'invalid_request');
    const text = await fetch(`${server.base}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    });
    assert.equal(text.status, 415);
  });

  test('explicit nulls and unknown parameters are ignored', async () => {
    await server.make('POST', '/client-grants', {
      client_id: machine.client_id,
      audience: AUDIENCE,
      scope: ['read:things'],
    });
    const answer = await server.post(
      '/oauth/token',
      asMachine({ organization: null, realm: null, redirect_uri: null, scope: '', what: 'ever' }),
      { json: true },
    );
    assert.equal(answer.status, 200);
    assert.equal(answer.body.scope, 'read:things');
  });

  test('a token for an organization is refused, not given without it', async () => {
    const answer = await server.post('/oauth/token', asMachine({ organization: 'org_1234567890abcdef' }));
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error_description, 'parameter organization is not allowed for this client');
  });

  test('client credentials: what is granted, nothing more', async () => {
    const answer = await server.post('/oauth/token', asMachine());
    assert.equal(answer.status, 200);
    assert.equal(answer.body.expires_in, 600);
    assert.equal(answer.body.refresh_token, undefined);
    const claims = decodeJwt(answer.body.access_token);
    assert.equal(claims.sub, `${machine.client_id}@clients`);
    assert.equal(claims.gty, 'client-credentials');
    assert.equal(claims.exp! - claims.iat!, 600);
    const asked = await server.post('/oauth/token', asMachine({ scope: 'read:things' }));
    assert.equal(asked.body.scope, 'read:things');
    const more = await server.post('/oauth/token', asMachine({ scope: 'read:things write:things delete:things' }));
    assert.equal(more.status, 403);
    assert.deepEqual(more.body, {
      error: 'access_denied',
      error_description: 'Client has not been granted scopes: write:things, delete:things',
    });
    const spa = await makeClient(server, { app_type: 'spa', token_endpoint_auth_method: 'none' });
    const open = await server.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: spa.client_id,
      audience: AUDIENCE,
    });
    assert.equal(open.status, 403);
    assert.equal(open.body.error, 'unauthorized_client');
  });

  test('the event of a refused request names the client, if it is one, and never what a stranger made up', async () => {
    const event = async (fields: Record<string, unknown>) => {
      await server.post('/oauth/token', fields);
      const [{ type, client_id, client_name }] = await server.make('GET', '/logs?per_page=1');
      return { type, client_id, client_name };
    };
    const known = { client_id: machine.client_id, client_name: machine.name };
    const unknown = { client_id: undefined, client_name: undefined };
    assert.deepEqual(await event(asMachine({ client_secret: 'wrong' })), { type: 'feccft', ...known });
    assert.deepEqual(await event(asMachine({ audience: 'https://nowhere.example' })), { type: 'feccft', ...known });
    assert.deepEqual(await event(asMachine({ client_id: 'made-up' })), { type: 'feccft', ...unknown });
    const code = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://app.example.com' };
    assert.deepEqual(await event({ ...code, client_id: machine.client_id, client_secret: 'x' }), {
      type: 'feacft',
      ...known,
    });
    assert.deepEqual(await event({ ...code, client_id: 'made-up' }), { type: 'feacft', ...unknown });
    const refresh = { grant_type: 'refresh_token', refresh_token: 'x', client_id: machine.client_id };
    assert.deepEqual(await event(refresh), { type: 'fertft', ...known });
    assert.deepEqual(await event(withPassword({ client_secret: 'x', client_id: machine.client_id })), {
      type: 'fepft',
      ...known,
    });
  });

  test('password realm: right, wrong, unknown; the wrong answers are the same', async () => {
    const good = await server.post('/oauth/token', withPassword());
    assert.equal(good.status, 200, good.text);
    assert.ok(good.body.id_token && good.body.refresh_token);
    const wrong = await server.post('/oauth/token', withPassword({ password: 'wrong' }));
    assert.equal(wrong.status, 403);
    assert.deepEqual(wrong.body, { error: 'invalid_grant', error_description: 'Wrong email or password.' });
    const unknown = await server.post('/oauth/token', withPassword({ username: 'nobody@example.com' }));
    assert.equal(unknown.status, 403);
    assert.deepEqual(unknown.body, wrong.body);
    const types = (await server.make('GET', '/logs')).map((event: { type: string }) => event.type);
    for (const type of ['sepft', 'fp', 'fu', 'seccft', 'feccft']) assert.ok(types.includes(type), type);
    for (const realm of ['', 'nowhere', "x' or 1=1"]) {
      const answer = await server.post('/oauth/token', withPassword({ realm }));
      assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
    }
    for (const password of ['', 'x'.repeat(20_000)]) {
      assert.equal((await server.post('/oauth/token', withPassword({ password }))).status, 400);
    }
  });

  test('the plain password grant needs a default directory', async () => {
    const { realm: _realm, ...plain } = withPassword({ grant_type: 'password' });
    const without = await server.post('/oauth/token', plain);
    assert.equal(without.body.error_description, 'Authorization server not configured with default connection.');
    await server.make('PATCH', '/tenants/settings', { default_directory: 'Username-Password-Authentication' });
    assert.equal((await server.post('/oauth/token', plain)).status, 200);
  });

  test('a client may use the grants of its list only', async () => {
    const answer = await server.post('/oauth/token', withPassword({ ...clientOf(machine) }));
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error, 'unauthorized_client');
  });

  const clientOf = (client: { client_id: string; client_secret: string }) => ({
    client_id: client.client_id,
    client_secret: client.client_secret,
  });

  test('private_key_jwt: good once, and refused when stale, foreign, replayed or for somebody else', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const client = await server.make('POST', '/clients', {
      name: 'Signs',
      app_type: 'non_interactive',
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ name: 'key', credential_type: 'public_key', pem, alg: 'RS256' }] },
      },
    });
    await server.make('POST', '/client-grants', { client_id: client.client_id, audience: AUDIENCE, scope: [] });
    const now = Math.floor(Date.now() / 1000);
    const assertion = (claims: Record<string, unknown> = {}, key = privateKey, alg = 'RS256') =>
      new SignJWT({
        iss: client.client_id,
        sub: client.client_id,
        aud: server.issuer,
        jti: randomUUID(),
        iat: now,
        exp: now + 120,
        ...claims,
      })
        .setProtectedHeader({ alg })
        .sign(key);
    const ask = (client_assertion: string, more = {}) =>
      server.post('/oauth/token', {
        grant_type: 'client_credentials',
        audience: AUDIENCE,
        client_assertion,
        client_assertion_type: ASSERTION,
        ...more,
      });
    const once = await assertion();
    assert.equal((await ask(once)).status, 200);
    assert.equal((await ask(once)).status, 401, 'replayed');
    // RFC 7519 §2: dates may have fractions.
    assert.equal((await ask(await assertion({ exp: now + 60.0123456 }))).status, 200);
    const raced = await assertion();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(raced)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, 'parallel');
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const bad = [
      await assertion({ exp: now - 100 }),
      await assertion({ aud: 'https://elsewhere.example.com/' }),
      await assertion({ iss: machine.client_id }),
      await assertion({ jti: undefined }),
      await assertion({ exp: now + 90_000 }),
      await assertion({}, stranger),
      await assertion({}, privateKey, 'RS512'),
      'x.y.z',
      'nonsense',
    ];
    for (const wrong of bad) {
      const answer = await ask(wrong, { client_id: client.client_id });
      assert.equal(answer.status, 401, answer.text);
    }
    const typeless = await ask(await assertion(), { client_assertion_type: 'urn:other' });
    assert.equal(typeless.status, 400);
    const both = await ask(await assertion(), { client_id: client.client_id, client_secret: 'x' });
    assert.equal(both.status, 400);
  });

  test('a secret that was rotated away is worth nothing', async () => {
    const { client_secret } = await server.make('POST', `/clients/${machine.client_id}/rotate-secret`);
    assert.equal((await server.post('/oauth/token', asMachine())).status, 401);
    machine = { ...machine, client_secret };
    assert.equal((await server.post('/oauth/token', asMachine())).status, 200);
  });

  test('what is deleted stops at once', async () => {
    const grants = await server.make('GET', `/client-grants?client_id=${machine.client_id}`);
    await server.make('DELETE', `/client-grants/${grants[0].id}`);
    assert.equal((await server.post('/oauth/token', asMachine())).status, 403);
    const { audience } = (await server.get('/dashboard/config.json')).body;
    await server.make('POST', '/client-grants', { client_id: machine.client_id, audience, scope: ['read:clients'] });
    const { access_token } = (await server.post('/oauth/token', asMachine({ audience }))).body;
    assert.equal((await server.api('GET', '/clients', undefined, access_token)).status, 200);
    await server.make('DELETE', `/clients/${machine.client_id}`);
    assert.equal((await server.post('/oauth/token', asMachine())).status, 401);
    assert.equal((await server.api('GET', '/clients', undefined, access_token)).status, 401, 'its tokens end with it');
  });
});
