/** The operations of `/stats` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBrowser, makeClient } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';

const DAY = 86_400_000;
const compact = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

onEveryServer('Stats', (server) => {
  test('logins and sign-ups are counted by day, users when they are active', async () => {
    const client = await makeClient(server);
    assert.equal(await server.make('GET', '/stats/active-users'), 0);
    const browser = makeBrowser(server);
    const query = {
      client_id: client.client_id,
      redirect_uri: client.callbacks[0],
      response_type: 'code',
      screen_hint: 'signup',
    };
    let page = await browser.get(`/authorize?${new URLSearchParams(query)}`);
    while (page.headers.get('location')) page = await browser.get(page.headers.get('location')!);
    await browser.submit(page, { email: 'counted@example.com', password: 'Nine-lives 4 cats' });
    const days = await server.make('GET', '/stats/daily');
    assert.equal(days.length, 31);
    const today = days.at(-1);
    assert.deepEqual([today.logins, today.signups, today.leaked_passwords], [1, 1, 0]);
    assert.match(today.date, /T00:00:00\.000Z$/);
    assert.equal(days.at(-2).logins, 0);
    assert.equal(await server.make('GET', '/stats/active-users'), 1);
    server.advance(31 * DAY);
    assert.equal(await server.make('GET', '/stats/active-users'), 0);
  });

  test('a range has two ends that a calendar knows', async () => {
    const now = Date.now();
    const range = await server.make('GET', `/stats/daily?from=${compact(now - 2 * DAY)}&to=${compact(now)}`);
    assert.equal(range.length, 3);
    for (const query of ['from=yesterday', 'from=20230231', 'from=20240102&to=20240101', 'from=20200101&to=20230101']) {
      const answer = await server.api('GET', `/stats/daily?${query}`);
      assert.deepEqual([answer.status, answer.body.errorCode], [400, 'invalid_query_string'], query);
    }
  });
});
