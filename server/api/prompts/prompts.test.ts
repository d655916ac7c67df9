// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of custom texts look like that
/** The operations of `/prompts` over HTTP, and what custom texts do to the hosted pages. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CALLBACK, hiddenFields, makeBrowser, makeClient } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Prompts', (server) => {
  test('the settings have defaults, and what is not given stays', async () => {
    const defaults = { universal_login_experience: 'new', identifier_first: false };
    assert.deepEqual(await server.make('GET', '/prompts'), defaults);
    const changed = { universal_login_experience: 'new', identifier_first: true };
    assert.deepEqual(await server.make('PATCH', '/prompts', { identifier_first: true }), changed);
    assert.deepEqual(await server.make('PATCH', '/prompts', { universal_login_experience: 'new' }), changed);
    assert.deepEqual(await server.make('GET', '/prompts'), changed);
    assert.deepEqual(await server.make('PATCH', '/prompts', { identifier_first: null }), defaults);
    assert.deepEqual(await server.make('GET', '/prompts'), defaults);
  });

  test('settings that are not settings are refused', async () => {
    for (const body of [{}, { universal_login_experience: 'old' }, { identifier_first: 1 }, { other: true }]) {
      const answer = await server.api('PATCH', '/prompts', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    const reader = await server.tokenWith('read:prompts');
    assert.equal((await server.api('PATCH', '/prompts', { identifier_first: true }, reader)).status, 403);
  });

  test('the app for push notifications is kept', async () => {
    const app = { app_name: 'Keys', apple_app_link: 'https://apple.example', google_app_link: 'https://play.example' };
    assert.deepEqual(Object.keys(await server.make('GET', '/prompts/mfa-push')).sort(), Object.keys(app).sort());
    assert.deepEqual(await server.make('PATCH', '/prompts/mfa-push', app), app);
    assert.deepEqual(await server.make('GET', '/prompts/mfa-push'), app);
    assert.equal((await server.api('PATCH', '/prompts/mfa-push', { name: 'x' })).status, 400);
  });

  test('partials are set for each prompt and taken away by an empty body', async () => {
    const path = '/prompts/login-passwordless/partials';
    assert.deepEqual(await server.make('GET', path), {});
    const body = { 'login-passwordless-email-code': { 'form-content-start': '<div>Start</div>' } };
    assert.deepEqual(await server.make('PUT', path, body), body);
    assert.deepEqual(await server.make('GET', path), body);
    assert.deepEqual(await server.make('GET', '/prompts/login/partials'), {});
    assert.deepEqual(await server.make('PUT', path, {}), {});
    assert.deepEqual(await server.make('GET', path), {});
  });

  test('partials of another prompt, place or type are refused', async () => {
    for (const body of [{ signup: {} }, { login: { top: 'x' } }, { login: { 'form-content-start': 1 } }, []]) {
      const answer = await server.api('PUT', '/prompts/login/partials', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    assert.equal((await server.api('PUT', '/prompts/logout/partials', {})).body.errorCode, 'invalid_uri');
  });

  test('a screen is rendered by the defaults until it is set; an update answers what was sent', async () => {
    const path = '/prompts/login-id/screen/login-id/rendering';
    const defaults = {
      tenant: server.tenant,
      prompt: 'login-id',
      screen: 'login-id',
      rendering_mode: 'standard',
      context_configuration: [],
      default_head_tags_disabled: false,
      head_tags: [],
      filters: null,
      use_page_template: false,
    };
    assert.deepEqual(await server.make('GET', path), defaults);
    assert.deepEqual(await server.make('GET', '/prompts/rendering?include_totals=true'), {
      configs: [],
      start: 0,
      limit: 50,
      total: 0,
    });
    const sent = {
      rendering_mode: 'advanced',
      context_configuration: ['screen.texts', 'client.metadata.tier'],
      filters: { match_type: 'includes_any', clients: [{ id: 'one' }], organizations: [{ metadata: { a: 'b' } }] },
    };
    assert.deepEqual(await server.make('PATCH', path, sent), sent);
    assert.deepEqual(await server.make('GET', path), { ...defaults, ...sent });
    assert.deepEqual(await server.make('PATCH', path, { filters: null }), {});
    assert.deepEqual(await server.make('GET', path), { ...defaults, ...sent, filters: null });
  });

  test('several screens are set at once, listed, filtered and paged', async () => {
    const configs = [
      { prompt: 'signup', screen: 'signup', rendering_mode: 'advanced' },
      { prompt: 'logout', screen: 'logout-complete', rendering_mode: 'standard' },
    ];
    assert.deepEqual(await server.make('PATCH', '/prompts/rendering', { configs }), { configs });
    const [first] = await server.make('GET', '/prompts/rendering?prompt=signup&fields=prompt,screen');
    assert.deepEqual(first, { prompt: 'signup', screen: 'signup' });
    const advanced = await server.make('GET', '/prompts/rendering?rendering_mode=advanced&per_page=1&page=1');
    assert.deepEqual(
      advanced.map((config: { screen: string }) => config.screen),
      ['signup'],
    );
    const found = await server.make('GET', '/prompts/rendering?screen=logout-complete&include_totals=true');
    assert.equal(found.total, 1);
  });

  test('rendering of what is no screen, and settings that are none, are refused', async () => {
    const path = '/prompts/login-id/screen/login-id/rendering';
    const bodies = [
      { rendering_mode: 'fast' },
      { context_configuration: ['everything'] },
      { filters: { clients: [{ name: 'x' }] } },
      { filters: { clients: [{ id: 'x', metadata: {} }] } },
      { head_tags: [{ tag: 1 }] },
      { more: 1 },
    ];
    for (const body of bodies) assert.equal((await server.api('PATCH', path, body)).status, 400, JSON.stringify(body));
    for (const pair of ['login-id/screen/signup', 'nothing/screen/login', 'login/screen/nothing']) {
      for (const [method, body] of [['GET'], ['PATCH', {}]] as const) {
        const answer = await server.api(method, `/prompts/${pair}/rendering`, body);
        assert.equal(answer.status, 400, pair);
        assert.equal(answer.body.errorCode, 'invalid_uri');
      }
    }
    assert.equal((await server.api('PATCH', '/prompts/rendering', { configs: [] })).status, 400);
    const half = [
      { prompt: 'consent', screen: 'consent', rendering_mode: 'advanced' },
      { prompt: 'consent', screen: 'login' },
    ];
    assert.equal((await server.api('PATCH', '/prompts/rendering', { configs: half })).status, 400);
    assert.deepEqual(await server.make('GET', '/prompts/rendering?prompt=consent'), []);
  });
});

onEveryServer('Custom texts', (server) => {
  let client: { client_id: string };
  before(async () => {
    client = await makeClient(server);
  });

  async function start(more: Record<string, string> = {}) {
    const query = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const browser = makeBrowser(server);
    return { browser, answer: await browser.get(`/authorize?${new URLSearchParams({ ...query, ...more })}`) };
  }
  /** The log-in page as a browser that prefers these languages sees it. */
  async function login(more: Record<string, string> = {}, languages = 'en') {
    const { answer } = await start(more);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    return server.get(answer.headers.get('location')!, { cookie: cookie.join('; '), 'accept-language': languages });
  }

  test('a text that is set is the text of the page, until it is taken away', async () => {
    const path = '/prompts/login/custom-text/en';
    assert.deepEqual(await server.make('GET', path), {});
    const body = { login: { title: 'Welcome to ${companyName}', emailPlaceholder: 'Your mail', alertListTitle: 'Oh' } };
    assert.deepEqual(await server.make('PUT', path, body), body);
    assert.deepEqual(await server.make('GET', path), body);
    const page = await login();
    assert.match(page.text, /<h1>Welcome to Latchkey<\/h1>/);
    assert.match(page.text, /<label for="username">Your mail<\/label>/);
    assert.match(page.text, /<title>Welcome to Latchkey/);
    assert.deepEqual(await server.make('PUT', path, {}), {});
    assert.match((await login()).text, /<h1>Log in to Latchkey<\/h1>/);
  });

  test('texts belong to their screen; those of `common` are for every screen', async () => {
    await server.make('PUT', '/prompts/signup/custom-text/en', { signup: { passwordPlaceholder: 'Choose a secret' } });
    await server.make('PUT', '/prompts/common/custom-text/en', { common: { passwordPlaceholder: 'Secret' } });
    const { browser, answer } = await start();
    const page = await browser.get(answer.headers.get('location')!);
    assert.match(page.text, /<label for="password">Secret<\/label>/);
    const signup = await browser.get(`/u/signup?state=${hiddenFields(page).state}`);
    assert.match(signup.text, /<label for="password">Choose a secret<\/label>/);
    await server.make('PUT', '/prompts/signup/custom-text/en', {});
    await server.make('PUT', '/prompts/common/custom-text/en', {});
  });

  test('errors have texts too, and a text is never markup', async () => {
    await server.make('PUT', '/prompts/login/custom-text/en', {
      login: { 'wrong-email-credentials': 'No <b>such</b> pair', buttonText: '' },
    });
    const { browser, answer } = await start();
    const page = await browser.get(answer.headers.get('location')!);
    assert.match(page.text, />Continue<\/button>/, 'an empty text is none');
    const failed = await browser.submit(page, { username: 'nobody@example.com', password: 'wrong' });
    assert.match(failed.text, /No &lt;b&gt;such&lt;\/b&gt; pair/);
    await server.make('PUT', '/prompts/login/custom-text/en', {});
  });

  test('a language is used when the tenant has enabled it and the visitor asks for it', async () => {
    await server.make('PUT', '/prompts/login/custom-text/fr-CA', { login: { buttonText: 'Se connecter' } });
    assert.doesNotMatch((await login({}, 'fr-CA')).text, /Se connecter/, 'not enabled');
    await server.make('PATCH', '/tenants/settings', { enabled_locales: ['en', 'fr-CA'] });
    assert.match((await login({}, 'de, fr;q=0.9, en;q=0.1')).text, /<html lang="fr-CA".*Se connecter/s);
    assert.match((await login({ ui_locales: 'fr-CA en' }, 'en')).text, /Se connecter/);
    assert.match((await login({}, 'en, fr-CA;q=0.5')).text, /<html lang="en"/);
    assert.match((await login({}, 'de, fr;q=0, */*, ";;<script>')).text, /<html lang="en"/);
    await server.make('PATCH', '/tenants/settings', { enabled_locales: ['en'] });
  });

  test('a language that nobody wrote words in is not claimed: the page is English, with the English texts of the tenant', async () => {
    await server.make('PUT', '/prompts/login/custom-text/en', { login: { buttonText: 'Let me in' } });
    await server.make('PATCH', '/tenants/settings', { enabled_locales: ['en', 'ar'] });
    assert.match((await login({ ui_locales: 'ar' })).text, /<html lang="en" dir="ltr">.*Let me in/s);
    await server.make('PUT', '/prompts/login/custom-text/ar', { login: { buttonText: 'متابعة' } });
    assert.match((await login({ ui_locales: 'ar' })).text, /<html lang="ar" dir="rtl">.*متابعة/s);
    await server.make('PATCH', '/tenants/settings', { enabled_locales: ['en'] });
    await server.make('PUT', '/prompts/login/custom-text/en', {});
  });

  test('bad input is refused', async () => {
    const path = '/prompts/login/custom-text/en';
    const bodies = [
      { login: 'text' },
      { login: { title: 5 } },
      { login: { '1 2': 'x' } },
      { '': {} },
      [],
      '{"__proto__":{"title":"x"}}',
      { login: { title: 'x'.repeat(5001) } },
    ];
    for (const body of bodies) {
      const answer = await server.api('PUT', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body).slice(0, 100));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    for (const place of ['login/custom-text/xx', 'nothing/custom-text/en']) {
      assert.equal((await server.api('PUT', `/prompts/${place}`, {})).body.errorCode, 'invalid_uri');
      assert.equal((await server.api('GET', `/prompts/${place}`)).body.errorCode, 'invalid_uri');
    }
    assert.deepEqual(await server.make('GET', path), {});
  });
});
