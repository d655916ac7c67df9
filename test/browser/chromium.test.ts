import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser } from './chromium.ts';

test('a browser starts and runs a page', async (t) => {
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.setContent('<h1>Hello</h1>');
  assert.equal(await page.textContent('h1'), 'Hello');
});

test('a browser that does not start says what to do', async (t) => {
  const before = process.env.CHROMIUM_PATH;
  t.after(() => {
    if (before === undefined) delete process.env.CHROMIUM_PATH;
    else process.env.CHROMIUM_PATH = before;
  });
  process.env.CHROMIUM_PATH = '/nowhere/chromium';
  await assert.rejects(launchBrowser(), /cannot start \/nowhere\/chromium\.\nInstall Chromium/);
});
