/** Blocks after failed logins: of accounts and of addresses, seen and lifted over HTTP. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { makeBrowser, makeClient } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';

const PASSWORD = 'Nine-lives 4 cats';
const REALM = 'Username-Password-Authentication';
const DAY = 86_400_000;

onEveryServer('Blocks after failed logins', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;
  let counter = 0;

  before(async () => {
    client = await makeClient(server, {
      grant_types: ['authorization_code', 'http://auth0.com/oauth/grant-type/password-realm'],
      is_token_endpoint_ip_header_trusted: true,
    });
    await protect({ max_attempts: 3 });
  });

  const protect = (body: object) => server.make('PATCH', '/attack-protection/brute-force-protection', body);
  const throttle = (body: object) => server.make('PATCH', '/attack-protection/suspicious-ip-throttling', body);
  const makeUser = () =>
    server.make('POST', '/users', { connection: REALM, email: `target-${++counter}@example.com`, password: PASSWORD });
  const logIn = (username: string, password: string, ip = '203.0.113.1') =>
    server.post(
      '/oauth/token',
      {
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        realm: REALM,
        client_id: client.client_id,
        client_secret: client.client_secret,
        username,
        password,
      },
      { headers: { 'auth0-forwarded-for': ip } },
    );
  async function fail(username: string, times: number, ip?: string) {
    for (let n = 0; n < times; n++) assert.equal((await logIn(username, 'wrong', ip)).body.error, 'invalid_grant');
  }
  const blocks = async (path: string) => (await server.make('GET', `/user-blocks${path}`)).blocked_for;

  test('an account is blocked for an address after as many failures as are allowed', async () => {
    const user = await makeUser();
    await fail(user.email.toUpperCase(), 3);
    const refused = await logIn(user.email, PASSWORD);
    assert.deepEqual([refused.status, refused.body.error], [429, 'too_many_attempts']);
    assert.equal((await logIn(user.email, PASSWORD, '203.0.113.2')).status, 200);
    const block = { identifier: user.email, connection: REALM, ip: '203.0.113.1' };
    assert.deepEqual(await blocks(`/${user.user_id}`), [block]);
    assert.deepEqual(await blocks(`?identifier=${encodeURIComponent(user.email)}`), [block]);
    const events = await server.make('GET', `/logs?q=type:limit_wc`);
    assert.equal(events[0].user_name, user.email);
  });

  test('guesses that are sent at once are no more than guesses one after another', async () => {
    const user = await makeUser();
    const answers = await Promise.all(Array.from({ length: 12 }, () => logIn(user.email, 'wrong')));
    const looked = answers.filter(({ body }) => body.error === 'invalid_grant').length;
    assert.equal(looked, 3, 'as many passwords as may be wrong were looked at');
    const elsewhere = Array.from({ length: 12 }, () => logIn(user.email, PASSWORD, '203.0.113.2'));
    assert.deepEqual(new Set((await Promise.all(elsewhere)).map(({ status }) => status)), new Set([200]));
  });

  test('accounts that are tried at once from one address are no more than one after another', async () => {
    const ip = '203.0.113.77';
    await throttle({ stage: { 'pre-login': { max_attempts: 4, rate: 864_000 } } });
    const strangers = Array.from({ length: 12 }, (_, n) => logIn(`at-once-${n}@example.com`, 'wrong', ip));
    const looked = (await Promise.all(strangers)).filter(({ body }) => body.error === 'invalid_grant').length;
    assert.equal(looked, 4);
    assert.equal((await logIn((await makeUser()).email, PASSWORD, ip)).status, 429);
    await throttle({ stage: { 'pre-login': { max_attempts: 100, rate: 864_000 } } });
  });

  test('a success in between starts the count anew', async () => {
    const user = await makeUser();
    await fail(user.email, 2);
    assert.equal((await logIn(user.email, PASSWORD)).status, 200);
    await fail(user.email, 2);
    assert.equal((await logIn(user.email, PASSWORD)).status, 200);
  });

  test('an administrator lifts a block by user and by identifier', async () => {
    const user = await makeUser();
    for (const path of [`/${user.user_id}`, `?identifier=${encodeURIComponent(user.email)}`]) {
      await fail(user.email, 3);
      assert.equal((await logIn(user.email, PASSWORD)).status, 429);
      assert.equal((await server.api('DELETE', `/user-blocks${path}`)).status, 204);
      assert.deepEqual(await blocks(path), []);
      assert.equal((await logIn(user.email, PASSWORD)).status, 200);
    }
    const events = await server.make('GET', '/logs?q=type:ublkdu');
    assert.equal(events.length, 2);
    assert.equal((await server.api('DELETE', `/user-blocks/${user.user_id}`)).status, 204);
  });

  test('the owner of a blocked account is told once, with a link that lifts the block', async () => {
    const user = await makeUser();
    await fail(user.email, 3);
    await logIn(user.email, 'wrong');
    const { messages } = await server.make('GET', '/mailbox');
    const mails = messages.filter((mail: { to: string }) => mail.to === user.email);
    assert.equal(mails.length, 1);
    const [path] = /\/u\/unblock\?ticket=[\w-]+/.exec(mails[0].text)!;
    const browser = makeBrowser(server);
    const page = await browser.get(path);
    assert.equal((await logIn(user.email, PASSWORD)).status, 429);
    assert.equal((await browser.submit(page, {})).status, 200);
    assert.equal((await logIn(user.email, PASSWORD)).status, 200);
    assert.equal((await browser.get(path)).status, 400);
    assert.equal((await browser.submit(page, {})).status, 400);
  });

  test('a new password lifts the block', async () => {
    const user = await makeUser();
    await fail(user.email, 3);
    await server.make('PATCH', `/users/${user.user_id}`, { password: 'Eight-legs 2 spiders' });
    assert.equal((await logIn(user.email, 'Eight-legs 2 spiders')).status, 200);
  });

  test('the hosted page refuses a blocked account in the same way for nobody', async () => {
    const user = await makeUser();
    for (const username of [user.email, 'nobody-at-all@example.com']) {
      const browser = makeBrowser(server);
      const query = { client_id: client.client_id, redirect_uri: client.callbacks[0], response_type: 'code' };
      const start = await browser.get(`/authorize?${new URLSearchParams(query)}`);
      let page = await browser.get(start.headers.get('location')!);
      for (let n = 0; n < 3; n++) page = await browser.submit(page, { username, password: 'wrong' });
      assert.doesNotMatch(page.text, /Too many attempts/);
      page = await browser.submit(page, { username, password: PASSWORD });
      assert.equal(page.status, 400);
      assert.match(page.text, /Too many attempts/);
    }
  });

  test('failures may be counted for all addresses together', async () => {
    await protect({ mode: 'count_per_identifier' });
    const user = await makeUser();
    await fail(user.email, 1, '203.0.113.3');
    await fail(user.email, 2, '203.0.113.4');
    assert.equal((await logIn(user.email, PASSWORD, '203.0.113.5')).status, 429);
    assert.deepEqual(await blocks(`/${user.user_id}`), [{ identifier: user.email, connection: REALM }]);
    await protect({ mode: 'count_per_identifier_and_ip' });
  });

  test('addresses on the list are never blocked, and nobody is without the shield', async () => {
    const user = await makeUser();
    await protect({ allowlist: ['198.51.100.0/24'] });
    await fail(user.email, 5, '198.51.100.77');
    assert.equal((await logIn(user.email, PASSWORD, '198.51.100.77')).status, 200);
    await protect({ allowlist: [], shields: ['user_notification'] });
    await fail(user.email, 4);
    assert.equal((await logIn(user.email, 'wrong')).body.error, 'invalid_grant');
    const path = `/${user.user_id}?consider_brute_force_enablement=`;
    assert.equal((await blocks(`${path}false`)).length, 1);
    assert.deepEqual(await blocks(`${path}true`), []);
    await protect({ shields: ['block', 'user_notification'] });
    assert.equal((await blocks(`${path}true`)).length, 1);
  });

  test('addresses of one IPv6 network count as one', async () => {
    const user = await makeUser();
    for (const ip of ['2001:db8:0:1::1', '2001:DB8:0:1:ffff::', '2001:db8::1:0:0:0:2']) await fail(user.email, 1, ip);
    assert.equal((await logIn(user.email, PASSWORD, '2001:db8:0:1::3')).status, 429);
    for (const other of ['2001:db8:0:2::1', '2001:db8::1', '::ffff:203.0.113.7', '::1'])
      assert.equal((await logIn(user.email, PASSWORD, other)).status, 200, other);
  });

  test('what a trusted client tells as an address and is none is no address', async () => {
    const user = await makeUser();
    await protect({ allowlist: ['198.51.100.0/24'] });
    for (const ip of ['dead.beef', '1.2.3', '::ffff:1.2.3', '...'])
      assert.equal((await logIn(user.email, PASSWORD, ip)).status, 200, ip);
    await protect({ allowlist: [] });
  });

  test('a deleted user leaves no block behind', async () => {
    const user = await makeUser();
    await fail(user.email, 3);
    await server.make('DELETE', `/users/${user.user_id}`);
    assert.deepEqual(await blocks(`?identifier=${encodeURIComponent(user.email)}`), []);
  });

  test('an address that made too many attempts is blocked until some are given back', async () => {
    const ip = '203.0.113.99';
    const path = `/anomaly/blocks/ips/${ip}`;
    const user = await makeUser();
    await throttle({ stage: { 'pre-login': { max_attempts: 4, rate: 864_000 } } });
    assert.equal((await server.api('GET', path)).status, 404);
    for (let n = 0; n < 4; n++) await fail(`stranger-${n}@example.com`, 1, ip);
    const refused = await logIn(user.email, PASSWORD, ip);
    assert.deepEqual([refused.status, refused.body.error], [429, 'too_many_attempts']);
    assert.match(refused.body.error_description, /suspicious login behavior/);
    assert.equal((await server.api('GET', path)).status, 200);
    assert.equal((await logIn(user.email, PASSWORD, '203.0.113.98')).status, 200);
    server.advance(864_000);
    assert.equal((await server.api('GET', path)).status, 404);
    assert.equal((await logIn(user.email, PASSWORD, ip)).status, 200);
    await fail('stranger-5@example.com', 1, ip);
    assert.equal((await server.api('GET', path)).status, 200);
    assert.equal((await server.api('DELETE', path)).status, 204);
    assert.equal((await server.api('GET', path)).status, 404);
    assert.equal((await server.api('DELETE', path)).status, 204);
    await throttle({ stage: { 'pre-login': { max_attempts: 100, rate: 864_000 } } });
  });

  test('sign-ups of an address have a limit too', async () => {
    await throttle({ stage: { 'pre-user-registration': { max_attempts: 2, rate: 86_400_000 } } });
    const outcomes: boolean[] = [];
    for (let n = 0; n < 3; n++) {
      const browser = makeBrowser(server);
      const query = {
        client_id: client.client_id,
        redirect_uri: client.callbacks[0],
        response_type: 'code',
        screen_hint: 'signup',
      };
      let page = await browser.get(`/authorize?${new URLSearchParams(query)}`);
      while (page.headers.get('location')) page = await browser.get(page.headers.get('location')!);
      const done = await browser.submit(page, { email: `newcomer-${n}@example.com`, password: PASSWORD });
      outcomes.push(/Too many attempts/.test(done.text));
    }
    assert.deepEqual(outcomes, [false, false, true]);
    await throttle({ stage: { 'pre-user-registration': { max_attempts: 50, rate: 1200 } } });
  });

  test('what is no address, no user, or no identifier is refused', async () => {
    for (const path of ['/anomaly/blocks/ips/nonsense', '/anomaly/blocks/ips/203.0.113.0%2F24', '/user-blocks']) {
      assert.equal((await server.api('GET', path)).status, 400, path);
      assert.equal((await server.api('DELETE', path)).status, 400, path);
    }
    for (const method of ['GET', 'DELETE']) {
      const answer = await server.api(method, '/user-blocks/auth0|nobody');
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_user']);
    }
    assert.equal((await server.api('GET', '/anomaly/blocks/ips/2001:db8::1')).status, 404);
  });

  test('a block ends thirty days after the last failure', async () => {
    const user = await makeUser();
    await fail(user.email, 3);
    server.advance(30 * DAY + 1000);
    assert.deepEqual(await blocks(`/${user.user_id}`), []);
    assert.equal((await logIn(user.email, PASSWORD)).status, 200);
  });

  test('failures from before that time are not counted with later ones', async () => {
    const user = await makeUser();
    await fail(user.email, 2);
    server.advance(30 * DAY + 1000);
    await fail(user.email, 2);
    assert.equal((await logIn(user.email, PASSWORD)).status, 200);
  });
});
