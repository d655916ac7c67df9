/** A brand-new server as its first administrator has it: from the link of the banner to a login that works. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Config, readConfig } from '../../server/config.ts';
import { start } from '../../server/main.ts';
import { launchBrowser } from './chromium.ts';
import { lookAt } from './dashboard-session.ts';

const EMAIL = 'root@example.com';
const PASSWORD = 'A lengthy Passw0rd here';
const DATABASE = 'Username-Password-Authentication';

type Fresh = { base: string; link: string; stop(): Promise<void> };

/** A server on an empty folder, started as `npm start` does, and the link that its banner tells. */
async function freshServer(): Promise<Fresh> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-first-run-'));
  const config: Config = { ...readConfig({}), dataDir, httpPort: 0, httpsPort: 'off', logLevel: 'silent' };
  let banner = '';
  const running = await start(config, (text) => {
    banner = text;
  });
  const link = /http\S+\/setup\?ticket=\S+/.exec(banner)![0];
  return {
    link,
    base: new URL(link).origin,
    async stop() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

/** Fills in what the link of the banner asks for. */
async function becomeAdministrator(page: Page, link: string, create: (button: Locator) => Promise<void>) {
  await page.goto(link);
  await page.getByLabel('Email address').fill(EMAIL);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await create(page.getByRole('button', { name: 'Create administrator' }));
}

async function signIn(page: Page, url: string) {
  await page.goto(url);
  await page.getByLabel('Email address').fill(EMAIL);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe('the first run', () => {
  let server: Fresh;
  let browser: Browser;
  let page: Page;
  let clicks = 0;

  before(async () => {
    server = await freshServer();
    browser = await launchBrowser();
    page = await newPage(browser);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const heading = (name: string | RegExp, on = page) => on.getByRole('heading', { level: 1, name });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const link = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name });
  const click = (what: Locator) => {
    clicks++;
    return what.click();
  };

  test('the link of the banner leads, in four clicks and two fields, to a client that people can sign in to', async () => {
    await becomeAdministrator(page, server.link, click);
    await heading('What are you building?').waitFor();
    await lookAt(page, 'welcome-type');
    await click(link(/^Single Page Web Applications/));
    await heading('What is it made with?').waitFor();
    await click(page.getByRole('radio', { name: 'React' }));
    await page.getByText('http://localhost:5173').first().waitFor();
    await page.getByText(`Enables the connection ${DATABASE} for this client.`).waitFor();
    await lookAt(page, 'welcome-client');
    await click(button('Create client'));
    await heading('Try the login').waitFor();
    await page.getByText('Connection enabled: done').waitFor();
    await page.getByText('Callback saved: done').waitFor();
    await lookAt(page, 'welcome-trial');
    assert.equal(clicks, 4);
  });

  test('another browser goes on where this one is', async () => {
    const other = await newPage(browser);
    await signIn(other, `${server.base}/dashboard/welcome`);
    await heading('Try the login', other).waitFor();
    await other.context().close();
  });

  test('the login is tried, and its tokens are shown', async () => {
    const opened = page.waitForEvent('popup');
    await click(button('Try it'));
    await opened;
    await page.getByRole('tab', { name: 'ID token' }).waitFor();
    await page.getByText(`"email": "${EMAIL}"`).first().waitFor();
    await page.getByText('First login seen: done').waitFor();
    assert.equal(clicks, 5);
    await lookAt(page, 'welcome-tried');
    await click(link('Continue'));
    await heading('What next?').waitFor();
    assert.equal(clicks, 6);
    await lookAt(page, 'welcome-next');
  });

  test('the last step leads to where colleagues are invited', async () => {
    await link(/^Invite a colleague/).click();
    await button('Add administrator').waitFor();
    await page.goBack();
    await heading('What next?').waitFor();
  });

  test('the last step leads to the quick start of the technology, whose addresses are allowed already', async () => {
    await link(/^Quick start for React/).click();
    await page.getByText('These addresses are allowed.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'My App' }).waitFor();
  });

  test('they are not shown again, and start over from the menu', async () => {
    await page.goto(`${server.base}/dashboard/`);
    await heading('Clients').waitFor();
    await button(new RegExp(EMAIL)).click();
    await page.getByRole('menuitem', { name: 'First steps' }).click();
    await heading('What are you building?').waitFor();
  });

  test('a service asks for a token in place of a login', async () => {
    await link(/^Non Interactive Clients/).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nightly job');
    await page.getByRole('radio', { name: 'Node.js' }).click();
    await lookAt(page, 'welcome-machine');
    await button('Create client').click();
    await heading('Ask for a token').waitFor();
    await button('Authorise for this API').click();
    await button('Run the request').click();
    await page.getByRole('tab', { name: 'Access token' }).waitFor();
    await page.getByText('First token seen: done').waitFor();
    await lookAt(page, 'welcome-token');
  });
});

describe('a first run that is put aside', () => {
  test('skipping leads to the clients, today and with the next sign-in', async () => {
    const server = await freshServer();
    const browser = await launchBrowser();
    try {
      const page = await newPage(browser);
      await becomeAdministrator(page, server.link, (button) => button.click());
      await page.getByRole('link', { name: /^Native/ }).click();
      await page.getByRole('heading', { level: 1, name: 'What is it made with?' }).waitFor();
      const kept = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
      await page.getByRole('button', { name: 'Skip the first steps' }).click();
      await kept;
      await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
      const other = await newPage(browser);
      await signIn(other, `${server.base}/dashboard/`);
      await other.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
