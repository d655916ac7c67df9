/** `id_token_hint` of an authorization request: who is meant, whoever is signed in. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser, type TestBrowser, USER } from '../testing.ts';

onEveryServer('id_token_hint', (server) => {
  const ALAN = { email: 'alan@example.com', password: 'Turing-machine 1' };
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;
  let grace: string;
  let alan: string;

  before(async () => {
    await makeUser(server);
    await makeUser(server, ALAN);
    client = await makeClient(server);
    grace = await idTokenOf(client, USER);
    alan = await idTokenOf(client, ALAN);
  });

  const request = (more: Record<string, string> = {}): Record<string, string> => ({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid email',
    state: 'the state',
    ...more,
  });
  async function idTokenOf({ client_id, client_secret }: typeof client, user: typeof USER, scope = 'openid email') {
    const answer = await makeBrowser(server).authorize(request({ client_id, scope }), user);
    const code = answer.searchParams.get('code');
    const grant = { grant_type: 'authorization_code', client_id, client_secret, code, redirect_uri: CALLBACK };
    return (await server.post('/oauth/token', grant)).body.id_token as string;
  }
  const ask = async (browser: TestBrowser, more: Record<string, string>) => {
    const answer = await browser.get(`/authorize?${new URLSearchParams(request(more))}`);
    return new URL(answer.headers.get('location')!, server.base);
  };
  const silently = async (browser: TestBrowser, id_token_hint: string) =>
    (await ask(browser, { prompt: 'none', id_token_hint })).searchParams;
  async function signedIn(user = USER): Promise<TestBrowser> {
    const browser = makeBrowser(server);
    assert.ok((await browser.authorize(request(), user)).searchParams.get('code'));
    return browser;
  }

  test('a silent request for somebody else than who is signed in needs a login', async () => {
    const browser = await signedIn();
    const other = await silently(browser, alan);
    assert.deepEqual([other.get('error'), other.get('state')], ['login_required', 'the state']);
    assert.ok((await silently(browser, grace)).get('code'));
    assert.equal((await silently(makeBrowser(server), grace)).get('error'), 'login_required');
  });

  test('a token that has expired still says who is meant', async () => {
    server.advance(11 * 3_600_000);
    const browser = await signedIn();
    assert.ok((await silently(browser, grace)).get('code'));
    assert.equal((await silently(browser, alan)).get('error'), 'login_required');
  });

  test('with another session the login page is shown for the user who is meant', async () => {
    const browser = await signedIn();
    const page = await ask(browser, { id_token_hint: alan });
    assert.equal(page.pathname, '/u/login');
    const shown = await browser.get(page.pathname + page.search);
    assert.match(shown.text, /<input[^>]*name="username"[^>]*value="alan@example\.com"/);
    assert.ok((await browser.authorize(request({ id_token_hint: alan }), ALAN)).searchParams.get('code'));
    assert.ok((await silently(browser, alan)).get('code'));
  });

  test('whoever logs in as somebody else is not handed to the application', async () => {
    const answer = await makeBrowser(server).authorize(request({ id_token_hint: alan }), USER);
    assert.deepEqual([answer.searchParams.get('error'), answer.searchParams.get('code')], ['login_required', null]);
  });

  test('the page is filled with what the token says and no more; what the application says goes first', async () => {
    const browser = makeBrowser(server);
    const filled = async (more: Record<string, string>) => {
      const { pathname, search } = await ask(browser, more);
      const [input] = /<input[^>]*name="username"[^>]*>/.exec((await browser.get(pathname + search)).text)!;
      return /value="([^"]*)"/.exec(input)?.[1] ?? '';
    };
    assert.equal(await filled({ id_token_hint: alan }), 'alan@example.com');
    assert.equal(await filled({ id_token_hint: await idTokenOf(client, ALAN, 'openid') }), '');
    assert.equal(await filled({ id_token_hint: alan, login_hint: 'turing@example.com' }), 'turing@example.com');
  });

  test('what is no ID token of the client is an error for the application', async () => {
    const other = await makeClient(server, { name: 'Another' });
    const shared = await makeClient(server, { name: 'Shared secret', jwt_configuration: { alg: 'HS256' } });
    const [head, body, mark] = alan.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'auth0|somebody' })).toString('base64url');
    const bad = [
      'nonsense',
      `${head}.${forged}.${mark}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
      await idTokenOf(other, ALAN),
      await idTokenOf(shared, ALAN),
      server.token,
    ];
    for (const id_token_hint of bad) {
      for (const more of [{}, { prompt: 'none' }] as Record<string, string>[]) {
        const { origin, searchParams } = await ask(await signedIn(), { id_token_hint, ...more });
        assert.equal(origin, new URL(CALLBACK).origin);
        assert.equal(searchParams.get('error'), 'invalid_request', id_token_hint);
        assert.match(searchParams.get('error_description')!, /id_token_hint/);
      }
    }
    const own = await idTokenOf(shared, ALAN);
    const answer = await ask(await signedIn(ALAN), {
      client_id: shared.client_id,
      id_token_hint: own,
      prompt: 'none',
    });
    assert.ok(answer.searchParams.get('code'));
  });
});
