/** Authorization requests: parameters that cannot be read, every way to answer, and what a session is good for. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser } from '../testing.ts';

onEveryServer('authorization requests', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;

  before(async () => {
    await makeUser(server);
    client = await makeClient(server, { web_origins: ['https://web.example.com'] });
  });

  const request = (more: Record<string, string> = {}): Record<string, string> => ({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    state: 'the state',
    ...more,
  });
  const query = (more?: Record<string, string>) => new URLSearchParams(request(more)).toString();
  const locationOf = (answer: { headers: Headers }) => new URL(answer.headers.get('location')!);

  test('a parameter that comes twice or holds no text is an error for the application, never a page of code', async () => {
    const names = ['response_type', 'response_mode', 'scope', 'state', 'nonce', 'audience', 'prompt', 'max_age'];
    names.push(
      'login_hint',
      'id_token_hint',
      'screen_hint',
      'ui_locales',
      'connection',
      'code_challenge',
      'code_challenge_method',
    );
    for (const name of names) {
      const twice = await server.get(`/authorize?${query({ prompt: 'none', [name]: 'a' })}&${name}=b`);
      assert.equal(twice.status, 302, `${name}: ${twice.text}`);
      assert.equal(locationOf(twice).searchParams.get('error'), 'invalid_request', name);
      assert.match(locationOf(twice).searchParams.get('error_description')!, new RegExp(`\\b${name}\\b`));
      for (const value of ['a\u0000b', '\ud800', ['a'], { a: 1 }]) {
        const answer = await server.post(
          '/authorize',
          { ...request({ prompt: 'none' }), [name]: value },
          { json: true },
        );
        assert.equal(answer.status, 302, `${name}=${JSON.stringify(value)}: ${answer.text}`);
        assert.equal(locationOf(answer).searchParams.get('error'), 'invalid_request', name);
      }
    }
    for (const name of ['client_id', 'redirect_uri']) {
      const answer = await server.get(`/authorize?${query()}&${name}=b`);
      assert.equal(answer.status, 400);
      assert.match(answer.headers.get('content-type')!, /html/);
    }
  });

  test('an address that is not registered is shown to whoever made the application, and nobody is sent there', async () => {
    const refused = async (redirect_uri: string) => {
      const answer = await server.get(`/authorize?${query({ redirect_uri })}`);
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.get('location'), null);
      assert.doesNotMatch(answer.text, /(href|src|action|content)="[^"]*evil/);
      return answer.text;
    };
    const page = await refused('https://evil.example.com/<b>"?a=1&b=2');
    assert.match(
      page,
      /<dt>Refused redirect_uri<\/dt><dd>https:\/\/evil.example.com\/&lt;b&gt;&quot;\?a=1&amp;b=2<\/dd>/,
    );
    assert.match(page, new RegExp(`<dd>Clients › ${client.name} › Settings › Allowed Callback URLs</dd>`));
    const long = await refused(`https://evil.example.com/${'long/'.repeat(400)}`);
    assert.match(long, /<dd>https:\/\/evil\.example\.com\/[long/]{175}…<\/dd>/);
    const { redirect_uri: _, ...none } = request();
    await server.make('PATCH', `/clients/${client.client_id}`, { callbacks: [CALLBACK, `${CALLBACK}/other`] });
    const missing = await server.get(`/authorize?${new URLSearchParams(none)}`);
    await server.make('PATCH', `/clients/${client.client_id}`, { callbacks: [CALLBACK] });
    assert.match(missing.text, /<dt>Missing<\/dt><dd>redirect_uri<\/dd>/);
  });

  test('a client that is not there is named to whoever made the application', async () => {
    const answer = await server.get(`/authorize?${query({ client_id: 'of-another-"service"' })}`);
    assert.equal(answer.status, 400);
    assert.match(answer.text, /<dt>Refused client_id<\/dt><dd>of-another-&quot;service&quot;<\/dd>/);
  });

  test('a request that is longer than an address can be is an error for the application, and not kept', async () => {
    const long = { state: 'x'.repeat(12_000), login_hint: 'x'.repeat(12_000) };
    const answer = await server.post('/authorize', request(long));
    assert.equal(locationOf(answer).searchParams.get('error_description'), 'The request is too long');
    assert.equal((await server.post('/authorize', request({ state: long.state }))).headers.get('location')?.[0], '/');
  });

  test('query and form are one request: a parameter in both came twice', async () => {
    const answer = await server.post('/authorize?state=other', request({ prompt: 'none' }));
    assert.equal(locationOf(answer).searchParams.get('error'), 'invalid_request');
    const good = await server.post('/authorize', request({ prompt: 'none' }));
    assert.equal(locationOf(good).searchParams.get('error'), 'login_required');
  });

  test('every response mode says the same, with the state', async () => {
    const browser = makeBrowser(server);
    await browser.authorize(request());
    const ask = (response_mode: string) => browser.get(`/authorize?${query({ prompt: 'none', response_mode })}`);
    const inQuery = locationOf(await ask('query')).searchParams;
    const inFragment = new URLSearchParams(locationOf(await ask('fragment')).hash.slice(1));
    for (const fields of [inQuery, inFragment]) {
      assert.ok(fields.get('code'));
      assert.equal(fields.get('state'), 'the state');
    }
    const form = await ask('form_post');
    assert.equal(form.status, 200);
    assert.match(form.text, /name="code" value="[^"]+"/);
    assert.match(form.text, /name="state" value="the state"/);

    const message = await ask('web_message');
    assert.equal(message.status, 200);
    assert.equal(message.headers.get('x-frame-options'), null, 'applications open it in a frame');
    assert.doesNotMatch(message.headers.get('content-security-policy')!, /frame-ancestors/);
    const [, told, origin] = /postMessage\((\{.*\}),"([^"]+)"\)/.exec(message.text)!;
    assert.equal(origin, new URL(CALLBACK).origin);
    const { type, response } = JSON.parse(told!);
    assert.equal(type, 'authorization_response');
    assert.ok(response.code);
    assert.equal(response.state, 'the state');

    const unknown = await ask('telepathy');
    assert.equal(locationOf(unknown).searchParams.get('error'), 'invalid_request');
  });

  test('answers name their issuer when the tenant says so, good and bad, and discovery says the same', async () => {
    const discovery = async () => {
      server.advance(2000);
      return (await server.get('/.well-known/openid-configuration')).body;
    };
    const issuer = async (response_mode: string) => {
      const location = locationOf(await server.get(`/authorize?${query({ prompt: 'none', response_mode })}`));
      return new URLSearchParams(response_mode === 'query' ? location.search : location.hash.slice(1)).get('iss');
    };
    assert.equal(await issuer('query'), null);
    assert.equal((await discovery()).authorization_response_iss_parameter_supported, undefined);
    await server.make('PATCH', '/tenants/settings', { authorization_response_iss_parameter_supported: true });
    assert.equal((await discovery()).authorization_response_iss_parameter_supported, true);
    assert.equal(await issuer('query'), server.issuer);
    assert.equal(await issuer('fragment'), server.issuer);
    assert.equal((await makeBrowser(server).authorize(request())).searchParams.get('iss'), server.issuer);
    await server.make('PATCH', '/tenants/settings', { authorization_response_iss_parameter_supported: null });
    assert.equal(await issuer('query'), null);

    const logout = (on: boolean) => ({ oidc_logout: { rp_logout_end_session_endpoint_discovery: on } });
    await server.make('PATCH', '/tenants/settings', logout(false));
    assert.equal((await discovery()).end_session_endpoint, undefined);
    await server.make('PATCH', '/tenants/settings', logout(true));
    assert.equal((await discovery()).end_session_endpoint, `${server.issuer}oidc/logout`);
  });

  test('a message goes to a registered origin only, and its script cannot be broken out of', async () => {
    const to = (redirect_uri: string, state = 's') =>
      server.get(`/authorize?${query({ prompt: 'none', response_mode: 'web_message', redirect_uri, state })}`);
    assert.match((await to('https://web.example.com')).text, /,"https:\/\/web\.example\.com"\)/);
    assert.equal((await to('https://evil.example.com')).status, 400);
    assert.equal((await to('https://web.example.com/other')).status, 400);
    const hostile = await to(CALLBACK, '</script><script>alert(1)</script>\u2028');
    assert.equal(hostile.text.match(/<script/g)?.length, 1);
  });

  test('an address that is not ASCII is led to, encoded', async () => {
    const callbacks = [CALLBACK, 'https://app.example.com/zurück'];
    await server.make('PATCH', `/clients/${client.client_id}`, { callbacks });
    const answer = await server.get(`/authorize?${query({ prompt: 'none', redirect_uri: callbacks[1]! })}`);
    assert.equal(answer.status, 302, answer.text);
    assert.match(answer.headers.get('location')!, /^https:\/\/app\.example\.com\/zur%C3%BCck\?error=login_required&/);
    await server.make('PATCH', `/clients/${client.client_id}`, { callbacks: [CALLBACK] });
  });

  test('what is wrong is told in part when it is long, wherever that cuts a character', async () => {
    const long = `${'a'.repeat(99)}😀 ${'a'.repeat(599)}😀`;
    for (const name of ['prompt', 'response_type', 'response_mode', 'audience']) {
      const answer = await server.get(`/authorize?${query({ [name]: name === 'audience' ? long.slice(102) : long })}`);
      assert.match(locationOf(answer).searchParams.get('error_description')!, /a\ufffd$/, name);
    }
  });

  test('a connection is asked for by its name, or by one of its realms', async () => {
    const [connection] = await server.make('GET', '/connections?strategy=auth0');
    await server.make('PATCH', `/connections/${connection.id}`, { realms: [connection.name, 'staff'] });
    const browser = makeBrowser(server);
    assert.ok((await browser.authorize(request({ connection: 'staff' }))).searchParams.get('code'));
    for (const [wanted, answer] of [
      [connection.name, 'code'],
      ['staff', 'code'],
      ['guests', 'error'],
    ]) {
      const silent = await browser.get(`/authorize?${query({ connection: wanted!, prompt: 'none' })}`);
      assert.ok(locationOf(silent).searchParams.has(answer!), wanted);
    }
  });

  test('asking for a login, another account or a new one shows its page despite the session', async () => {
    const browser = makeBrowser(server);
    await browser.authorize(request());
    for (const [more, page] of [
      [{ prompt: 'select_account' }, '/u/login'],
      [{ prompt: 'login' }, '/u/login'],
      [{ max_age: '0' }, '/u/login'],
      [{ prompt: 'create' }, '/u/signup'],
      [{ prompt: 'login', screen_hint: 'signup' }, '/u/signup'],
      [{ prompt: 'login', screen_hint: 'reset-password' }, '/u/forgot-password'],
      [{ prompt: 'consent' }, '/u/consent'],
    ] as [Record<string, string>, string][]) {
      if (more.max_age) server.advance(1000);
      const answer = await browser.get(`/authorize?${query(more)}`);
      assert.equal(answer.headers.get('location')?.split('?')[0], page, JSON.stringify(more));
    }
  });

  test('a session lives as long as the tenant says, used or not, and its cookie as it says', async () => {
    const hours = (count: number) => server.advance(count * 3_600_000);
    await server.make('PATCH', '/tenants/settings', { session_lifetime: 10, idle_session_lifetime: 4 });
    const isSignedIn = async (browser: ReturnType<typeof makeBrowser>) =>
      locationOf(await browser.get(`/authorize?${query({ prompt: 'none' })}`)).searchParams.has('code');
    const used = makeBrowser(server);
    await used.authorize(request());
    const unused = makeBrowser(server);
    await unused.authorize(request());
    for (let i = 0; i < 3; i++) {
      hours(3);
      assert.equal(await isSignedIn(used), true, `after ${3 * (i + 1)} hours`);
    }
    assert.equal(await isSignedIn(unused), false, 'idle for nine hours');
    hours(1.1);
    assert.equal(await isSignedIn(used), false, 'ten hours are over');

    const cookieLine = async () => {
      const browser = makeBrowser(server);
      const page = await browser.get((await browser.get(`/authorize?${query()}`)).headers.get('location')!);
      const done = await browser.submit(page, { username: 'grace@example.com', password: 'Nine-lives 4 cats' });
      return done.headers.getSetCookie().find((line) => line.includes('latchkey_session='))!;
    };
    assert.match(await cookieLine(), /; Max-Age=36000/);
    await server.make('PATCH', '/tenants/settings', { session_cookie: { mode: 'non-persistent' } });
    assert.doesNotMatch(await cookieLine(), /Max-Age/);
    assert.match(await cookieLine(), /; HttpOnly; SameSite=/);
    const ephemeral = { ephemeral_session_lifetime: 5, idle_ephemeral_session_lifetime_in_minutes: 120 };
    await server.make('PATCH', '/tenants/settings', ephemeral);
    const [kept, left] = [makeBrowser(server), makeBrowser(server)];
    await kept.authorize(request());
    await left.authorize(request());
    for (let i = 0; i < 4; i++) {
      hours(1.2);
      assert.equal(await isSignedIn(kept), true);
    }
    assert.equal(await isSignedIn(left), false);
    hours(0.3);
    assert.equal(await isSignedIn(kept), false);
  });

  test('a session with a short life lives on while it is used', async () => {
    const short = { session_lifetime: 10, idle_session_lifetime_in_minutes: 1, session_cookie: { mode: 'persistent' } };
    await server.make('PATCH', '/tenants/settings', short);
    const browser = makeBrowser(server);
    await browser.authorize(request());
    for (let i = 0; i < 4; i++) {
      server.advance(40_000);
      const answer = await browser.get(`/authorize?${query({ prompt: 'none' })}`);
      assert.ok(locationOf(answer).searchParams.has('code'), `after ${40 * (i + 1)} seconds`);
    }
  });
});
