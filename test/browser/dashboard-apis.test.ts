/** APIs as an administrator uses them: one is described, gets permissions, a client is authorised and gets a token. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, signInToDashboard } from './dashboard-session.ts';

const IDENTIFIER = 'https://api.example.com/orders';

onEmbeddedServer('APIs in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    await server.make('POST', '/clients', { name: 'Night job', app_type: 'non_interactive' });
    page = await signInToDashboard(server, browser, '/apis');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const stored = async () =>
    (await server.make('GET', '/resource-servers')).find(
      (one: { identifier: string }) => one.identifier === IDENTIFIER,
    );

  test('an API is described in a dialog; an identifier that is taken is said at its field', async () => {
    await page.getByText('No API of your own yet').waitFor();
    await lookAt(page, 'apis-empty');
    await page.getByRole('button', { name: 'Create API' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Orders');
    await dialog.getByRole('textbox', { name: 'Identifier' }).fill(server.setup.management_audience);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('already exists').waitFor();
    await dialog.getByRole('textbox', { name: 'Identifier' }).fill(IDENTIFIER);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await heading('Orders').waitFor();
    assert.equal((await stored()).name, 'Orders');
  });

  test('settings are saved; what is out of bounds is told before it is sent', async () => {
    const lifetime = page.getByRole('textbox', { name: 'Lifetime', exact: true });
    await lifetime.fill('9999999');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a whole number from 0 to 2,592,000.').waitFor();
    await lifetime.fill('600');
    await page.getByRole('switch', { name: 'Role-based access control' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const { token_lifetime, enforce_policies } = await stored();
    assert.deepEqual({ token_lifetime, enforce_policies }, { token_lifetime: 600, enforce_policies: true });
    await lookAt(page, 'api-settings');
  });

  test('permissions are added and taken away', async () => {
    await page.getByRole('tab', { name: 'Permissions' }).click();
    for (const value of ['read:orders', 'write:orders']) {
      await page.getByRole('textbox', { name: 'Permission' }).fill(value);
      await page.getByRole('textbox', { name: 'Description' }).fill(`May ${value.split(':')[0]} orders`);
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('list', { name: 'Permissions' }).getByText(value, { exact: true }).waitFor();
    }
    await page.getByRole('textbox', { name: 'Permission' }).fill('much:orders');
    await page.getByRole('textbox', { name: 'Description' }).fill('x'.repeat(501));
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('textbox', { name: 'Description' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByRole('textbox', { name: 'Permission' }).and(page.locator('[aria-invalid=true]')).waitFor({
      state: 'detached',
    });
    await lookAt(page, 'api-permissions');
    await page.getByRole('button', { name: 'Remove write:orders' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove permission' }).click();
    await page.getByText('The permission was removed').waitFor();
    assert.deepEqual(
      (await stored()).scopes.map(({ value }: { value: string }) => value),
      ['read:orders'],
    );
  });

  test('a client is authorised with a permission, and its token is real', async () => {
    await page.getByRole('tab', { name: 'Machine to machine' }).click();
    await page.getByRole('switch', { name: 'Night job is authorised' }).click();
    await page.getByRole('checkbox', { name: 'read:orders' }).click();
    await page.getByRole('button', { name: 'Save permissions' }).click();
    await page.getByText('1 of 1 permissions').waitFor();
    await lookAt(page, 'api-machines');
    await page.getByRole('tab', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Get a token' }).click();
    await page.getByText('with the permissions read:orders').waitFor();
    await page.getByText(`"aud": "${IDENTIFIER}"`).waitFor();
    await lookAt(page, 'api-test');
  });

  test('an authorisation is withdrawn after a question', async () => {
    await page.getByRole('tab', { name: 'Machine to machine' }).click();
    await page.getByRole('switch', { name: 'Night job is authorised' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('no longer authorised').waitFor();
    assert.deepEqual(await server.make('GET', `/client-grants?audience=${encodeURIComponent(IDENTIFIER)}`), []);
  });

  test('of the Management API only what the server lets change is offered', async () => {
    await page.getByRole('link', { name: 'APIs', exact: true }).first().click();
    await lookAt(page, 'apis');
    await page.getByRole('link', { name: /Management API/ }).click();
    await page.getByRole('textbox', { name: 'Lifetime', exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Delete' }).count(), 0);
  });

  test('an API is deleted after its name was typed; its page then says that it is gone', async () => {
    const { id } = await stored();
    await goWithin(page, `/apis/${id}`);
    await heading('Orders').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Orders');
    await page.getByRole('button', { name: 'Yes, delete API' }).click();
    await heading('APIs').waitFor();
    assert.equal(await stored(), undefined);
    await page.goto(`${server.base}/dashboard/apis/${id}`);
    await page.getByRole('link', { name: 'Go to APIs' }).waitFor();
  });
});
