/** Connections as an administrator uses them: made, set up by strategy, switched on for clients, tried and deleted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, signInToDashboard } from './dashboard-session.ts';

onEmbeddedServer('connections in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    await server.make('POST', '/clients', { name: 'Shop', app_type: 'regular_web' });
    page = await signInToDashboard(server, browser, '/connections');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const stored = async (name: string) => (await server.make('GET', `/connections?name=${name}`))[0];
  const create = async (name: string, provider?: string) => {
    await page.getByRole('button', { name: 'Create connection' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create connection' });
    if (provider) {
      await dialog.getByRole('combobox').fill(provider);
      await page.getByRole('option', { name: provider, exact: true }).click();
    }
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Create' }).click();
    return dialog;
  };
  const save = async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  };

  test('a database is made; a name that is taken or malformed is said at its field', async () => {
    await lookAt(page, 'connections');
    const dialog = await create('Username-Password-Authentication');
    await dialog.getByText('already exists').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('two words');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await dialog.getByText('Letters and digits only, with single hyphens between them.').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('customers');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await heading('customers').waitFor();
  });

  test('its password rules are saved, with what the form does not show', async () => {
    await lookAt(page, 'connection-database');
    const { authentication_methods: _methods, ...before } = (await stored('customers')).options;
    await page.getByRole('switch', { name: 'Disable sign-ups' }).click();
    await page.getByRole('combobox', { name: 'Password strength' }).click();
    await page.getByRole('option', { name: /^Excellent/ }).click();
    await page.getByRole('textbox', { name: 'Shortest password' }).fill('12');
    await save();
    const { authentication_methods: _completed, ...options } = (await stored('customers')).options;
    assert.deepEqual(options, {
      ...before,
      disable_signup: true,
      passwordPolicy: 'excellent',
      password_complexity_options: { min_length: 12 },
    });
  });

  test('what the API refuses of an option is said at that option', async () => {
    await page.getByRole('textbox', { name: 'Shortest password' }).fill('0');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Enter a whole number from 1 to 128.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Your own database' }).click();
    const values = page.getByRole('textbox', { name: /^Values for the scripts/ });
    await values.fill('{ "KEY": 5 }');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await values.and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('it is switched on for a client', async () => {
    await page.getByRole('tab', { name: 'Clients' }).click();
    const toggle = page.getByRole('switch', { name: 'On for Shop' });
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await toggle.press('Space');
    await saved;
    await lookAt(page, 'connection-clients');
    assert.equal((await stored('customers')).enabled_clients.length, 1);
  });

  test('a login is tried with a client made for it: a wrong password is refused, a right one shows the profile', async () => {
    await server.make('POST', '/users', {
      connection: 'customers',
      email: 'jo@example.com',
      password: 'Lengthy-Passw0rd-17',
    });
    await page.getByRole('tab', { name: 'Try connection' }).click();
    await page.getByRole('button', { name: 'Create a test client' }).click();
    await page.getByRole('textbox', { name: 'E-mail address or username' }).fill('jo@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Try to sign in' }).click();
    await page.getByText('Wrong email or password').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('Lengthy-Passw0rd-17');
    await page.getByRole('button', { name: 'Try to sign in' }).click();
    await page.getByRole('heading', { name: 'It works' }).waitFor();
    await page.getByText('"email": "jo@example.com"').first().waitFor();
    await lookAt(page, 'connection-try');
  });

  test('a social connection says that nobody can sign in with it yet, and keeps its settings', async () => {
    await goWithin(page, '/connections/social');
    await page.getByText('No social connection yet').waitFor();
    await lookAt(page, 'connections-social-empty');
    await create('google-oauth2', 'Google');
    await heading('google-oauth2').waitFor();
    await page.getByText('Nobody can sign in with Google yet').waitFor();
    await page.getByRole('textbox', { name: 'Client ID' }).fill('goog-1');
    await page.getByRole('textbox', { name: 'Client secret' }).fill('hush');
    await page.getByRole('button', { name: 'Permissions' }).click();
    await page.getByRole('switch', { name: 'Calendar', exact: true }).click();
    await save();
    await lookAt(page, 'connection-google');
    const { options } = await stored('google-oauth2');
    assert.equal(options.client_id, 'goog-1');
    assert.equal(options.client_secret, 'hush');
    assert.equal(options.calendar, true);
  });

  for (const [provider, name] of [
    ['OpenID Connect', 'acme-oidc'],
    ['SAML', 'acme-saml'],
    ['Microsoft Entra ID', 'acme-entra'],
  ] as const) {
    test(`an enterprise connection is made: ${provider}`, async () => {
      await goWithin(page, '/connections/enterprise');
      await create(name, provider);
      await heading(name).waitFor();
      await page.getByRole('textbox', { name: 'E-mail domains' }).fill('acme.example');
      await save();
      assert.deepEqual((await stored(name)).options.domain_aliases, ['acme.example']);
      await lookAt(page, `connection-${name}`);
    });
  }

  test('a passwordless connection has a message and codes', async () => {
    await goWithin(page, '/connections/passwordless');
    await create('email', 'E-mail');
    await page.getByRole('textbox', { name: 'Length of the code' }).fill('8');
    await page.getByRole('textbox', { name: 'Subject' }).fill('Your code');
    await save();
    const { options } = await stored('email');
    assert.deepEqual([options.totp.length, options.email.subject], [8, 'Your code']);
    await lookAt(page, 'connection-passwordless');
  });

  test('a connection is deleted after its name was typed', async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('email');
    await page.getByRole('button', { name: 'Yes, delete connection' }).click();
    await page.getByText('No passwordless connection yet').waitFor();
    assert.equal(await stored('email'), undefined);
  });

  test('every identity provider is listed and can be searched', async () => {
    await page.getByRole('link', { name: 'supported identity providers' }).click();
    await heading('Supported identity providers').waitFor();
    await lookAt(page, 'identity-providers');
    await page.getByRole('searchbox', { name: 'Search providers' }).fill('spot');
    await page.getByText('Spotify').waitFor();
    await page.getByText('0 of').waitFor();
  });
});
