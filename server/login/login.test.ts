/** The hosted pages as a careless or hostile visitor uses them; the browser tests show that they please. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { hashSecret } from '../keys/secrets.ts';
import { beforeNextUnit, CALLBACK, hiddenFields, makeBrowser, makeClient, makeUser, USER } from '../oidc/testing.ts';
import { SETUP_TICKET } from '../tenants/setup.ts';
import { insertTicket } from '../tenants/tickets.ts';
import { type Answer, onEveryServer } from '../testing.ts';

onEveryServer('hosted login', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: answers of the API
  let client: any, connection: any;

  before(async () => {
    await makeUser(server);
    client = await makeClient(server);
    [connection] = await server.make('GET', '/connections?strategy=auth0');
  });

  async function open(page: 'login' | 'signup' | 'forgot-password', params: Record<string, string> = {}) {
    const browser = makeBrowser(server);
    const query = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const start = await browser.get(`/authorize?${new URLSearchParams({ ...query, ...params })}`);
    const login = await browser.get(start.headers.get('location')!);
    if (page === 'login') return { browser, form: login };
    return { browser, form: await browser.get(`/u/${page}?state=${hiddenFields(login).state}`) };
  }
  const setOptions = (options: Record<string, unknown>) =>
    server.make('PATCH', `/connections/${connection.id}`, { options: { ...connection.options, ...options } });
  const events = async () =>
    (await server.make('GET', '/logs?per_page=20')).map((event: { type: string }) => event.type);
  /** What a person sees: without the values that differ in each answer. */
  const seen = ({ text }: Answer) =>
    text.replace(/nonce="[^"]*"|value="[^"]*"|state=[\w~-]+/g, '').replace(/[\w.]+@[\w.]+/g, 'ADDRESS');

  test('a wrong password and an unknown address look the same', async () => {
    const answers = [];
    for (const username of [USER.email, 'nobody@example.com']) {
      const { browser, form } = await open('login');
      answers.push(await browser.submit(form, { username, password: 'wrong password' }));
    }
    assert.deepEqual(
      answers.map(({ status }) => status),
      [400, 400],
    );
    assert.equal(seen(answers[0]!), seen(answers[1]!));
    assert.deepEqual((await events()).filter((type: string) => ['fp', 'fu'].includes(type)).sort(), ['fp', 'fu']);
  });

  test('what nobody can have typed is refused, on every engine', async () => {
    const { browser, form } = await open('login');
    for (const [username, password] of [
      ['a\u0000b', USER.password],
      [USER.email, '\u0000'],
    ] as const) {
      const answer = await browser.submit(form, { username, password });
      assert.equal(answer.status, 400, answer.text);
    }
  });

  test('asking for a link looks the same for a known and an unknown address, and mails the known one only', async () => {
    const before = (await server.make('GET', '/mailbox')).total;
    const answers = [];
    for (const email of [USER.email, 'nobody@example.com']) {
      const { browser, form } = await open('forgot-password');
      const began = performance.now();
      answers.push(await browser.submit(form, { email }));
      assert.ok(performance.now() - began > 45, 'what is done for one of them alone is hidden by a wait');
    }
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.equal(seen(answers[0]!), seen(answers[1]!));
    assert.equal((await server.make('GET', '/mailbox')).total, before + 1);
  });

  test('what is typed comes back as text, passwords never', async () => {
    const { browser, form } = await open('login');
    const answer = await browser.submit(form, { username: '"><script>alert(1)</script>', password: 'pa55 w0rd' });
    assert.equal(answer.status, 400);
    assert.doesNotMatch(answer.text, /<script>alert/);
    assert.doesNotMatch(answer.text, /pa55/);
    const hinted = await open('login', { login_hint: '"><img src=x onerror=alert(1)>' });
    assert.doesNotMatch(hinted.form.text, /<img src=x/);
  });

  test('missing and overlong fields', async () => {
    for (const fields of [
      {},
      { username: USER.email },
      { password: 'x' },
      { username: 'x'.repeat(5000), password: 'y'.repeat(5000) },
    ]) {
      const { browser, form } = await open('login');
      assert.equal((await browser.submit(form, fields as Record<string, string>)).status, 400);
    }
  });

  test('the password policy of the connection holds at sign-up', async () => {
    await setOptions({ passwordPolicy: 'excellent', password_no_personal_info: { enable: true } });
    const email = 'newcomer@example.com';
    for (const password of ['', 'short', 'alllowercaseletters', 'Newcomer@2026 yes']) {
      const { browser, form } = await open('signup');
      const answer = await browser.submit(form, { email, password });
      assert.equal(answer.status, 400, password);
      assert.match(answer.text, /role="alert"/);
    }
    const { browser, form } = await open('signup');
    const answer = await browser.submit(form, { email, password: 'Xy7$ lamp-post over Tokyo' });
    assert.equal(answer.status, 303);
  });

  test('signing up with a taken address tells so only where the tenant wants it', async () => {
    const password = 'Xy7$ lamp-post over Tokyo';
    const texts = [];
    for (const told of [false, true]) {
      await server.make('PATCH', '/tenants/settings', { flags: { enable_public_signup_user_exists_error: told } });
      const { browser, form } = await open('signup');
      const answer = await browser.submit(form, { email: USER.email.toUpperCase(), password });
      assert.equal(answer.status, 400);
      texts.push(answer.text);
    }
    assert.doesNotMatch(texts[0]!, /can’t be used/);
    assert.match(texts[1]!, /can’t be used/);
    assert.ok((await events()).includes('fs'));
  });

  test('where sign-up is closed there is no way in', async () => {
    await setOptions({ disable_signup: true });
    const { browser, form } = await open('login');
    assert.doesNotMatch(form.text, /u\/signup/);
    const { state, _csrf } = hiddenFields(form);
    assert.equal((await browser.get(`/u/signup?state=${state}`)).status, 303);
    const pushed = await browser.post('/u/signup', {
      state: state!,
      _csrf: _csrf!,
      email: 'x@example.com',
      password: 'Xy7$ lamp-post over Tokyo',
    });
    assert.equal(pushed.status, 400);
    assert.equal((await server.make('GET', '/users-by-email?email=x@example.com')).length, 0);
    await setOptions({ disable_signup: false });
  });

  test('screen_hint and prompt=create open the sign-up page', async () => {
    for (const params of [{ screen_hint: 'signup' }, { prompt: 'create' }] as Record<string, string>[]) {
      const { form } = await open('login', params);
      assert.match(form.text, /name="email"/);
    }
  });

  test('of many parallel sign-ups with one address one makes a user', async () => {
    const email = 'twins@example.com';
    const opened = await Promise.all(Array.from({ length: 5 }, () => open('signup')));
    const answers = await Promise.all(
      opened.map(({ browser, form }) => browser.submit(form, { email, password: 'Xy7$ lamp-post over Tokyo' })),
    );
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    assert.equal((await server.make('GET', `/users-by-email?email=${email}`)).length, 1);
  });

  test('a link to choose a password works once, for an hour, and ends what was signed in', async () => {
    const { browser, form } = await open('forgot-password');
    await browser.submit(form, { email: USER.email });
    const link = await lastLink();
    const page = await browser.get(link);
    const password = 'Nine-lives 4 cats, again';
    const different = await browser.submit(page, { password, password_confirmation: 'other' });
    assert.equal(different.status, 400);
    const forged = await makeBrowser(server).post('/u/reset-password', {
      ...hiddenFields(page),
      password,
      password_confirmation: password,
    });
    assert.equal(forged.status, 403, 'another browser has not loaded the form');
    assert.equal((await browser.submit(page, { password, password_confirmation: password })).status, 200);
    assert.equal((await browser.submit(page, { password, password_confirmation: password })).status, 400);
    assert.equal((await browser.get(link)).status, 400);
    assert.equal((await browser.get('/u/reset-password?ticket=guess')).status, 400);
    await makeBrowser(server).authorize(
      { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' },
      { email: USER.email, password },
    );

    const late = await open('forgot-password');
    await late.browser.submit(late.form, { email: USER.email });
    const expired = await lastLink();
    server.advance(3_700_000);
    assert.equal((await late.browser.get(expired)).status, 400);
  });

  async function lastLink(): Promise<string> {
    const { messages } = await server.make('GET', '/mailbox');
    return /https?:\/\/\S+ticket=[\w-]+/.exec(messages[0].text)![0];
  }

  test('the cookie that binds a login to its browser outlives it, whenever the browser came first', async () => {
    const cookieOf = (answer: Answer) =>
      answer.headers.getSetCookie().find((line) => line.startsWith('latchkey_browser='))!;
    const query = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const browser = makeBrowser(server);
    const begin = () => browser.get(`/authorize?${new URLSearchParams(query)}`);
    const first = cookieOf(await begin());
    assert.match(first, /; Max-Age=86400/);
    assert.equal(cookieOf(await begin()), first);
    const page = await begin();
    assert.equal(cookieOf(await browser.get(page.headers.get('location')!)), first);
    const planted = await server.get(`/authorize?${new URLSearchParams(query)}`, {
      cookie: `latchkey_browser=${'"a, b"'.repeat(10)}`,
    });
    assert.match(cookieOf(planted), /^latchkey_browser=[\w-]{43};/);
  });

  test('a login that took too long is over', async () => {
    const { browser, form } = await open('login');
    server.advance(3_700_000);
    const answer = await browser.submit(form, { username: USER.email, password: USER.password });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /login is over/);
  });

  test('a blocked user learns of it with the right password only', async () => {
    const [user] = await server.make('GET', `/users-by-email?email=${USER.email}`);
    await server.make('PATCH', `/users/${encodeURIComponent(user.user_id)}`, { blocked: true, password: undefined });
    const wrong = await open('login');
    const first = await wrong.browser.submit(wrong.form, { username: USER.email, password: 'wrong' });
    assert.doesNotMatch(first.text, /blocked/i);
    const right = await open('login');
    const second = await right.browser.submit(right.form, {
      username: USER.email,
      password: 'Nine-lives 4 cats, again',
    });
    assert.match(second.text, /blocked/i);
  });

  test('what one user allowed is not allowed by the next who logs in on the same page', async () => {
    const [one, other, third] = ['one', 'other', 'third'].map((name) => ({
      email: `${name}@example.com`,
      password: 'Nine-lives 4 dogs',
    }));
    for (const user of [one!, other!, third!]) await makeUser(server, user);
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: false });
    const { browser, form } = await open('login');
    const toResume = await browser.submit(form, { username: one!.email, password: one!.password });
    const toConsent = await browser.get(toResume.headers.get('location')!);
    const consent = await browser.get(toConsent.headers.get('location')!);
    const allowed = await browser.submit(consent, { decision: 'allow' });
    const again = await browser.submit(form, { username: other!.email, password: other!.password });
    assert.equal(again.headers.get('location'), allowed.headers.get('location'));
    const next = await browser.get(again.headers.get('location')!);
    assert.match(next.headers.get('location')!, /^\/u\/consent\?/);

    const late = await open('login');
    const resumed = await late.browser.submit(late.form, { username: other!.email, password: other!.password });
    const asked = await late.browser.get(resumed.headers.get('location')!);
    const page = await late.browser.get(asked.headers.get('location')!);
    const login = { username: third!.email, password: third!.password };
    beforeNextUnit(server, () => late.browser.submit(late.form, login));
    const pressed = await late.browser.submit(page, { decision: 'allow' });
    const asksAgain = await late.browser.get(pressed.headers.get('location')!);
    assert.match(asksAgain.headers.get('location')!, /^\/u\/consent\?/);
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: true });
  });

  test('what one user allowed in one tab is not allowed by another who logs in in the next', async () => {
    const [one, other] = ['tab', 'next.tab'].map((name) => ({ email: `${name}@example.com`, password: USER.password }));
    for (const user of [one!, other!]) await makeUser(server, user);
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: false });
    const { browser, form } = await open('login');
    const follow = (answer: Answer) => browser.get(answer.headers.get('location')!);
    const asked = await follow(await browser.submit(form, { username: one!.email, password: one!.password }));
    const allowed = await browser.submit(await follow(asked), { decision: 'allow' });

    const query = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', prompt: 'login' };
    const tab = await follow(await browser.get(`/authorize?${new URLSearchParams(query)}`));
    await browser.submit(tab, { username: other!.email, password: other!.password });

    assert.match((await follow(allowed)).headers.get('location')!, /^\/u\/consent\?/);
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: true });
  });

  test('the set-up link is for one administrator', async () => {
    const answer = await server.get('/setup?ticket=guess');
    assert.equal(answer.status, 400);
    assert.match(answer.text, /This link is over/);
    const pushed = await server.post('/setup', { ticket: 'guess', email: 'a@example.com', password: 'x' });
    assert.equal(pushed.status, 403);
    const late = { tenant: server.tenant, ticket_hash: hashSecret('late'), kind: SETUP_TICKET, user_id: null };
    const now = server.services.clock();
    await server.services.database.write((sql) =>
      insertTicket(sql, { ...late, data: '{}', created_at: now, expires_at: now + 60_000, used_at: null }),
    );
    assert.match((await server.get('/setup?ticket=late')).text, /This link is over/, 'the server has one by now');
    const { build } = server.services.database.read;
    const administrators = build.selectFrom('documents').selectAll().where('kind', '=', 'administrator');
    const kept = await server.services.database.read.query(administrators);
    await server.services.database.write((sql) =>
      sql.query(build.deleteFrom('documents').where('kind', '=', 'administrator')),
    );
    const browser = makeBrowser(server);
    const form = await browser.get('/setup?ticket=late');
    beforeNextUnit(server, () =>
      server.services.database.write((sql) => sql.query(build.insertInto('documents').values(kept as never))),
    );
    const fields = { email: 'late@example.com', password: 'Nine-lives 4 late' };
    assert.match((await browser.submit(form, fields)).text, /This link is over/, 'somebody was faster');
  });

  test('the stylesheet is served for ever', async () => {
    const { form } = await open('login');
    const path = /href="(\/u\/assets\/[^"]+)"/.exec(form.text)![1]!;
    const answer = await server.get(path);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('cache-control')!, /immutable/);
  });
});
