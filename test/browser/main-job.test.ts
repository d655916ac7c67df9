/**
 * What the product is for, from end to end with a real browser: a person signs up and in on the hosted pages, the
 * application gets tokens, an API that knows only the published keys accepts them, they are refreshed, a second
 * application needs no login, and logging out ends it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEveryServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { type SampleApp, startSampleApi, startSampleApp } from './sample-app.ts';

const AUDIENCE = 'https://things.example.com';
const EMAIL = 'ada@example.com';
const PASSWORD = 'correct Horse 7 battery';

onEveryServer('a login through Latchkey', (server) => {
  let browser: Browser;
  let page: Page;
  let app: SampleApp;
  let second: SampleApp;
  let clientId: string;

  before(async () => {
    browser = await launchBrowser();
    page = await (await browser.newContext()).newPage();
    [app, second] = await Promise.all([startSampleApp(), startSampleApp()]);
    await server.make('POST', '/resource-servers', {
      name: 'Things',
      identifier: AUDIENCE,
      scopes: [{ value: 'read:things', description: 'Read your things' }],
      allow_offline_access: true,
    });
    clientId = await register(app, 'Web shop', 'regular_web');
    await register(second, 'Mobile shop', 'spa');
  });
  after(async () => {
    await browser?.close();
    await Promise.all([app?.stop(), second?.stop()]);
  });

  async function register(sample: SampleApp, name: string, type: 'regular_web' | 'spa'): Promise<string> {
    const client = await server.make('POST', '/clients', {
      name,
      app_type: type,
      callbacks: [sample.callback],
      allowed_logout_urls: [`${sample.base}/bye`],
      grant_types: ['authorization_code', 'refresh_token'],
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 0 },
      ...(type === 'spa' ? { token_endpoint_auth_method: 'none' } : {}),
    });
    const [connection] = await server.make('GET', '/connections?strategy=auth0');
    const enabled = [{ client_id: client.client_id, status: true }];
    await server.make('PATCH', `/connections/${connection.id}/clients`, enabled);
    await sample.configure({
      issuer: server.issuer,
      clientId: client.client_id,
      ...(type === 'spa' ? {} : { clientSecret: client.client_secret }),
      audience: AUDIENCE,
    });
    return client.client_id;
  }

  const heading = () => page.getByRole('heading', { level: 1 }).textContent();
  const types = async () =>
    (await server.make('GET', '/logs?per_page=100')).map((event: { type: string }) => event.type);

  test('a user signs up on the hosted page and the application gets tokens', async () => {
    await page.goto(`${app.base}/login`);
    assert.match((await heading()) ?? '', /Log in/);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    // On localhost anybody could pose as the client, so the user is asked.
    await page.getByText('Read your things').waitFor();
    await page.getByRole('button', { name: /Accept|Allow/ }).click();
    await page.waitForURL(`${app.base}/callback**`);
    assert.equal(await heading(), `Signed in as ${EMAIL}`);
    const claims = app.tokens().claims()!;
    assert.equal(claims.email, EMAIL);
    assert.equal(typeof claims.sid, 'string');
    assert.ok(app.tokens().refresh_token);
    const seen = await types();
    for (const type of ['ss', 's', 'seacft']) assert.ok(seen.includes(type), `there is an event ${type}`);
  });

  test('an API that knows only the published keys takes the access token', async () => {
    const api = await startSampleApi(server.issuer, AUDIENCE);
    try {
      const good = await api.call(app.tokens().access_token);
      assert.equal(good.status, 200);
      assert.equal(good.body.sub, app.tokens().claims()!.sub);
      assert.match(String(good.body.scope), /read:things/);
      const [head, body, mark] = app.tokens().access_token.split('.');
      const forged = Buffer.from(`${Buffer.from(body!, 'base64url')}`.replace('read:things', 'all:things'));
      assert.equal((await api.call(`${head}.${forged.toString('base64url')}.${mark}`)).status, 401);
    } finally {
      await api.stop();
    }
  });

  test('the mail of the sign-up confirms the address', async () => {
    const { messages } = await server.make('GET', '/mailbox');
    const mail = messages.find((message: { to: string }) => message.to === EMAIL);
    const link = /https?:\/\/\S+ticket=[\w-]+/.exec(mail.text)![0];
    const other = await page.context().newPage();
    await other.goto(link);
    await other.getByRole('button', { name: 'Confirm address' }).click();
    await other.getByRole('heading', { name: /confirmed/i }).waitFor();
    await other.close();
    const [user] = await server.make('GET', `/users-by-email?email=${EMAIL}`);
    assert.equal(user.email_verified, true);
  });

  test('a second application of the tenant signs the user in without a login', async () => {
    await page.goto(`${second.base}/login?scope=openid%20profile%20email&prompt=none`);
    await page.waitForURL(`${second.base}/callback**`);
    // The API asks for consent on localhost, which cannot be given silently …
    assert.equal(await heading(), 'Sign-in failed: consent_required');
    // … but knowing who somebody is needs none.
    await page.goto(`${second.base}/login?scope=openid%20profile%20email&prompt=none&audience=`);
    await page.waitForURL(`${second.base}/callback**`);
    assert.equal(await heading(), `Signed in as ${EMAIL}`);
    assert.equal(second.tokens().claims()!.sid, app.tokens().claims()!.sid, 'one session for both');
  });

  test('a refresh token is used once; using it again ends the family', async () => {
    const first = app.tokens().refresh_token!;
    const next = await app.refresh(first);
    assert.notEqual(next.refresh_token, first);
    await assert.rejects(app.refresh(first), { error: 'invalid_grant' });
    await assert.rejects(app.refresh(next.refresh_token!), { error: 'invalid_grant' });
    assert.ok((await types()).includes('ferrt'));
  });

  test('logging in again with the password; logging out ends the session for every application', async () => {
    await page.goto(`${app.base}/login?prompt=login`);
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${app.base}/callback**`);
    assert.equal(await heading(), `Signed in as ${EMAIL}`);

    await page.goto(`${app.base}/logout`);
    await page.waitForURL(`${app.base}/bye**`);
    assert.equal(await heading(), 'Signed out');
    await page.goto(`${second.base}/login?prompt=none&audience=`);
    await page.waitForURL(`${second.base}/callback**`);
    assert.equal(await heading(), 'Sign-in failed: login_required');
    const seen = await types();
    for (const type of ['fp', 'slo', 'fsa', 'sv']) assert.ok(seen.includes(type), `there is an event ${type}`);
  });

  test('a forgotten password is replaced by the link of a mail', async () => {
    await page.goto(`${app.base}/login`);
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('button', { name: 'Send link' }).click();
    await page.getByRole('heading', { name: 'Check your email' }).waitFor();
    const { messages } = await server.make('GET', '/mailbox');
    const link = /https?:\/\/\S+reset-password\S*ticket=[\w-]+/.exec(messages[0].text)![0];
    await page.goto(link);
    const fresh = `${PASSWORD} again`;
    await page.getByRole('textbox', { name: 'New password', exact: true }).fill(fresh);
    await page.getByRole('textbox', { name: 'New password, once more' }).fill(fresh);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('heading', { name: 'Password changed' }).waitFor();
    await page.goto(`${app.base}/login`);
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill(fresh);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${app.base}/callback**`);
    assert.equal(await heading(), `Signed in as ${EMAIL}`);
  });

  test('a Non Interactive client gets a token only when it is granted', async () => {
    const machine = await server.make('POST', '/clients', { name: 'Nightly job', app_type: 'non_interactive' });
    const ask = () =>
      server.post('/oauth/token', {
        grant_type: 'client_credentials',
        client_id: machine.client_id,
        client_secret: machine.client_secret,
        audience: AUDIENCE,
      });
    const refused = await ask();
    assert.equal(refused.status, 403);
    assert.equal(refused.body.error, 'access_denied');
    const grant = { client_id: machine.client_id, audience: AUDIENCE, scope: ['read:things'] };
    await server.make('POST', '/client-grants', grant);
    const granted = await ask();
    assert.equal(granted.status, 200);
    const api = await startSampleApi(server.issuer, AUDIENCE);
    try {
      const { body } = await api.call(granted.body.access_token);
      assert.deepEqual(body, { sub: `${machine.client_id}@clients`, scope: 'read:things' });
    } finally {
      await api.stop();
    }
    assert.ok(clientId);
  });
});
