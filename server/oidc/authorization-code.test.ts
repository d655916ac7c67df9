/** The code flow against hostile and careless clients (RFC 6749 §4.1 and §10, RFC 7636, RFC 9700 §2 and §4). */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { onEveryServer } from '../testing.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser, pkce, USER } from './testing.ts';

onEveryServer('authorization code flow', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: clients as the API answers them
  let client: any, spa: any, other: any;

  before(async () => {
    await makeUser(server);
    client = await makeClient(server);
    other = await makeClient(server, { name: 'Somebody else' });
    spa = await makeClient(server, { name: 'Page', app_type: 'spa', token_endpoint_auth_method: 'none' });
  });

  const request = (more: Record<string, string> = {}) => ({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    state: 'the state',
    ...more,
  });
  const exchange = (code: string | null, more: Record<string, string> = {}) =>
    server.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uri: CALLBACK,
      code: code ?? '',
      ...more,
    });
  const newCode = async (more: Record<string, string> = {}) =>
    (await makeBrowser(server).authorize(request(more))).searchParams.get('code')!;

  test('gives a code, with the state as it came', async () => {
    const answer = await makeBrowser(server).authorize(request({ state: 'a&b="<é' }));
    assert.equal(answer.origin + answer.pathname, CALLBACK);
    assert.equal(answer.searchParams.get('state'), 'a&b="<é');
    const tokens = await exchange(answer.searchParams.get('code'));
    assert.equal(tokens.status, 200);
    assert.equal(tokens.headers.get('cache-control'), 'no-store');
    assert.equal(tokens.body.token_type, 'Bearer');
    assert.equal(decodeJwt(tokens.body.id_token).aud, client.client_id);
  });

  test('without a state none comes back', async () => {
    const { state: _left, ...rest } = request();
    assert.equal((await makeBrowser(server).authorize(rest)).searchParams.has('state'), false);
  });

  test('an unregistered redirect URI is never redirected to', async () => {
    const wrong = [
      'https://evil.example.com/callback',
      `${CALLBACK}/`,
      `${CALLBACK}?x=1`,
      `${CALLBACK}#x`,
      `${CALLBACK}/../callback`,
      'https://app.example.com:443/callback',
      'https://app.example.com/CALLBACK',
      'https://user@app.example.com/callback',
      'http://app.example.com/callback',
      'https://app.example.com.evil.com/callback',
      'javascript:alert(1)',
      'not a url',
      '//evil.example.com',
    ];
    for (const redirect_uri of wrong) {
      const answer = await server.get(`/authorize?${new URLSearchParams(request({ redirect_uri }))}`);
      assert.equal(answer.status, 400, redirect_uri);
      assert.equal(answer.headers.get('location'), null, redirect_uri);
      assert.match(answer.headers.get('content-type')!, /html/);
    }
  });

  test('an unknown client gets a page, not a redirect', async () => {
    for (const client_id of ['nobody', '', 'x'.repeat(5000), "' or 1=1 --"]) {
      const answer = await server.get(`/authorize?${new URLSearchParams(request({ client_id }))}`);
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.get('location'), null);
    }
  });

  test('other mistakes go back to the application', async () => {
    const mistakes: [Record<string, string>, string][] = [
      [{ response_type: 'nonsense' }, 'unsupported_response_type'],
      [{ response_type: '' }, 'invalid_request'],
      [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
      [{ code_challenge: pkce().challenge, code_challenge_method: 'S512' }, 'invalid_request'],
      [{ code_challenge_method: 'S256' }, 'invalid_request'],
      [{ prompt: 'none login' }, 'invalid_request'],
      [{ max_age: 'soon' }, 'invalid_request'],
      [{ request: 'e30.e30.' }, 'request_not_supported'],
      [{ organization: 'org_1234567890abcdef' }, 'invalid_request'],
      [{ audience: 'https://nobody.example.com' }, 'access_denied'],
      [{ prompt: 'none' }, 'login_required'],
    ];
    for (const [more, error] of mistakes) {
      const answer = await server.get(`/authorize?${new URLSearchParams(request(more))}`);
      assert.equal(answer.status, 302, JSON.stringify(more));
      const location = new URL(answer.headers.get('location')!);
      assert.equal(location.origin + location.pathname, CALLBACK);
      assert.equal(location.searchParams.get('error'), error, JSON.stringify(more));
      assert.equal(location.searchParams.get('state'), 'the state');
      assert.ok(location.searchParams.get('error_description'));
    }
  });

  test('form_post answers with a form for the callback', async () => {
    const answer = await server.get(
      `/authorize?${new URLSearchParams(request({ prompt: 'none', response_mode: 'form_post' }))}`,
    );
    assert.equal(answer.status, 200);
    assert.match(answer.text, new RegExp(`action="${CALLBACK}"`));
    assert.match(answer.text, /name="error" value="login_required"/);
    const policy = answer.headers.get('content-security-policy')!;
    assert.match(policy, /script-src 'nonce-/);
    assert.match(policy, /style-src 'self'/);
    // Without scripts it is a page like the others.
    const page = /<noscript>(<link rel="stylesheet" href="([^"]+)">)<\/noscript>.*<noscript>(.*)<\/noscript>/s.exec(
      answer.text,
    )!;
    assert.equal((await server.get(page[2]!)).status, 200);
    assert.match(page[3]!, /<h1>.*<button type="submit" class="button primary">Continue<\/button>/s);
  });

  test('a code works once; a second use fails and takes back what it gave', async () => {
    const code = await newCode();
    const first = await exchange(code);
    assert.equal(first.status, 200);
    const second = await exchange(code);
    assert.equal(second.status, 403);
    assert.equal(second.body.error, 'invalid_grant');
    const refreshed = await server.post('/oauth/token', {
      grant_type: 'refresh_token',
      client_id: client.client_id,
      client_secret: client.client_secret,
      refresh_token: first.body.refresh_token,
    });
    assert.equal(refreshed.status, 403);
    const info = await server.get('/userinfo', { authorization: `Bearer ${first.body.access_token}` });
    assert.equal(info.status, 401);
  });

  test('of parallel redemptions of one code one wins', async () => {
    const code = await newCode();
    const answers = await Promise.all(Array.from({ length: 12 }, () => exchange(code)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.ok(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'));
  });

  test('a code expires', async () => {
    const code = await newCode();
    server.advance(11 * 60_000);
    const answer = await exchange(code);
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error, 'invalid_grant');
    assert.equal(answer.body.error_description, 'Invalid authorization code');
  });

  test('a code is bound to its client, its redirect URI, and its tenant’s words', async () => {
    const stolen = await exchange(await newCode(), { client_id: other.client_id, client_secret: other.client_secret });
    assert.equal(stolen.body.error, 'invalid_grant');
    const elsewhere = await exchange(await newCode(), { redirect_uri: `${CALLBACK}/other` });
    assert.equal(elsewhere.status, 403);
    assert.equal(elsewhere.body.error, 'invalid_grant');
    const left = await exchange(await newCode(), { redirect_uri: '' });
    assert.equal(left.body.error, 'invalid_grant', 'it cannot be left out');
    const { redirect_uri: _left, ...bare } = request();
    const unasked = (await makeBrowser(server).authorize(bare)).searchParams.get('code');
    assert.equal((await exchange(unasked, { redirect_uri: '' })).status, 200, 'unless it was left out before');
    for (const code of ['', 'x', 'x'.repeat(20_000), '\u0000', "' or 1=1 --"]) {
      const answer = await exchange(code);
      assert.ok(answer.status === 400 || answer.status === 403, `${answer.status}`);
      assert.ok(['invalid_request', 'invalid_grant'].includes(answer.body.error));
    }
  });

  test('PKCE: the verifier must be there and fit; it cannot be left out, added or downgraded', async () => {
    const { verifier, challenge } = pkce();
    const with256 = { code_challenge: challenge, code_challenge_method: 'S256' };
    const good = await exchange(await newCode(with256), { code_verifier: verifier });
    assert.equal(good.status, 200);
    const wrong: Record<string, string>[] = [{}, { code_verifier: pkce().verifier }, { code_verifier: challenge }];
    for (const more of wrong) {
      const answer = await exchange(await newCode(with256), more);
      assert.ok(answer.status >= 400, JSON.stringify(more));
      assert.ok(['invalid_grant', 'invalid_request'].includes(answer.body.error));
    }
    // RFC 9700 §4.8.2: a verifier for a code that was asked for without a challenge shows an injected code.
    const injected = await exchange(await newCode(), { code_verifier: verifier });
    assert.equal(injected.body.error, 'invalid_grant');
    const plain = await newCode({ code_challenge: verifier, code_challenge_method: 'plain' });
    assert.equal((await exchange(plain, { code_verifier: verifier })).status, 200);
  });

  test('a public client must use PKCE and has no secret to send', async () => {
    const bare = await server.get(`/authorize?${new URLSearchParams(request({ client_id: spa.client_id }))}`);
    assert.equal(new URL(bare.headers.get('location')!).searchParams.get('error'), 'invalid_request');
    const { verifier, challenge } = pkce();
    const code = await newCode({
      client_id: spa.client_id,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const answer = await server.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: spa.client_id,
      redirect_uri: CALLBACK,
      code,
      code_verifier: verifier,
    });
    assert.equal(answer.status, 200);
  });

  test('a wrong, missing or foreign secret is refused without a hint', async () => {
    const code = await newCode();
    for (const client_secret of ['wrong', '', other.client_secret]) {
      const answer = await exchange(code, { client_secret });
      assert.equal(answer.status, 401);
      assert.equal(answer.body.error, 'access_denied');
      assert.equal(answer.headers.get('www-authenticate'), null, 'SDKs misread a challenge they did not ask for');
    }
    const unknown = await exchange(code, { client_id: 'nobody' });
    assert.equal(unknown.status, 401);
    assert.deepEqual(unknown.body, (await exchange(code, { client_secret: 'wrong' })).body);
    assert.equal((await exchange(code)).status, 200, 'and the code is still good');
  });

  test('HTTP Basic authenticates too, and failing it is challenged', async () => {
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${client.client_id}:${secret}`).toString('base64')}`,
    });
    const fields = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code: await newCode() };
    const wrong = await server.post('/oauth/token', fields, { headers: basic('wrong') });
    assert.equal(wrong.status, 401);
    assert.match(wrong.headers.get('www-authenticate')!, /^Basic/);
    const good = await server.post('/oauth/token', fields, { headers: basic(client.client_secret) });
    assert.equal(good.status, 200);
  });

  test('the connection between request and answer cannot be moved to another browser', async () => {
    const [victim, attacker] = [makeBrowser(server), makeBrowser(server)];
    const start = await attacker.get(`/authorize?${new URLSearchParams(request())}`);
    const location = start.headers.get('location')!;
    const page = await victim.get(location);
    assert.equal(page.status, 400, 'login CSRF: the login of another browser is not shown');
    const own = await attacker.get(location);
    const forged = await attacker.submit(
      { ...own, text: own.text.replace(/name="_csrf" value="[^"]+"/, 'name="_csrf" value="x"') },
      { username: USER.email, password: USER.password },
    );
    assert.equal(forged.status, 403);
    const { status } = await attacker.post('/u/login', { username: USER.email, password: USER.password });
    assert.equal(status, 400, 'a form without its hidden values is none of ours');
  });

  test('prompt, max_age and the session', async () => {
    const browser = makeBrowser(server);
    await browser.authorize(request());
    const silent = await browser.get(`/authorize?${new URLSearchParams(request({ prompt: 'none' }))}`);
    assert.ok(new URL(silent.headers.get('location')!).searchParams.get('code'));
    const forced = await browser.get(`/authorize?${new URLSearchParams(request({ prompt: 'login' }))}`);
    assert.match(forced.headers.get('location')!, /^\/u\/login/);
    server.advance(120_000);
    const stale = await browser.get(`/authorize?${new URLSearchParams(request({ max_age: '60', prompt: 'none' }))}`);
    assert.equal(new URL(stale.headers.get('location')!).searchParams.get('error'), 'login_required');
    const fresh = await browser.get(`/authorize?${new URLSearchParams(request({ max_age: '600', prompt: 'none' }))}`);
    assert.ok(new URL(fresh.headers.get('location')!).searchParams.get('code'));
    server.advance(80 * 3_600_000);
    const idle = await browser.get(`/authorize?${new URLSearchParams(request({ prompt: 'none' }))}`);
    assert.equal(new URL(idle.headers.get('location')!).searchParams.get('error'), 'login_required');
  });

  test('a client that was blocked a connection has no single sign-on through it', async () => {
    const browser = makeBrowser(server);
    await browser.authorize(request());
    const outsider = await server.make('POST', '/clients', {
      name: 'Outsider',
      app_type: 'regular_web',
      callbacks: [CALLBACK],
    });
    const [connection] = await server.make('GET', '/connections?strategy=auth0');
    const off = [{ client_id: outsider.client_id, status: false }];
    await server.make('PATCH', `/connections/${connection.id}/clients`, off);
    const answer = await browser.get(
      `/authorize?${new URLSearchParams(request({ client_id: outsider.client_id, prompt: 'none' }))}`,
    );
    assert.equal(new URL(answer.headers.get('location')!).searchParams.get('error'), 'login_required');
  });

  test('algorithms: as the client is set', async () => {
    for (const alg of ['RS256', 'PS256', 'RS512', 'HS256']) {
      const { id_token } = await signedWith(alg);
      assert.equal(decodeProtectedHeader(id_token).alg, alg);
      assert.equal(decodeJwt(id_token).nonce, 'n-1');
    }
    await signedWith('RS256');
  });

  test('published keys are for RS256, or for whatever signs with them where the tenant leaves that open', async () => {
    const accepts = async (alg: string) => {
      const keys = createLocalJWKSet((await server.get('/.well-known/jwks.json')).body);
      const { id_token } = await signedWith(alg);
      return jwtVerify(id_token, keys).then(
        () => true,
        () => false,
      );
    };
    assert.equal(await accepts('RS256'), true);
    assert.equal(await accepts('PS256'), false);
    await server.make('PATCH', '/tenants/settings', { flags: { remove_alg_from_jwks: true } });
    server.advance(1500);
    for (const alg of ['RS256', 'PS256', 'RS512']) assert.equal(await accepts(alg), true, alg);
    await server.make('PATCH', '/tenants/settings', { flags: { remove_alg_from_jwks: false } });
    await signedWith('RS256');
  });

  async function signedWith(alg: string) {
    await server.make('PATCH', `/clients/${client.client_id}`, { jwt_configuration: { alg } });
    return (await exchange(await newCode({ nonce: 'n-1' }))).body;
  }
});
