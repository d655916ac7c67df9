/**
 * Pages of the dashboard that are not the same for who may read everything and change nothing, on a phone. What is the
 * same for everybody is looked at by the other walks.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { addressesOf, makeThings, type Things } from './dashboard-pages.ts';
import { goWithin, lookAt, quietOf, signInToDashboard } from './dashboard-session.ts';

/** What a page says that is locked, or that refuses. */
const DIFFERENT = /You may look at this, not change it|Your roles do not allow this/;

onEmbeddedServer('the dashboard for who may only look', (server) => {
  let browser: Browser;
  let things: Things;

  before(async () => {
    browser = await launchBrowser();
    things = await makeThings(server);
  });
  after(() => browser?.close());

  test('no page that is locked or refused has anything serious against it', async () => {
    const who = { email: 'reader@example.com', password: 'Nine-lives 4 cats' };
    const connection = 'Username-Password-Authentication';
    const { user_id } = await server.make('POST', '/users', { connection, ...who });
    await server.make('POST', '/administrators', { user_id, roles: ['viewer_config', 'viewer_users'] });
    const page = await signInToDashboard(server, browser, '/', who);
    const quiet = quietOf(page);
    const wrong: string[] = [];
    let looks = 0;
    for (const { route, address } of addressesOf(things)) {
      await goWithin(page, address);
      await quiet();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (!DIFFERENT.test((await page.getByRole('main').textContent()) ?? '')) continue;
      looks++;
      await lookAt(page, `reader${route.replaceAll(/\/\$?/g, '-')}`, ['phone']).catch((error: Error) =>
        wrong.push(error.message),
      );
    }
    assert.deepEqual(wrong, []);
    assert.ok(looks > 20, `${looks} pages differ`);
  });
});
