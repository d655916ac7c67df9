/** The dashboard when something is in its way: nothing typed is lost, and it says what happens and goes on by itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { lookAt, signInToDashboard } from './dashboard-session.ts';

/** A day and an hour: longer than an access token lives, shorter than a session. */
const PAST_TOKEN = 25 * 3_600_000;

onEmbeddedServer('trouble in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;
  const description = () => page.getByRole('textbox', { name: 'Description' });
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = () => page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  /** Opens the settings of a new role, with something typed. */
  const openForm = async (name: string) => {
    const role = await server.make('POST', '/roles', { name });
    await page.goto(`${server.base}/dashboard/roles/${role.id}`);
    await description().fill('typed and not saved');
    return role;
  };
  const kept = async () => assert.equal(await description().inputValue(), 'typed and not saved');

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/roles');
  });
  after(() => browser?.close());

  test('what was deleted elsewhere is told at the next save, with what was typed still there', async () => {
    const role = await openForm('Fleeting');
    await server.make('DELETE', `/roles/${role.id}`);
    await save();
    await page.getByText('It is not there any more').waitFor();
    await kept();
    await lookAt(page, 'trouble-deleted');
    await page.reload();
    await page.getByRole('link', { name: 'Go to roles' }).click();
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
  });

  test('clients, users and connections that are gone are told as well, and lead to the list of the others', async () => {
    const connection = 'Username-Password-Authentication';
    const [client, user, other] = [
      await server.make('POST', '/clients', { name: 'Gone' }),
      await server.make('POST', '/users', { connection, email: 'gone@example.com', password: 'Nine-lives 4 cats' }),
      await server.make('POST', '/connections', { name: 'gone', strategy: 'auth0' }),
    ];
    const userPath = `/users/${encodeURIComponent(user.user_id)}`;
    for (const [address, path, field, back] of [
      [`/clients/${client.client_id}/settings`, `/clients/${client.client_id}`, /^Name$/, 'Go to clients'],
      [userPath, userPath, /^Full name/, 'Go to users'],
      [`/connections/${other.id}`, `/connections/${other.id}`, /^Display name/, 'Go to connections'],
    ] as const) {
      await page.goto(`${server.base}/dashboard${address}`);
      await page.getByRole('textbox', { name: field }).fill('another name');
      await server.make('DELETE', path);
      await save();
      await page.getByText('It is not there any more').waitFor();
      assert.equal(await page.getByRole('textbox', { name: field }).inputValue(), 'another name');
      await page.reload();
      await page.getByRole('link', { name: back }).waitFor();
    }
  });

  test('a token that has ended is renewed without anybody noticing', async () => {
    const role = await openForm('Lasting');
    server.advance(PAST_TOKEN);
    await save();
    await saved();
    assert.equal((await server.make('GET', `/roles/${role.id}`)).description, 'typed and not saved');
  });

  test('a session that was lost is taken up again in a window; what was typed is saved then', async () => {
    const role = await openForm('Interrupted');
    await page.context().clearCookies();
    server.advance(PAST_TOKEN);
    await save();
    const dialog = page.getByRole('dialog', { name: 'You were signed out' });
    await dialog.waitFor();
    await lookAt(page, 'trouble-signed-out');
    const opened = page.waitForEvent('popup');
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opened;
    await popup.getByLabel('Email address').fill(server.setup.admin_email);
    await popup.getByRole('textbox', { name: 'Password' }).fill(server.setup.admin_password);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Continue' }).click();
    await closed;
    await dialog.waitFor({ state: 'detached' });
    await saved();
    assert.equal((await server.make('GET', `/roles/${role.id}`)).description, 'typed and not saved');
  });

  test('somebody else who signs in does not get this page', async () => {
    const connection = 'Username-Password-Authentication';
    const password = 'Nine-lives 4 cats';
    await server.make('POST', '/users', { connection, email: 'other@example.com', password });
    await openForm('Private');
    await page.context().clearCookies();
    server.advance(PAST_TOKEN);
    await save();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opened;
    await popup.getByLabel('Email address').fill('other@example.com');
    await popup.getByRole('textbox', { name: 'Password' }).fill(password);
    await popup.getByRole('button', { name: 'Continue' }).click();
    const dialog = page.getByRole('dialog', { name: 'You were signed out' });
    await dialog.getByText(/belongs to/).waitFor();
    await page.context().clearCookies();
    await page.close({ runBeforeUnload: false });
    page = await signInToDashboard(server, browser, '/roles');
  });

  test('a server that is away is told of, and everything goes on when it is back', async () => {
    const role = await openForm('Patient');
    const back = await server.takeAway();
    await save();
    await page.getByText('The server can’t be reached').waitFor();
    await kept();
    await lookAt(page, 'trouble-unreachable');
    // A page whose code is there already, but nothing of what it shows.
    await back();
    await page.getByText('The server can’t be reached').waitFor({ state: 'detached' });
    await kept();
    await save();
    await saved();
    assert.equal((await server.make('GET', `/roles/${role.id}`)).description, 'typed and not saved');
  });

  test('what is found to be deleted while something is typed leaves it there', async () => {
    const role = await openForm('Watched');
    await server.make('DELETE', `/roles/${role.id}`);
    const back = await server.takeAway();
    await save();
    await page.getByText('The server can’t be reached').waitFor();
    // Whatever is shown is asked for again then, as it is when somebody comes back to the window.
    await back();
    await page.getByText('It is not there any more').waitFor();
    await kept();
    await lookAt(page, 'trouble-deleted-meanwhile');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('a screen that could not be loaded fills when the server is back', async () => {
    await page.goto(`${server.base}/dashboard/roles`);
    await page.getByRole('link', { name: 'Patient' }).waitFor();
    await page.getByRole('link', { name: 'Lasting' }).click();
    await page.getByRole('heading', { level: 1, name: 'Lasting' }).waitFor();
    await page.getByRole('link', { name: 'Roles' }).first().click();
    await page.getByRole('link', { name: 'Patient' }).waitFor();
    const back = await server.takeAway();
    await page.getByRole('link', { name: 'Interrupted' }).click();
    await page.getByText('The server can’t be reached').waitFor();
    await back();
    await page.getByRole('heading', { level: 1, name: 'Interrupted' }).waitFor();
  });
});

/** Requests in a minute: enough to sign in and open a form, and soon used up. */
const LIMIT = 60;

onEmbeddedServer(
  'a busy server in the dashboard',
  (server) => {
    let browser: Browser;

    before(async () => {
      browser = await launchBrowser();
    });
    after(() => browser?.close());

    test('who asks too often is told how long it takes, and then it is done', async () => {
      const role = await server.make('POST', '/roles', { name: 'Busy' });
      const page = await signInToDashboard(server, browser, `/roles/${role.id}`);
      await page.getByRole('textbox', { name: 'Description' }).fill('typed and not saved');
      // The server takes requests again with the next minute: soon, but not before all of this was sent.
      const into = server.services.clock() % 60_000;
      server.advance((60_000 + 52_000 - into) % 60_000);
      for (let sent = 0; sent < LIMIT; sent++) await server.api('GET', '/roles');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Too many requests').waitFor();
      await page.getByText(/goes on in \d+ s/).waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Description' }).inputValue(), 'typed and not saved');
      await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
      await page.getByText('Too many requests').waitFor({ state: 'detached' });
      server.advance(60_000);
      assert.equal((await server.make('GET', `/roles/${role.id}`)).description, 'typed and not saved');
    });
  },
  { apiRateLimit: LIMIT },
);
