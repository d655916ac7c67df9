/** Logging out: who is asked, where it may lead to, and what ends. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { onEveryServer } from '../../testing.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser, type TestBrowser } from '../testing.ts';
import { matchLogoutUrl } from './allowed-urls.ts';

const BYE = 'https://app.example.com/bye';

test('addresses after a logout: exact, without query, one label of a wildcard', () => {
  const registered = [BYE, 'https://*.example.org/out', 'https://*.com'];
  for (const url of [BYE, `${BYE}?x=1`, `${BYE}#x`, 'https://shop.example.org/out']) {
    assert.equal(matchLogoutUrl(registered, url), true, url);
  }
  const wrong = [
    'https://app.example.com/',
    'http://app.example.com/bye',
    'https://a.b.example.org/out',
    'https://example.org/out',
    'https://evil.org/out',
    'https://evil.com/',
    'https://user@app.example.com/bye',
    'https://app.example.com.evil.com/bye',
    '//app.example.com/bye',
    'nonsense',
    'https:\\\\app.example.com\\bye',
    '\thttps://app.example.com/bye',
    'https://app.exa\nmple.com/bye',
    'https://app.example.com/bye\r\nX: y',
  ];
  for (const url of wrong) assert.equal(matchLogoutUrl(registered, url), false, url);
});

onEveryServer('logout', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;

  before(async () => {
    await makeUser(server);
    client = await makeClient(server, { allowed_logout_urls: [BYE] });
  });

  async function signedIn(): Promise<{ browser: TestBrowser; idToken: string }> {
    const browser = makeBrowser(server);
    const answer = await browser.authorize({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
    });
    const { body } = await server.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uri: CALLBACK,
      code: answer.searchParams.get('code')!,
    });
    return { browser, idToken: body.id_token };
  }
  async function isSignedIn(browser: TestBrowser): Promise<boolean> {
    const query = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', prompt: 'none' };
    const answer = await browser.get(`/authorize?${new URLSearchParams({ ...query, scope: 'openid' })}`);
    return new URL(answer.headers.get('location')!).searchParams.has('code');
  }
  const query = (params: Record<string, string>) => new URLSearchParams(params).toString();

  test('/v2/logout ends the session at once and leads on', async () => {
    const { browser } = await signedIn();
    const answer = await browser.get(`/v2/logout?${query({ client_id: client.client_id, returnTo: BYE })}&federated`);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), BYE);
    assert.equal(await isSignedIn(browser), false);
    const again = await browser.get(`/v2/logout?${query({ client_id: client.client_id })}`);
    assert.equal(again.headers.get('location'), BYE, 'without a session too, and to the first registered address');
    assert.equal((await browser.get('/v2/logout')).status, 200);
  });

  test('/v2/logout never redirects to an unregistered address', async () => {
    const { browser } = await signedIn();
    for (const params of [
      { client_id: client.client_id, returnTo: 'https://evil.example.com' },
      { returnTo: BYE },
      { client_id: 'nobody', returnTo: BYE },
    ] as Record<string, string>[]) {
      const answer = await browser.get(`/v2/logout?${query(params)}`);
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.get('location'), null);
    }
    const refused = await browser.get(`/v2/logout?${query({ returnTo: 'https://evil.example.com' })}`);
    assert.match(refused.text, /<dt>Refused returnTo<\/dt><dd>https:\/\/evil.example.com<\/dd>/);
    assert.match(refused.text, /<dd>Tenant settings › Sessions › Allowed logout URLs<\/dd>/);
    const doubled = await browser.get(`/v2/logout?${query({ client_id: 'a' })}&client_id=b`);
    assert.equal(doubled.status, 400);
    assert.equal(await isSignedIn(browser), true);
  });

  test('/oidc/logout with the ID token of the session does not ask, expired or not', async () => {
    const { browser, idToken } = await signedIn();
    server.advance(40_000_000);
    const params = { id_token_hint: idToken, post_logout_redirect_uri: BYE, state: 's&1' };
    const answer = await browser.get(`/oidc/logout?${query(params)}`);
    assert.equal(answer.status, 302);
    const location = new URL(answer.headers.get('location')!);
    assert.equal(location.origin + location.pathname, BYE);
    assert.equal(location.searchParams.get('state'), 's&1');
    assert.equal(await isSignedIn(browser), false);
  });

  test('a hint that is signed with the secret of the client is understood, encoded or not', async () => {
    for (const secret_encoded of [false, true]) {
      await server.make('PATCH', `/clients/${client.client_id}`, {
        jwt_configuration: { alg: 'HS256', secret_encoded },
      });
      const { browser, idToken } = await signedIn();
      const answer = await browser.get(`/oidc/logout?${query({ id_token_hint: idToken })}`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(await isSignedIn(browser), false);
    }
    await server.make('PATCH', `/clients/${client.client_id}`, { jwt_configuration: { alg: 'RS256' } });
  });

  test('an address that is not ASCII is led to, encoded', async () => {
    const returnTo = `${BYE}?name=\u20ac`;
    const answer = await server.get(`/v2/logout?${query({ client_id: client.client_id, returnTo })}`);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), `${BYE}?name=%E2%82%AC`);
  });

  test('a session id is a hint too', async () => {
    const { browser, idToken } = await signedIn();
    const hint = { client_id: client.client_id, logout_hint: String(decodeJwt(idToken).sid) };
    const answer = await browser.get(`/oidc/logout?${query({ ...hint, post_logout_redirect_uri: BYE })}`);
    assert.equal(answer.status, 302);
    assert.equal(await isSignedIn(browser), false);
  });

  test('without a hint the user is asked, and only their button logs out', async () => {
    const { browser } = await signedIn();
    const params = { client_id: client.client_id, post_logout_redirect_uri: BYE, state: 'x' };
    const page = await browser.get(`/oidc/logout?${query(params)}`);
    assert.equal(page.status, 200);
    assert.equal(await isSignedIn(browser), true);
    const forged = await browser.post('/u/logout', { ...params, _csrf: 'guess' });
    assert.equal(forged.status, 403);
    assert.equal(await isSignedIn(browser), true);
    const done = await browser.submit(page, {});
    assert.equal(done.status, 303);
    assert.equal(done.headers.get('location'), `${BYE}?state=x`);
    assert.equal(await isSignedIn(browser), false);
  });

  test('the hint of another session is no proof; a broken one is an error', async () => {
    const [{ browser }, other] = [await signedIn(), await makeOther()];
    const page = await browser.get(`/oidc/logout?${query({ id_token_hint: other, post_logout_redirect_uri: BYE })}`);
    assert.equal(page.status, 200, 'asks');
    const bad = [
      'x',
      'a.b.c',
      `${other}x`,
      other.replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url')),
    ];
    for (const id_token_hint of bad) {
      const answer = await browser.get(`/oidc/logout?${query({ id_token_hint, post_logout_redirect_uri: BYE })}`);
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.get('location'), null);
    }
    assert.equal(await isSignedIn(browser), true);
  });

  async function makeOther(): Promise<string> {
    const user = { email: 'other@example.com', password: 'Nine-lives 4 dogs' };
    await server.make('POST', '/users', { connection: 'Username-Password-Authentication', ...user });
    const answer = await makeBrowser(server).authorize(
      { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' },
      user,
    );
    const { body } = await server.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uri: CALLBACK,
      code: answer.searchParams.get('code')!,
    });
    return body.id_token;
  }
});
