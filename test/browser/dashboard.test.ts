/** The first run as a person has it: the link of the banner, an administrator, a client, its settings, its end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { hashSecret } from '../../server/keys/secrets.ts';
import { statement } from '../../server/storage/statement.ts';
import { SETUP_TICKET } from '../../server/tenants/setup.ts';
import { insertTicket } from '../../server/tenants/tickets.ts';
import { onEveryServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';

const EMAIL = 'root@example.com';
const PASSWORD = 'A lengthy Passw0rd here';

const forgetAdministrators = statement<{ tenant: string }>((q, bind) =>
  q.deleteFrom('documents').where('tenant', '=', bind('tenant')).where('kind', '=', 'administrator'),
);

onEveryServer('the dashboard', (server) => {
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  const errors: string[] = [];

  before(async () => {
    browser = await launchBrowser();
    page = await (await browser.newContext()).newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(server.base) && !request.url().startsWith('data:')) outside.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });
  after(() => browser?.close());

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

  test('the set-up link makes an administrator, who is signed in at once', async () => {
    const now = server.services.clock();
    await server.services.database.write(async (sql) => {
      // Set-up made one, and with one the link would be over.
      await sql.run(forgetAdministrators, { tenant: server.tenant });
      await insertTicket(sql, {
        tenant: server.tenant,
        ticket_hash: hashSecret('the-link'),
        kind: SETUP_TICKET,
        user_id: null,
        data: '{}',
        created_at: now,
        expires_at: now + 60_000,
        used_at: null,
      });
    });
    await page.goto(`${server.base}/setup?ticket=the-link`);
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill('short');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await heading('Clients').waitFor();
    const again = await server.get('/setup?ticket=the-link');
    assert.equal(again.status, 400);
  });

  test('a client is created and its quick start shows what it needs', async () => {
    await page.getByRole('button', { name: 'Create Client' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create Client' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Shop');
    await dialog.getByRole('radio', { name: /^Regular Web Applications/ }).click();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await heading('Shop').waitFor();
    await page.getByRole('link', { name: /^Node\.js Express/ }).click();
    await page.getByRole('button', { name: 'Allow these addresses' }).click();
    await page.getByText(`ISSUER_BASE_URL=${server.base}`).waitFor();
  });

  test('settings are saved, and what the API refuses is said at the field', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click();
    const callbacks = page.getByRole('textbox', { name: 'Allowed Callback URLs' });
    // The form itself takes it for an address; the server knows better.
    await callbacks.fill('https://shop.example.com/"quoted"');
    await page.getByRole('button', { name: /^Save/ }).click();
    await page
      .getByRole('textbox', { name: 'Allowed Callback URLs' })
      .and(page.locator('[aria-invalid=true]'))
      .waitFor();
    await callbacks.fill('https://shop.example.com/callback');
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await page.getByRole('button', { name: /^Save/ }).click();
    await saved;
    const [client] = (await server.make('GET', '/clients')).filter(({ name }: { name: string }) => name === 'Shop');
    assert.deepEqual(client.callbacks, ['https://shop.example.com/callback']);
  });

  test('a reload goes on where it was, and a lost session leads to the login and back', async () => {
    const { pathname } = new URL(page.url());
    await page.reload();
    await heading('Shop').waitFor();
    assert.equal(new URL(page.url()).pathname, pathname);
    await page.context().clearCookies();
    await page.reload();
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await heading('Shop').waitFor();
    assert.equal(new URL(page.url()).pathname, pathname);
  });

  test('a client is deleted after a question', async () => {
    await page.getByRole('button', { name: 'Delete Client' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, delete client' }).click();
    await heading('Clients').waitFor();
    await page.getByRole('link', { name: 'Default App', exact: true }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Shop', exact: true }).count(), 0);
  });

  test('somebody who is no administrator is told so', async () => {
    const connection = 'Username-Password-Authentication';
    await server.make('POST', '/users', { connection, email: 'guest@example.com', password: PASSWORD });
    const guest = await (await browser.newContext()).newPage();
    await guest.goto(`${server.base}/dashboard/`);
    await guest.getByLabel('Email address').fill('guest@example.com');
    await guest.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await guest.getByRole('button', { name: 'Continue' }).click();
    await guest
      .getByText(/not allowed|permission|administrator/i)
      .first()
      .waitFor();
    await guest.close();
  });

  test('signing out ends the session', async () => {
    await page.getByRole('button', { name: new RegExp(EMAIL) }).click();
    await page.getByRole('menuitem', { name: /sign out/i }).click();
    await page.getByLabel('Email address').waitFor();
  });

  test('nothing was fetched from elsewhere, nothing broke the content security policy', () => {
    assert.deepEqual(outside, []);
    assert.deepEqual(
      errors.filter((text) => /Content Security Policy|refused/i.test(text)),
      [],
    );
  });
});
