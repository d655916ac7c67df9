/**
 * A form of a hosted page ends at the application, and where that sends the browser on: with a real browser, which applies
 * the policy of the page to every redirect on the way.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { makeClient, makeUser, USER } from '../../server/oidc/testing.ts';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';

onEmbeddedServer('where a form of a hosted page leads', (server) => {
  let browser: Browser;
  let page: Page;
  let api: Server;
  /** Where the API of the application has its callback, and the application itself, which is another origin. */
  let callback: string;
  let home: string;

  before(async () => {
    browser = await launchBrowser();
    api = createServer((request, response) => {
      const query = request.url!.split('?')[1] ?? '';
      if (request.url!.startsWith('/callback')) response.writeHead(302, { location: `${home}?${query}` }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Home</title>');
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as AddressInfo;
    callback = `http://localhost:${port}/callback`;
    home = `http://127.0.0.1:${port}/home`;
    await makeUser(server);
  });
  after(async () => {
    await browser?.close();
    api?.close();
  });

  /** In a browser that nobody has logged in with yet. */
  async function begin(client: Record<string, unknown>, params: Record<string, string> = {}) {
    const { client_id } = await makeClient(server, { callbacks: [callback], ...client });
    page = await (await browser.newContext()).newPage();
    const request = { client_id, response_type: 'code', scope: 'openid', state: 's', ...params };
    await page.goto(`${server.base}/authorize?${new URLSearchParams(request)}`);
    await page.getByLabel('Email address').fill(USER.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(USER.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    return client_id;
  }

  async function arrived(): Promise<URLSearchParams> {
    await page.waitForURL(`${home}?**`);
    const { searchParams } = new URL(page.url());
    await page.context().close();
    return searchParams;
  }

  test('a callback sends the browser on to another host', async () => {
    await begin({}, { redirect_uri: callback });
    assert.ok((await arrived()).get('code'));
  });

  test('a request without a redirect URI leads to the only one', async () => {
    await begin({});
    assert.ok((await arrived()).get('code'));
  });

  test('an answer by form is posted after a login', async () => {
    await begin({}, { redirect_uri: callback, response_mode: 'form_post' });
    await page.waitForURL(`${home}?**`);
    await page.context().close();
  });

  test('a consent that is not given is told', async () => {
    await begin({ is_first_party: false });
    await page.getByRole('button', { name: 'Decline' }).click();
    assert.equal((await arrived()).get('error'), 'access_denied');
  });

  test('a logout that is confirmed leads back', async () => {
    const client_id = await begin({ allowed_logout_urls: [callback] }, { redirect_uri: callback });
    await page.waitForURL(`${home}?**`);
    const logout = { client_id, post_logout_redirect_uri: callback, state: 'bye' };
    await page.goto(`${server.base}/oidc/logout?${new URLSearchParams(logout)}`);
    await page.getByRole('button', { name: 'Log out' }).click();
    assert.equal((await arrived()).get('state'), 'bye');
  });
});
