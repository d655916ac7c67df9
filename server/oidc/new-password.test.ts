/** What a new password ends of what the old one gave. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../testing.ts';
import { CALLBACK, dashboardToken, makeBrowser, makeClient, makeUser, USER } from './testing.ts';

onEveryServer('A new password', (server) => {
  const REALM = 'Username-Password-Authentication';
  const GRANT = 'http://auth0.com/oauth/grant-type/password-realm';
  const AUDIENCE = 'https://api.example.com';
  // biome-ignore lint/suspicious/noExplicitAny: a client and a user as the API answers them
  let client: any, user: any;

  before(async () => {
    user = await makeUser(server);
    client = await makeClient(server, { grant_types: ['authorization_code', 'refresh_token', GRANT] });
    await server.make('POST', '/resource-servers', { name: 'API', identifier: AUDIENCE, scopes: [{ value: 'read' }] });
  });

  const byPassword = async (password: string, more: object = {}) => {
    const { client_id, client_secret } = client;
    const who = { realm: REALM, username: USER.email, password, scope: 'openid', ...more };
    return (await server.post('/oauth/token', { grant_type: GRANT, client_id, client_secret, ...who })).body
      .access_token;
  };
  const byCode = async (password: string) => {
    const { client_id, client_secret } = client;
    const request = { client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const code = (await makeBrowser(server).authorize(request, { ...USER, password })).searchParams.get('code');
    const grant = { grant_type: 'authorization_code', client_id, client_secret, redirect_uri: CALLBACK, code };
    return (await server.post('/oauth/token', grant)).body.access_token;
  };
  const userinfo = async (token: string) =>
    (await server.get('/userinfo', { authorization: `Bearer ${token}` })).status;
  const change = (id: string, password: string) => server.make('PATCH', `/users/${id}`, { password });

  test('ends access tokens at /userinfo that no refresh token stands behind', async () => {
    const tokens = [
      await byCode(USER.password),
      await byPassword(USER.password),
      await byPassword(USER.password, { audience: AUDIENCE }),
    ];
    assert.deepEqual(await Promise.all(tokens.map(userinfo)), [200, 200, 200]);
    server.advance(1000);
    await change(user.user_id, 'Eight-legs 2 spiders');
    assert.deepEqual(await Promise.all(tokens.map(userinfo)), [401, 401, 401]);
    server.advance(1000);
    for (const token of [await byCode('Eight-legs 2 spiders'), await byPassword('Eight-legs 2 spiders')])
      assert.equal(await userinfo(token), 200);
  });

  test("ends an administrator's token for the Management API", async () => {
    const administrator = { email: 'boss@example.com', password: 'Nine-lives 4 bosses' };
    const { user_id } = await makeUser(server, administrator);
    await server.make('POST', '/administrators', { user_id, roles: ['admin'] });
    const token = await dashboardToken(server, administrator);
    assert.equal((await server.api('GET', '/clients', undefined, token)).status, 200);
    server.advance(1000);
    await change(user_id, 'Nine-lives 5 bosses');
    assert.equal((await server.api('GET', '/clients', undefined, token)).status, 401);
    server.advance(1000);
    const fresh = await dashboardToken(server, { ...administrator, password: 'Nine-lives 5 bosses' });
    assert.equal((await server.api('GET', '/clients', undefined, fresh)).status, 200);
  });
});
