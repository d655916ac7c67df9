/** Refresh tokens: rotation, leeway, lifetimes, reuse, and who may use them (RFC 6749 §6, RFC 9700 §4.14). */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answer, onEveryServer } from '../testing.ts';
import { writeRefreshToken } from './refresh-token-form.ts';
import { findRefreshToken, revokeAuthorization, useRefreshToken } from './refresh-tokens.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser, USER } from './testing.ts';

onEveryServer('refresh tokens', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: clients as the API answers them
  let client: any, other: any, user: any;

  before(async () => {
    user = await makeUser(server);
    client = await makeClient(server);
    other = await makeClient(server, { name: 'Somebody else' });
  });

  async function set(settings: Record<string, unknown>): Promise<void> {
    await server.make('PATCH', `/clients/${client.client_id}`, { refresh_token: settings });
  }
  async function signIn(scope = 'openid email offline_access') {
    const answer = await makeBrowser(server).authorize({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope,
    });
    const tokens = await server.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uri: CALLBACK,
      code: answer.searchParams.get('code')!,
    });
    return tokens.body;
  }
  const refresh = (refresh_token: string, more: Record<string, string> = {}): Promise<Answer> =>
    server.post('/oauth/token', {
      grant_type: 'refresh_token',
      client_id: client.client_id,
      client_secret: client.client_secret,
      refresh_token,
      ...more,
    });

  const ROTATING = {
    rotation_type: 'rotating',
    expiration_type: 'expiring',
    leeway: 0,
    token_lifetime: 1000,
    idle_token_lifetime: 500,
    infinite_token_lifetime: false,
    infinite_idle_token_lifetime: false,
  };

  test('only who asks for offline access and may have it gets one', async () => {
    assert.equal((await signIn('openid')).refresh_token, undefined);
    assert.ok((await signIn()).refresh_token);
  });

  test('a token that does not rotate is good again and again', async () => {
    await set({ rotation_type: 'non-rotating', expiration_type: 'non-expiring' });
    const { refresh_token } = await signIn();
    for (let i = 0; i < 3; i++) {
      const answer = await refresh(refresh_token);
      assert.equal(answer.status, 200);
      assert.ok(answer.body.id_token);
    }
  });

  test('a rotating token is used once; a second use revokes the family and its access tokens', async () => {
    await set(ROTATING);
    const first = await signIn();
    const second = await refresh(first.refresh_token);
    assert.equal(second.status, 200);
    assert.notEqual(second.body.refresh_token, first.refresh_token);
    const replay = await refresh(first.refresh_token);
    assert.equal(replay.status, 403);
    assert.deepEqual(replay.body, {
      error: 'invalid_grant',
      error_description: 'Unknown or invalid refresh token.',
    });
    assert.equal((await refresh(second.body.refresh_token)).status, 403);
    const info = await server.get('/userinfo', { authorization: `Bearer ${second.body.access_token}` });
    assert.equal(info.status, 401);
  });

  test('of parallel uses of one rotating token one wins', async () => {
    await set(ROTATING);
    const { refresh_token } = await signIn();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refresh_token)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  test('without a leeway a second use is no retry, even when its clock is behind that of the first', async () => {
    await set(ROTATING);
    const { refresh_token } = await signIn();
    server.advance(5000);
    assert.equal((await refresh(refresh_token)).status, 200);
    server.advance(-5000);
    assert.equal((await refresh(refresh_token)).status, 403);
  });

  test('a request that read its token before a revocation comes too late', async () => {
    await set({ ...ROTATING, leeway: 30 });
    const { database, clock, vault } = server.services;
    const { tenant } = server;
    const first = await signIn();
    assert.equal((await refresh(first.refresh_token)).status, 200);
    const presented = (await findRefreshToken({ sql: database.read, vault, tenant }, first.refresh_token))!;
    await database.write((sql) => revokeAuthorization(sql, tenant, presented.family.grant_id, clock()));
    const seen = { ip: '127.0.0.1', user_agent: '' };
    const today = await server.make('GET', `/clients/${client.client_id}`);
    const late = await database.write((sql) =>
      useRefreshToken({ sql, vault, tenant, now: clock() }, today, presented, seen),
    );
    assert.deepEqual(late, { refused: 'revoked' });
  });

  test('within the leeway a second use is a retry', async () => {
    await set({ ...ROTATING, leeway: 30 });
    const { refresh_token } = await signIn();
    const [once, again] = [await refresh(refresh_token), await refresh(refresh_token)];
    assert.deepEqual([once.status, again.status], [200, 200]);
    assert.equal(again.body.refresh_token, once.body.refresh_token, 'the answer that got lost, not a second branch');
    server.advance(31_000);
    assert.equal((await refresh(refresh_token)).status, 403);
    assert.equal((await refresh(once.body.refresh_token)).status, 403, 'the family is revoked');
  });

  test('the leeway is for the token before the current one, not for older ones', async () => {
    await set({ ...ROTATING, leeway: 30 });
    const { refresh_token } = await signIn();
    const second = await refresh(refresh_token);
    const third = await refresh(second.body.refresh_token);
    assert.equal(third.status, 200);
    assert.equal((await refresh(refresh_token)).status, 403);
    assert.equal((await refresh(third.body.refresh_token)).status, 403);
  });

  test('what was not handed out cannot revoke: a guessed generation, a changed mark, another tenant', async () => {
    await set(ROTATING);
    const { refresh_token } = await signIn();
    const second = (await refresh(refresh_token)).body.refresh_token;
    const [family, generation, mark] = second.split('~');
    const { vault, database } = server.services;
    const foreign = writeRefreshToken(vault, 'another', { grant_id: family, generation: 0 });
    const ahead = writeRefreshToken(vault, server.tenant, { grant_id: family, generation: 7 });
    for (const forged of [`${family}~0~${mark}`, `${family}~${generation}~${'A'.repeat(43)}`, foreign, ahead]) {
      assert.equal((await refresh(forged)).status, 403, forged);
    }
    assert.equal((await refresh(second)).status, 200, 'the family lives');
    const rows = await database.read.query(database.read.build.selectFrom('refresh_tokens').selectAll());
    assert.ok(!JSON.stringify(rows).includes(mark), 'no token is stored');
  });

  test('idle and absolute lifetimes', async () => {
    await set(ROTATING);
    const idle = await signIn();
    server.advance(501_000);
    assert.equal((await refresh(idle.refresh_token)).status, 403);

    let { refresh_token } = await signIn();
    for (const step of [400, 400]) {
      server.advance(step * 1000);
      const answer = await refresh(refresh_token);
      assert.equal(answer.status, 200);
      refresh_token = answer.body.refresh_token;
    }
    server.advance(201_000);
    assert.equal((await refresh(refresh_token)).status, 403, 'rotation does not prolong the family');
  });

  test('foreign clients, unknown and malformed tokens are all the same answer', async () => {
    await set({ rotation_type: 'non-rotating', expiration_type: 'non-expiring' });
    const { refresh_token } = await signIn();
    const foreign = await refresh(refresh_token, { client_id: other.client_id, client_secret: other.client_secret });
    const unknown = await refresh('v1.nobody-knows-this-token');
    assert.equal(foreign.status, 403);
    assert.deepEqual(foreign.body, unknown.body);
    assert.equal((await refresh('')).status, 400);
    assert.equal((await refresh('x'.repeat(30_000))).status, 400);
    assert.equal((await refresh(refresh_token)).status, 200, 'and the token is still good');
  });

  test('a scope may be narrowed, never widened', async () => {
    const { refresh_token } = await signIn();
    const narrowed = await refresh(refresh_token, { scope: 'openid' });
    assert.equal(narrowed.body.scope, 'openid');
    const widened = await refresh(refresh_token, { scope: 'openid profile' });
    assert.doesNotMatch(widened.body.scope, /profile/);
  });

  test('a revoked token is gone, and revoking an unknown one is no error', async () => {
    const { refresh_token, access_token } = await signIn();
    const proof = { client_id: client.client_id, client_secret: client.client_secret };
    const foreign = await server.post('/oauth/revoke', {
      client_id: other.client_id,
      client_secret: other.client_secret,
      token: refresh_token,
    });
    assert.equal(foreign.status, 400);
    assert.equal((await refresh(refresh_token)).status, 200);
    assert.equal((await server.post('/oauth/revoke', { ...proof, token: refresh_token }, { json: true })).status, 200);
    assert.equal((await refresh(refresh_token)).status, 403);
    assert.equal((await server.post('/oauth/revoke', { ...proof, token: 'unknown' })).status, 200);
    assert.equal((await server.post('/oauth/revoke', proof)).body.error, 'invalid_request');
    assert.equal((await server.post('/oauth/revoke', { client_id: client.client_id, token: 'x' })).status, 401);
    const access = await server.post('/oauth/revoke', { ...proof, token: access_token });
    assert.equal(access.body.error, 'unsupported_token_type');
    assert.equal((await server.get('/userinfo', { authorization: `Bearer ${access_token}` })).status, 401);
  });

  test('taking back a consent or setting a password ends tokens, access tokens at our endpoints too', async () => {
    const id = encodeURIComponent(user.user_id);
    const info = async (token: string) => (await server.get('/userinfo', { authorization: `Bearer ${token}` })).status;
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: false });
    for (const end of [
      async () => {
        const [grant] = await server.make('GET', `/grants?user_id=${id}&client_id=${client.client_id}`);
        await server.make('DELETE', `/grants/${grant.id}`);
      },
      () => server.make('PATCH', `/users/${id}`, { password: USER.password }),
      () => server.make('DELETE', `/users/${id}/refresh-tokens`),
    ]) {
      const { refresh_token, access_token } = await signIn();
      assert.equal(await info(access_token), 200);
      await end();
      assert.equal((await refresh(refresh_token)).status, 403, String(end));
      assert.equal(await info(access_token), 401, String(end));
    }
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: true });
  });

  test('a blocked or deleted user has no more tokens', async () => {
    const { refresh_token } = await signIn();
    await server.make('PATCH', `/users/${encodeURIComponent(user.user_id)}`, { blocked: true });
    const blocked = await refresh(refresh_token);
    assert.equal(blocked.status, 403);
    assert.match(blocked.body.error_description, /user is blocked/);
    await server.make('PATCH', `/users/${encodeURIComponent(user.user_id)}`, { blocked: false });
    assert.equal((await refresh(refresh_token)).status, 200);
    await server.make('DELETE', `/users/${encodeURIComponent(user.user_id)}`);
    assert.equal((await refresh(refresh_token)).status, 403);
  });
});
