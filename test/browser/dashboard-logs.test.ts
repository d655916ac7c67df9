/** The logs as an administrator reads them: failures are found, explained, and seen while they happen. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, signInToDashboard } from './dashboard-session.ts';

const connection = 'Username-Password-Authentication';

onEmbeddedServer('logs in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;
  /** A client that asks for a token with a wrong secret: one failure in the logs. */
  const fail = (name: string) =>
    server.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: server.setup.client_id,
      client_secret: name,
      audience: server.setup.management_audience,
    });

  before(async () => {
    browser = await launchBrowser();
    await server.make('POST', '/users', { connection, email: 'jo@example.com', password: 'A lengthy Passw0rd' });
    await server.api('POST', '/users', { connection, email: 'jo@example.com', password: 'A lengthy Passw0rd' });
    assert.equal((await fail('wrong')).status, 401);
    page = await signInToDashboard(server, browser, '/logs');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const event = (name: string) => page.getByRole('list', { name: 'Events' }).getByRole('link', { name });
  const failedToken = 'Failed Exchange (client credentials for access token)';

  test('filters narrow the list, and become a query that can be edited', async () => {
    await event('Success Login').first().waitFor();
    await lookAt(page, 'logs');
    await page.getByRole('radio', { name: 'Failed' }).locator('..').click();
    await event('Success Login').first().waitFor({ state: 'detached' });
    await event(failedToken).waitFor();
    await page.getByRole('combobox', { name: 'Types' }).fill('client cred');
    await page.getByRole('option', { name: /\(feccft\)/ }).click();
    await page.keyboard.press('Escape');
    await event('Failed API Operation').first().waitFor({ state: 'detached' });
    await lookAt(page, 'logs-filtered');
    await page.getByRole('button', { name: 'Edit as query' }).click();
    const query = page.getByRole('searchbox', { name: 'Query' });
    assert.equal(await query.inputValue(), 'type:feccft');
    await query.fill('type:(fapi OR sapi) AND');
    await page.getByText('something is missing').waitFor();
    await query.fill('type:fapi');
    await event('Failed API Operation').first().waitFor();
    await lookAt(page, 'logs-query');
    await query.fill('ip:"203.0.113.9"');
    await page.getByText('No event found').waitFor();
    await page.getByRole('button', { name: 'Use filters' }).click();
    await event(failedToken).waitFor();
  });

  test('a failure is explained, with what to do', async () => {
    await event(failedToken).click();
    await heading(failedToken).waitFor();
    await page.getByRole('heading', { name: 'Why did this fail?' }).waitFor();
    await page.getByText(/could not prove who it is/).waitFor();
    assert.ok((await page.getByRole('list', { name: 'What to do' }).getByRole('listitem').count()) > 0);
    await lookAt(page, 'log-failure');
    await page.getByRole('link', { name: /^Other failures from/ }).click();
    await heading('Logs').waitFor();
    await event('Failed API Operation').first().click();
    await page.getByText('Something of this name or identifier exists already.').waitFor();
    await page.getByRole('link', { name: 'Logs', exact: true }).last().click();
  });

  test('the live tail shows what happens as it happens', async () => {
    await heading('Logs').waitFor();
    await page.getByRole('switch', { name: 'Live' }).check({ force: true });
    await page.getByText('Waiting for new events …').waitFor();
    await fail('wrong again');
    await page.getByText('1 new').waitFor();
    await lookAt(page, 'logs-live');
  });

  test('an event that is not there is a message with a way on', async () => {
    await goWithin(page, '/logs/90020260101');
    await page.getByText('The log event does not exist').waitFor();
    await page.getByRole('link', { name: 'Go to logs' }).click();
    await heading('Logs').waitFor();
  });
});
