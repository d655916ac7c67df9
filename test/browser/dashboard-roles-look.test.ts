/** Every page of the dashboard as somebody finds it who may read everything and change nothing, on a phone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { addressesOf, makeThings, type Things } from './dashboard-pages.ts';
import { goWithin, lookAt, quietOf, signInToDashboard } from './dashboard-session.ts';

onEmbeddedServer('the dashboard for who may only look', (server) => {
  let browser: Browser;
  let things: Things;

  before(async () => {
    browser = await launchBrowser();
    things = await makeThings(server);
  });
  after(() => browser?.close());

  test('no page has anything serious against it', async () => {
    const who = { email: 'reader@example.com', password: 'Nine-lives 4 cats' };
    const connection = 'Username-Password-Authentication';
    const { user_id } = await server.make('POST', '/users', { connection, ...who });
    await server.make('POST', '/administrators', { user_id, roles: ['viewer_config', 'viewer_users'] });
    const page = await signInToDashboard(server, browser, '/', who);
    const quiet = quietOf(page);
    const wrong: string[] = [];
    for (const { route, address } of addressesOf(things)) {
      await goWithin(page, address);
      await quiet();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await lookAt(page, `reader${route.replaceAll(/\/\$?/g, '-')}`, ['phone']).catch((error: Error) =>
        wrong.push(error.message),
      );
    }
    assert.deepEqual(wrong, []);
  });
});
