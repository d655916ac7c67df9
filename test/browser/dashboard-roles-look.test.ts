/**
 * Pages of the dashboard that are not the same for who may read everything and change nothing, on a phone. What is the
 * same for everybody is looked at by the other walks.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesOf, onFilledServer } from './dashboard-pages.ts';
import { goWithin, lookAt } from './dashboard-session.ts';

/** What a page says that is locked, or that refuses. */
const DIFFERENT = /You may look at this, not change it|Your roles do not allow this/;

onFilledServer('the dashboard for who may only look', (_server, walks) => {
  test('no page that is locked or refused has anything serious against it', async () => {
    const { page } = await walks.signIn('reader@example.com', 'viewer_config', 'viewer_users');
    const wrong: string[] = [];
    let looks = 0;
    for (const { route, address } of addressesOf(walks.things)) {
      await goWithin(page, address);
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
