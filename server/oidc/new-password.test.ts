/** What a new password ends of what the old one gave. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../testing.ts';
import {
  beforeNextUnit,
  CALLBACK,
  dashboardToken,
  hiddenFields,
  makeBrowser,
  makeClient,
  makeUser,
  USER,
} from './testing.ts';

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
  const byCode = async (password: string, email = USER.email) => {
    const { client_id, client_secret } = client;
    const request = { client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const code = (await makeBrowser(server).authorize(request, { ...USER, email, password })).searchParams.get('code');
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

  const LATE = ['Seven-seas 3 ships', 'Seven-seas 4 ships', 'Seven-seas 5 ships', 'Seven-seas 6 ships'] as const;

  test('ends logins whose password was compared before it was changed', async () => {
    await change(user.user_id, LATE[0]);
    const { client_id, client_secret } = client;
    const who = { realm: REALM, username: USER.email, password: LATE[0], scope: 'openid offline_access' };
    beforeNextUnit(server, () => change(user.user_id, LATE[1]));
    const byGrant = await server.post('/oauth/token', { grant_type: GRANT, client_id, client_secret, ...who });
    assert.deepEqual([byGrant.status, byGrant.body.error], [403, 'invalid_grant']);

    const browser = makeBrowser(server);
    const request = { client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const toLogin = await browser.get(`/authorize?${new URLSearchParams(request)}`);
    const page = await browser.get(toLogin.headers.get('location')!);
    beforeNextUnit(server, () => change(user.user_id, LATE[2]));
    const onPage = await browser.submit(page, { username: USER.email, password: LATE[1] });
    assert.equal(onPage.status, 400);
    assert.match(onPage.text, /Wrong email address or password/);
    assert.deepEqual(await server.make('GET', `/users/${user.user_id}/sessions`), { sessions: [] });
    const again = await browser.submit(onPage, { username: USER.email, password: LATE[2] });
    assert.equal(again.status, 303);
  });

  test('ends a session that is just being used', async () => {
    const browser = makeBrowser(server);
    const { client_id } = client;
    const request = { client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const silent = async () => {
      const query = new URLSearchParams({ ...request, prompt: 'none' });
      const { searchParams } = new URL((await browser.get(`/authorize?${query}`)).headers.get('location')!);
      return searchParams.get('error') ?? [...searchParams.keys()].join();
    };
    await browser.authorize(request, { ...USER, password: LATE[2] });
    assert.equal(await silent(), 'code');
    beforeNextUnit(server, () => change(user.user_id, LATE[3]));
    assert.equal(await silent(), 'login_required');
  });

  test('of a link in a mail leaves what is changed at the same time as it is', async () => {
    const { ticket } = await server.make('POST', '/tickets/password-change', { user_id: user.user_id });
    const browser = makeBrowser(server);
    const page = await browser.get(new URL(ticket).pathname + new URL(ticket).search);
    beforeNextUnit(server, () =>
      server.make('PATCH', `/users/${user.user_id}`, { blocked: true, given_name: 'Amazing' }),
    );
    const fields = { password: 'Six-packs 3 cans', password_confirmation: 'Six-packs 3 cans' };
    assert.equal((await browser.submit(page, fields)).status, 200);
    const { blocked, given_name } = await server.make('GET', `/users/${user.user_id}`);
    assert.deepEqual({ blocked, given_name }, { blocked: true, given_name: 'Amazing' });
  });

  test('cannot be set by a link that is written while its address is taken away', async () => {
    const person = { email: 'before@example.com', password: 'Nine-lives 4 moves' };
    const { user_id } = await makeUser(server, person);
    const browser = makeBrowser(server);
    const request = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const toLogin = await browser.get(`/authorize?${new URLSearchParams(request)}`);
    const login = await browser.get(toLogin.headers.get('location')!);
    const form = await browser.get(`/u/forgot-password?state=${hiddenFields(login).state}`);
    beforeNextUnit(server, () => server.make('PATCH', `/users/${user_id}`, { email: 'after@example.com' }));
    await browser.submit(form, { email: person.email });
    const { messages } = await server.make('GET', '/mailbox');
    const [link] = /\/u\/reset-password\?ticket=[\w-]+/.exec(messages[0].text)!;
    const page = await browser.get(link);
    assert.equal(page.status, 400);
    assert.match(page.text, /expired/i);
  });

  test('is set by a node whose clock is ahead: what the others give from then on is good', async () => {
    const person = { email: 'ahead@example.com', password: 'Nine-lives 4 ahead' };
    await makeUser(server, person);
    server.advance(-2000);
    const { client_id, client_secret } = client;
    const who = { realm: REALM, username: person.email, password: person.password, scope: 'openid' };
    const grant = { grant_type: GRANT, client_id, client_secret, ...who };
    const byGrant = (await server.post('/oauth/token', grant)).body.access_token;
    assert.deepEqual(
      [await userinfo(byGrant), await userinfo(await byCode(person.password, person.email))],
      [200, 200],
    );
    server.advance(2000);
  });

  test('is not needed to end the tokens of somebody who had the same id before', async () => {
    const person = { email: 'again@example.com', password: 'Nine-lives 4 again', user_id: 'again' };
    const { user_id } = await makeUser(server, person);
    const { client_id, client_secret } = client;
    const who = { realm: REALM, username: person.email, password: person.password, scope: 'openid' };
    const signIn = async () =>
      (await server.post('/oauth/token', { grant_type: GRANT, client_id, client_secret, ...who })).body.access_token;
    const before = await signIn();
    assert.equal(await userinfo(before), 200);
    server.advance(1000);
    await server.make('DELETE', `/users/${user_id}`);
    await makeUser(server, person);
    assert.deepEqual([await userinfo(before), await userinfo(await signIn())], [401, 200]);
  });
});
