/** Access tokens that come back: good ones, and every kind of bad one, at /userinfo and at the Management API. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { before, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { onEveryServer } from '../testing.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser } from './testing.ts';

const AUDIENCE = 'https://things.example.com';

onEveryServer('access tokens', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;
  let opaque = '';
  let jwt = '';

  before(async () => {
    await makeUser(server, { given_name: 'Grace', name: 'Grace Hopper' });
    client = await makeClient(server);
    await server.make('POST', '/resource-servers', {
      name: 'Things',
      identifier: AUDIENCE,
      scopes: [{ value: 'read:things' }],
    });
    opaque = (await tokens({})).access_token;
    jwt = (await tokens({ audience: AUDIENCE, scope: 'openid profile read:things' })).access_token;
  });

  async function tokens(more: Record<string, string>) {
    const answer = await makeBrowser(server).authorize({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid profile email',
      ...more,
    });
    const { body } = await server.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uri: CALLBACK,
      code: answer.searchParams.get('code')!,
    });
    return body;
  }
  const info = (token: string) => server.get('/userinfo', { authorization: `Bearer ${token}` });

  test('/userinfo tells what the scopes allow, subject first', async () => {
    const answer = await info(opaque);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type')!, /^application\/json/);
    assert.equal(Object.keys(answer.body)[0], 'sub');
    assert.equal(answer.body.given_name, 'Grace');
    assert.equal(answer.body.email_verified, false);
    assert.match(answer.body.updated_at, /^\d{4}-\d\d-\d\dT/);
    const narrow = await info(jwt);
    assert.equal(narrow.body.email, undefined);
    assert.equal(narrow.body.name, 'Grace Hopper');
  });

  test('/userinfo takes the token from header, form and query', async () => {
    assert.equal((await server.get(`/userinfo?access_token=${opaque}`)).status, 200);
    assert.equal((await server.post('/userinfo', { access_token: opaque })).status, 200);
    assert.equal((await server.post('/userinfo', {}, { headers: { authorization: `Bearer ${opaque}` } })).status, 200);
  });

  test('a token for an API is a JWT with the claims of its dialect', async () => {
    const claims = decodeJwt(jwt);
    assert.deepEqual(claims.aud, [AUDIENCE, `${server.issuer}userinfo`]);
    assert.equal(claims.azp, client.client_id);
    assert.equal(claims.scope, 'openid profile read:things');
    const [api] = (await server.make('GET', '/resource-servers')).filter(
      ({ identifier }: { identifier: string }) => identifier === AUDIENCE,
    );
    await server.make('PATCH', `/resource-servers/${api.id}`, { token_dialect: 'rfc9068_profile' });
    const { access_token } = await tokens({ audience: AUDIENCE });
    assert.equal(decodeProtectedHeader(access_token).typ, 'at+jwt');
    assert.equal(decodeJwt(access_token).client_id, client.client_id);
    assert.ok(decodeJwt(access_token).jti);
    await server.make('PATCH', `/resource-servers/${api.id}`, { token_dialect: 'access_token' });
  });

  test('an API may share a secret: its tokens are HS256 and good at that API alone', async () => {
    const [identifier, secret] = ['https://hs.example.com', 'a secret of sixteen or more'];
    await server.make('POST', '/resource-servers', {
      name: 'Shared secret',
      identifier,
      signing_alg: 'HS256',
      signing_secret: secret,
    });
    const { access_token } = await tokens({ audience: identifier });
    assert.equal(decodeProtectedHeader(access_token).alg, 'HS256');
    const claims = decodeJwt(access_token);
    assert.equal(claims.aud, identifier);
    const sign = (claims: JWTPayload) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(Buffer.from(secret));
    assert.equal(await sign(claims), access_token);
    // Whoever has the secret of an API can say whatever they like in its name.
    const { management_audience } = server.setup;
    for (const aud of [identifier, `${server.issuer}userinfo`, management_audience]) {
      for (const audience of [aud, [identifier, aud], [aud, identifier]]) {
        const forged = { ...claims, sub: `${client.client_id}@clients`, aud: audience, scope: 'openid read:clients' };
        assert.equal((await server.api('GET', '/clients', undefined, await sign(forged))).status, 401);
        assert.equal((await info(await sign({ ...forged, sub: claims.sub! }))).status, 401);
      }
    }
  });

  test('without a token, with a wrong scheme, without openid', async () => {
    const none = await server.get('/userinfo');
    assert.equal(none.status, 401);
    assert.equal(none.headers.get('www-authenticate'), 'Bearer');
    const basic = await server.get('/userinfo', { authorization: 'Basic eDp5' });
    assert.equal(basic.status, 401);
    const machine = await info(server.token);
    assert.equal(machine.status, 401, 'a token of a machine is for another audience');
  });

  test('malformed, foreign, forged and confused tokens', async () => {
    const [head, body, mark] = jwt.split('.') as [string, string, string];
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { keys } = (await server.get('/.well-known/jwks.json')).body;
    const foreign = await new SignJWT(decodeJwt(jwt))
      .setProtectedHeader({ alg: 'RS256', kid: keys[0].kid, typ: 'JWT' })
      .sign(privateKey);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`;
    // RFC 8725 §2.1: the public key as an HMAC secret.
    const confusedInput = `${encode({ alg: 'HS256', typ: 'JWT', kid: keys[0].kid })}.${body}`;
    const certificate = `-----BEGIN CERTIFICATE-----\n${keys[0].x5c[0]}\n-----END CERTIFICATE-----\n`;
    const confused = [certificate, keys[0].x5c[0], keys[0].n].map(
      (secret) => `${confusedInput}.${createHmac('sha256', secret).update(confusedInput).digest('base64url')}`,
    );
    const embedded = `${encode({ alg: 'RS256', jwk: keys[0], typ: 'JWT' })}.${body}.${mark}`;
    const bad = [
      'x',
      'a.b.c',
      'a.b.c.d.e',
      `${head}.${body}`,
      `${head}.${body}.`,
      `${head}.${encode({ ...decodeJwt(jwt), scope: 'openid email' })}.${mark}`,
      foreign,
      none,
      ...confused,
      embedded,
      `${opaque.slice(0, -4)}AAAA`,
      'x'.repeat(15_000),
    ];
    for (const token of bad) {
      const answer = await info(token);
      assert.equal(answer.status, 401, token.slice(0, 60));
      assert.equal(answer.body.error, 'invalid_token');
      assert.match(answer.headers.get('www-authenticate')!, /error="invalid_token"/);
      assert.equal((await server.api('GET', '/clients', undefined, token)).status, 401);
    }
  });

  test('an ID token is no access token', async () => {
    const { id_token } = await tokens({});
    assert.equal((await info(id_token)).status, 401);
    assert.equal((await server.api('GET', '/clients', undefined, id_token)).status, 401);
  });

  test('the Management API wants its own audience and a scope', async () => {
    const missing = await server.api('GET', '/clients', undefined, null);
    assert.equal(missing.status, 401);
    assert.equal(missing.body.statusCode, 401);
    assert.equal((await server.api('GET', '/clients', undefined, jwt)).status, 401);
    const narrow = await server.tokenWith('read:users');
    const refused = await server.api('GET', '/clients', undefined, narrow);
    assert.equal(refused.status, 403);
    assert.equal(refused.body.errorCode, 'insufficient_scope');
    assert.equal((await server.api('GET', '/users', undefined, narrow)).status, 200);
  });

  test('an expired token is refused everywhere', async () => {
    const { token } = server;
    server.advance(90_000_000);
    assert.equal((await info(opaque)).status, 401);
    assert.equal((await info(jwt)).status, 401);
    const answer = await server.api('GET', '/clients', undefined, token);
    assert.equal(answer.status, 401);
    assert.match(answer.body.message, /Expired token/);
  });

  test('after a rotation of keys old tokens are good until their key is revoked', async () => {
    const before = (await tokens({ audience: AUDIENCE })).access_token;
    await server.make('POST', '/keys/signing/rotate');
    const after = (await tokens({ audience: AUDIENCE })).access_token;
    assert.notEqual(decodeProtectedHeader(before).kid, decodeProtectedHeader(after).kid);
    assert.equal((await info(before)).status, 200);
    await server.make('PUT', `/keys/signing/${decodeProtectedHeader(before).kid}/revoke`);
    assert.equal((await info(before)).status, 401);
    assert.equal((await info(after)).status, 200);
  });
});
