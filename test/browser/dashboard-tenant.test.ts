/** The settings of the tenant as an administrator changes them, its keys and its domains. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { lookAt, signInToDashboard } from './dashboard-session.ts';

onEmbeddedServer('tenant settings in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/tenant-settings');
  });
  after(() => browser?.close());

  const settings = () => server.make('GET', '/tenants/settings');
  // The token of the test server was signed with the key that is revoked.
  const fresh = async (path: string) => (await server.api('GET', path, undefined, await server.tokenWith())).body;
  const save = async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  };

  test('general settings are saved, and what is refused is said at the field', async () => {
    await page.getByRole('textbox', { name: 'Friendly name' }).fill('Acme');
    await page.getByRole('textbox', { name: 'Support e-mail' }).fill('not an address');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('textbox', { name: 'Support e-mail' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByRole('textbox', { name: 'Support e-mail' }).fill('help@example.com');
    await page.getByRole('combobox', { name: 'Default directory' }).click();
    await page.getByRole('option', { name: 'Username-Password-Authentication' }).click();
    await save();
    const { friendly_name, support_email, default_directory } = await settings();
    assert.deepEqual(
      [friendly_name, support_email, default_directory],
      ['Acme', 'help@example.com', 'Username-Password-Authentication'],
    );
    await lookAt(page, 'tenant-general');
  });

  test('what was chosen can be unset again', async () => {
    await page.getByRole('combobox', { name: 'Default directory' }).click();
    await page.getByRole('option', { name: 'None' }).click();
    await save();
    assert.equal((await settings()).default_directory, '');
  });

  test('leaving with unsaved changes asks first', async () => {
    await page.getByRole('textbox', { name: 'Friendly name' }).fill('Other');
    await page.getByRole('tab', { name: 'Sessions' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Friendly name' }).inputValue(), 'Other');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('sessions get another lifetime', async () => {
    await page.getByRole('tab', { name: 'Sessions' }).click();
    await page.getByRole('textbox', { name: 'Inactivity timeout', exact: true }).fill('8');
    await page.getByRole('combobox', { name: 'When the browser is closed' }).click();
    await page.getByRole('option', { name: 'The session ends' }).click();
    await page.getByRole('textbox', { name: 'Allowed logout URLs' }).fill('https://example.com\nhttps://b.example.com');
    await save();
    const { idle_session_lifetime, session_cookie, allowed_logout_urls } = await settings();
    assert.equal(idle_session_lifetime, 8);
    assert.deepEqual(session_cookie, { mode: 'non-persistent' });
    assert.deepEqual(allowed_logout_urls, ['https://example.com', 'https://b.example.com']);
    await lookAt(page, 'tenant-sessions');
  });

  test('a switch is changed alone; the others stay as they are', async () => {
    const { flags } = await settings();
    await page.getByRole('tab', { name: 'Registration' }).click();
    await page.getByRole('switch', { name: 'Dynamic client registration No effect yet' }).click();
    await page.getByRole('switch', { name: 'Say that a user exists' }).click();
    await save();
    assert.deepEqual((await settings()).flags, {
      ...flags,
      enable_dynamic_client_registration: true,
      enable_public_signup_user_exists_error: true,
    });
    await lookAt(page, 'tenant-registration');
  });

  test('advanced settings are reachable', async () => {
    await page.getByRole('tab', { name: 'Advanced' }).click();
    await page.getByRole('button', { name: 'Switches' }).click();
    await page.getByRole('switch', { name: /^Single sign-on/ }).waitFor();
    await lookAt(page, 'tenant-advanced');
  });

  test('the signing key is rotated, and the one before is revoked', async () => {
    await page.getByRole('tab', { name: 'Signing keys' }).click();
    const rows = page.getByRole('list', { name: 'Signing keys' });
    await rows.getByText('Signs tokens').waitFor();
    await page.getByRole('button', { name: 'Rotate key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click();
    await rows.getByText('its tokens are still trusted').waitFor();
    await lookAt(page, 'tenant-keys');
    await page.getByRole('button', { name: /^Revoke / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
    await rows.getByText('Trusted by nobody').waitFor();
    const states = (await fresh('/keys/signing')).map((key: Record<string, unknown>) =>
      ['current', 'next', 'previous', 'revoked'].find((name) => key[name]),
    );
    assert.deepEqual(states, ['current', 'next', 'revoked']);
  });

  test('a domain is added, tells its record, and is deleted', async () => {
    await page.getByRole('tab', { name: 'Custom domains' }).click();
    await lookAt(page, 'tenant-domains-empty');
    await page.getByRole('button', { name: 'Add domain' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add domain' });
    await dialog.getByRole('textbox', { name: 'Domain' }).fill('not a host');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Domain' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await dialog.getByRole('textbox', { name: 'Domain' }).fill('login.acme.example');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('To be verified').waitFor();
    await page.getByText(/^login\.acme\.example CNAME/).waitFor();
    await lookAt(page, 'tenant-domains');
    await page.getByRole('button', { name: 'Delete login.acme.example' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('login.acme.example');
    await page.getByRole('button', { name: 'Delete domain' }).click();
    await page.getByText('No custom domain yet').waitFor();
    assert.deepEqual(await fresh('/custom-domains'), []);
  });
});
