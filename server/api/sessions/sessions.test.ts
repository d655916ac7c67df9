/** Sessions and refresh tokens over HTTP: seen, annotated, ended. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { CALLBACK, makeBrowser, makeClient, makeUser, type TestBrowser } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';

const PASSWORD = 'Nine-lives 4 cats';

onEveryServer('Sessions and refresh tokens', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;

  before(async () => {
    const refresh_token = {
      rotation_type: 'rotating',
      expiration_type: 'expiring',
      leeway: 0,
      token_lifetime: 2_592_000,
      idle_token_lifetime: 1_296_000,
    };
    client = await makeClient(server, { refresh_token });
  });

  /** Somebody new who signed in. */
  async function signedIn(name: string) {
    const email = `${name}@example.com`;
    const user = await makeUser(server, { email });
    const browser = makeBrowser(server);
    const tokens = await authorize(browser, email);
    const sid = String(decodeJwt(tokens.id_token).sid);
    return { user, email, browser, tokens, sid, path: `/users/${user.user_id}` };
  }
  async function authorize(browser: TestBrowser, email: string) {
    const answer = await browser.authorize(
      {
        client_id: client.client_id,
        redirect_uri: CALLBACK,
        response_type: 'code',
        scope: 'openid email offline_access',
      },
      { email, password: PASSWORD },
    );
    const code = answer.searchParams.get('code')!;
    return (await token({ grant_type: 'authorization_code', redirect_uri: CALLBACK, code })).body;
  }
  const token = (fields: Record<string, string>) =>
    server.post('/oauth/token', { client_id: client.client_id, client_secret: client.client_secret, ...fields });
  const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });
  const isSignedIn = async (browser: TestBrowser) => {
    const query = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', prompt: 'none' };
    const answer = await browser.get(`/authorize?${new URLSearchParams(query)}`);
    return !answer.headers.get('location')!.includes('login_required');
  };

  test('a session is listed and read, with its device, clients and methods', async () => {
    const { user, sid, path } = await signedIn('seen');
    const { sessions } = await server.make('GET', `${path}/sessions`);
    assert.equal(sessions.length, 1);
    const session = await server.make('GET', `/sessions/${sid}`);
    assert.deepEqual(sessions[0], session);
    assert.equal(session.user_id, user.user_id);
    assert.deepEqual(session.clients, [{ client_id: client.client_id }]);
    assert.equal(session.authentication.methods[0].name, 'pwd');
    assert.equal(session.cookie.mode, 'persistent');
    assert.match(session.device.initial_ip, /127\.0\.0\.1|::1/);
    assert.equal(session.device.last_user_agent, 'node');
    assert.equal(session.session_metadata, null);
    assert.ok(Date.parse(session.idle_expires_at) < Date.parse(session.expires_at));
  });

  test('lists of sessions go on from a checkpoint', async () => {
    const { email, path } = await signedIn('several');
    await authorize(makeBrowser(server), email);
    const first = await server.make('GET', `${path}/sessions?take=1`);
    const rest = await server.make('GET', `${path}/sessions?take=1&from=${first.next}`);
    assert.deepEqual([first.sessions.length, rest.sessions.length, rest.next], [1, 1, undefined]);
    assert.notEqual(first.sessions[0].id, rest.sessions[0].id);
  });

  test('applications keep a few texts with a session', async () => {
    const { sid } = await signedIn('noted');
    const session_metadata = { device: 'kiosk 7' };
    const changed = await server.make('PATCH', `/sessions/${sid}`, { session_metadata });
    assert.deepEqual(changed.session_metadata, session_metadata);
    assert.deepEqual((await server.make('GET', `/sessions/${sid}`)).session_metadata, session_metadata);
    const emptied = await server.make('PATCH', `/sessions/${sid}`, { session_metadata: null });
    assert.equal(emptied.session_metadata, null);
    for (const body of [{}, { session_metadata: 'x' }, { session_metadata: { a: 1 } }, { user_id: 'x' }]) {
      assert.equal((await server.api('PATCH', `/sessions/${sid}`, body)).status, 400, JSON.stringify(body));
    }
  });

  test('a deleted session is over; its refresh tokens are not', async () => {
    const { sid, browser, tokens } = await signedIn('deleted');
    assert.equal(await isSignedIn(browser), true);
    assert.equal((await server.api('DELETE', `/sessions/${sid}`)).status, 202);
    assert.equal(await isSignedIn(browser), false);
    assert.equal((await refresh(tokens.refresh_token)).status, 200);
    for (const [method, body] of [['GET'], ['PATCH', { session_metadata: null }]] as const) {
      const answer = await server.api(method, `/sessions/${sid}`, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_session'], method);
    }
    assert.equal((await server.api('DELETE', `/sessions/${sid}`)).status, 202);
    assert.equal((await server.api('POST', `/sessions/${sid}/revoke`)).status, 404);
  });

  test('a revoked session takes its refresh tokens along, and those only', async () => {
    const { sid, browser, email, tokens } = await signedIn('revoked');
    const elsewhere = await authorize(makeBrowser(server), email);
    assert.equal((await server.api('POST', `/sessions/${sid}/revoke`)).status, 202);
    assert.equal(await isSignedIn(browser), false);
    assert.equal((await refresh(tokens.refresh_token)).status, 403);
    assert.equal((await refresh(elsewhere.refresh_token)).status, 200);
  });

  test('revoking needs the scope for both kinds', async () => {
    const { sid, path } = await signedIn('half');
    const half = await server.tokenWith('delete:sessions');
    assert.equal((await server.api('POST', `/sessions/${sid}/revoke`, undefined, half)).status, 403);
    assert.equal((await server.api('POST', `${path}/revoke-access`, {}, half)).status, 403);
    const kept = await server.api('POST', `${path}/revoke-access`, { preserve_refresh_tokens: true }, half);
    assert.equal(kept.status, 202);
  });

  test('all access of a user ends at once', async () => {
    const { browser, tokens, path, user } = await signedIn('everything');
    const other = await signedIn('bystander');
    assert.equal((await server.api('DELETE', `${path}/sessions`)).status, 202);
    assert.equal(await isSignedIn(browser), false);
    assert.equal((await server.api('POST', `${path}/revoke-access`, {})).status, 202);
    assert.equal((await refresh(tokens.refresh_token)).status, 403);
    // The session of somebody else is not ended in this user's name.
    const foreign = await server.api('POST', `/users/${user.user_id}/revoke-access`, { session_id: other.sid });
    assert.equal(foreign.status, 202);
    assert.equal(await isSignedIn(other.browser), true);
    const own = await server.api('POST', `${other.path}/revoke-access`, {
      session_id: other.sid,
      preserve_refresh_tokens: true,
    });
    assert.equal(own.status, 202);
    assert.equal(await isSignedIn(other.browser), false);
    assert.equal((await refresh(other.tokens.refresh_token)).status, 200);
  });

  test('a refresh token keeps its id while it rotates', async () => {
    const { user, tokens, path, sid } = await signedIn('rotating');
    const [before] = (await server.make('GET', `${path}/refresh-tokens`)).tokens;
    assert.deepEqual([before.user_id, before.client_id, before.session_id], [user.user_id, client.client_id, sid]);
    assert.equal(before.rotating, true);
    assert.equal(before.last_exchanged_at, null);
    assert.deepEqual(before.resource_servers, [
      { audience: `${server.issuer}userinfo`, scopes: 'openid email offline_access' },
    ]);
    const refresh_token_metadata = { app: 'mobile' };
    await server.make('PATCH', `/refresh-tokens/${before.id}`, { refresh_token_metadata });
    await refresh(tokens.refresh_token);
    const after = await server.make('GET', `/refresh-tokens/${before.id}`);
    assert.deepEqual([after.id, after.created_at], [before.id, before.created_at]);
    assert.deepEqual(after.refresh_token_metadata, refresh_token_metadata);
    assert.match(after.last_exchanged_at, /Z$/);
    const list = await server.make('GET', `/refresh-tokens?user_id=${encodeURIComponent(user.user_id)}`);
    assert.deepEqual(list.refresh_tokens, [after]);
    const none = await server.make(
      'GET',
      `/refresh-tokens?user_id=${encodeURIComponent(user.user_id)}&client_id=other`,
    );
    assert.deepEqual(none.refresh_tokens, []);
  });

  test('a deleted refresh token is good for nothing', async () => {
    const { tokens, path } = await signedIn('withdrawn');
    const [{ id }] = (await server.make('GET', `${path}/refresh-tokens`)).tokens;
    assert.equal((await server.api('DELETE', `/refresh-tokens/${id}`)).status, 202);
    assert.equal((await refresh(tokens.refresh_token)).status, 403);
    assert.equal((await server.api('GET', '/userinfo', undefined, tokens.access_token)).status, 404);
    assert.equal((await server.get('/userinfo', { authorization: `Bearer ${tokens.access_token}` })).status, 401);
    for (const [method, body] of [['GET'], ['PATCH', { refresh_token_metadata: null }]] as const) {
      const answer = await server.api(method, `/refresh-tokens/${id}`, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_refresh_token'], method);
    }
    assert.equal((await server.api('DELETE', `/refresh-tokens/${id}`)).status, 202);
  });

  test('refresh tokens are revoked by id, by user, client and API', async () => {
    const { user, email, path } = await signedIn('bulk');
    const ids = async () =>
      (await server.make('GET', `${path}/refresh-tokens`)).tokens.map((t: { id: string }) => t.id);
    await authorize(makeBrowser(server), email);
    const [first, second] = await ids();
    const page = await server.make('GET', `${path}/refresh-tokens?take=1`);
    assert.deepEqual([page.tokens[0].id, page.next], [first, first]);
    const revoke = async (body: object) =>
      assert.equal((await server.api('POST', '/refresh-tokens/revoke', body)).status, 202);
    await revoke({ ids: [first, 'unknown'] });
    assert.deepEqual(await ids(), [second]);
    await revoke({ user_id: user.user_id, audience: 'https://another.example' });
    await revoke({ user_id: user.user_id, client_id: 'another' });
    assert.deepEqual(await ids(), [second]);
    await revoke({ user_id: user.user_id, client_id: client.client_id });
    assert.deepEqual(await ids(), []);
    await authorize(makeBrowser(server), email);
    assert.equal((await server.api('DELETE', `${path}/refresh-tokens`)).status, 202);
    assert.deepEqual(await ids(), []);
    for (const body of [{}, { audience: 'x' }, { ids: [first], user_id: 'x' }, { ids: [] }, { ids: first }]) {
      assert.equal((await server.api('POST', '/refresh-tokens/revoke', body)).status, 400, JSON.stringify(body));
    }
  });

  test('users that do not exist have nothing to list', async () => {
    for (const [method, path, body] of [
      ['GET', '/users/auth0|nobody/sessions'],
      ['DELETE', '/users/auth0|nobody/sessions'],
      ['GET', '/users/auth0|nobody/refresh-tokens'],
      ['DELETE', '/users/auth0|nobody/refresh-tokens'],
      ['POST', '/users/auth0|nobody/revoke-access', {}],
      ['GET', '/refresh-tokens?user_id=auth0|nobody'],
    ] as const) {
      const answer = await server.api(method, path, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_user'], `${method} ${path}`);
    }
    assert.equal((await server.api('GET', '/refresh-tokens')).status, 400);
  });
});
