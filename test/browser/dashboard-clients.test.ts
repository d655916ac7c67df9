/** The screens of clients as a person uses them: list, window, the four tabs, and a login that is tried from there. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, signInToDashboard } from './dashboard-session.ts';

const DATABASE = 'Username-Password-Authentication';

onEmbeddedServer('the screens of clients', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/clients');
  });
  after(() => browser?.close());

  const heading = (name: string | RegExp, level = 1) => page.getByRole('heading', { level, name });
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  const save = async () => {
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    return (await saved).status();
  };
  const clientNamed = async (name: string) =>
    (await server.make('GET', '/clients')).find((client: { name: string }) => client.name === name);

  async function create(name: string, type: RegExp): Promise<string> {
    await goWithin(page, '/clients');
    await page.getByRole('button', { name: 'Create Client' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create Client' });
    assert.equal(await dialog.getByRole('textbox', { name: 'Name' }).inputValue(), 'My App');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('radio', { name: type }).click();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await heading(name).waitFor();
    return (await clientNamed(name)).client_id;
  }

  test('the list is searched by name and ID, filtered by type, and paged', async () => {
    for (let number = 1; number <= 22; number++) {
      await server.make('POST', '/clients', { name: `Numbered ${number}`, app_type: number > 20 ? 'spa' : 'native' });
    }
    await page.reload();
    const list = page.getByRole('list', { name: 'Clients' });
    const rows = list.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Copy client ID/ }) });
    await list.waitFor();
    assert.equal(await rows.count(), 20);
    await lookAt(page, 'clients');
    await page.getByRole('button', { name: 'Page 2' }).click();
    await page.waitForURL(/page=2/);
    await page.getByRole('searchbox', { name: 'Search clients' }).fill('numbered 2');
    await page.getByRole('status').filter({ hasText: '4 clients' }).waitFor();
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'Single Page Web Applications' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^2 clients/ })
      .waitFor();
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'All types' }).click();
    const { client_id } = await clientNamed('Numbered 7');
    await page.getByRole('searchbox', { name: 'Search clients' }).fill(client_id.slice(0, 20));
    await page
      .getByRole('status')
      .filter({ hasText: /^1 client$/ })
      .waitFor();
    await page.getByRole('searchbox', { name: 'Search clients' }).fill('nothing like it');
    await page.getByText('No client matches').waitFor();
  });

  test('a shortcut of the list leads to its tab, which has an address of its own', async () => {
    const { client_id } = await clientNamed('Numbered 1');
    for (const [name, path] of [
      ['Settings', 'settings'],
      ['Addons', 'addons'],
      ['Connections', 'connections'],
    ] as const) {
      await goWithin(page, '/clients?q=Numbered%201');
      await page.getByRole('link', { name: `${name} of Numbered 1`, exact: true }).click();
      await page.waitForURL(`${server.base}/dashboard/clients/${client_id}/${path}`);
      await tab(name).and(page.locator('[aria-selected=true]')).waitFor();
    }
  });

  test('by keyboard alone: the focus follows to a new screen, stays at a tab, and comes back from a window', async () => {
    const focused = page.locator(':focus');
    await goWithin(page, '/clients');
    await page.getByRole('link', { name: 'Default App', exact: true }).focus();
    await page.keyboard.press('Enter');
    await heading('Default App').waitFor();
    await page.getByRole('main').and(focused).waitFor();
    await tab('Quick Start').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings$/);
    await heading('Refresh tokens', 2).waitFor();
    await tab('Settings').and(focused).waitFor();
    await page.getByRole('button', { name: 'Delete Client' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Delete this client?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete Client' }).and(focused).waitFor();
  });

  test('the window explains the four types and opens the Quick Start of the new client', async () => {
    await goWithin(page, '/clients');
    await page.getByRole('button', { name: 'Create Client' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create Client' });
    assert.equal(await dialog.getByRole('radio').count(), 4);
    await dialog.getByRole('radio', { name: /^Native/ }).click();
    assert.match((await dialog.getByRole('link', { name: 'Flutter' }).getAttribute('href')) ?? '', /auth0-flutter$/);
    await lookAt(page, 'create-client');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Half typed');
    await page.mouse.click(5, 5);
    assert.equal(await dialog.getByRole('textbox', { name: 'Name' }).inputValue(), 'Half typed', 'a missed click');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await create('Shop', /^Single Page Web Applications/);
    await heading('Check list', 2).waitFor();
    await lookAt(page, 'quick-start');
  });

  test('every guide of every type opens with the values of its client', async () => {
    const types = { native: 6, spa: 4, regular_web: 9, non_interactive: 6 };
    for (const [app_type, count] of Object.entries(types)) {
      const { client_id } = await server.make('POST', '/clients', { name: `Guides ${app_type}`, app_type });
      await goWithin(page, `/clients/${client_id}`);
      const tiles = page
        .getByRole('main')
        .getByRole('link')
        .filter({ has: page.locator('svg') });
      await heading(/^What (is it made with|does it run on)\?/, 2).waitFor();
      const hrefs = await tiles.evaluateAll((links) =>
        links.map((link) => link.getAttribute('href') ?? '').filter((href) => href.includes('guide=')),
      );
      assert.equal(hrefs.length, count, app_type);
      const texts = new Set<string | null>();
      for (const href of hrefs) {
        await goWithin(page, href.replace('/dashboard', ''));
        await page.getByRole('figure').first().waitFor();
        const text = await page.getByRole('main').textContent();
        assert.ok(!texts.has(text), `${href} is a guide of its own`);
        texts.add(text);
        assert.ok(text?.includes(client_id), href);
        assert.doesNotMatch(text ?? '', /\{\{\w+\}\}/, href);
      }
    }
  });

  test('a guide allows its addresses, which ticks the check list', async () => {
    const { client_id } = await clientNamed('Shop');
    await goWithin(page, `/clients/${client_id}`);
    await page.getByText('Callback saved: not yet').waitFor();
    await page.getByRole('link', { name: /^React/ }).click();
    await page.getByRole('button', { name: 'Allow these addresses' }).click();
    await page.getByText('These addresses are allowed.').waitFor();
    await lookAt(page, 'guide');
    await page.getByRole('link', { name: 'All technologies' }).click();
    await page.getByText('Callback saved: done').waitFor();
    const { callbacks, web_origins } = await clientNamed('Shop');
    assert.deepEqual([callbacks, web_origins], [['http://localhost:5173'], ['http://localhost:5173']]);
  });

  test('the login of a client is tried in a window; its tokens, claims and profile are shown, and the log knows', async () => {
    await page.getByText('First login seen: not yet').waitFor();
    await page.getByText('Connection enabled: not yet').waitFor();
    await page.getByRole('button', { name: `Enable ${DATABASE}` }).click();
    await page.getByText('Connection enabled: done').waitFor();
    await page.getByRole('button', { name: 'Allow this callback' }).click();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Try it' }).click();
    await opened;
    await page.getByRole('tab', { name: 'ID token' }).waitFor();
    await page.getByText(server.setup.admin_email).first().waitFor();
    await page.getByRole('tab', { name: 'ID token' }).click();
    await page.getByText(`"iss": "${server.issuer}"`).waitFor();
    await page.getByText('First login seen: done').waitFor();
    await lookAt(page, 'tried');
  });

  test('a login can ask for the account, be given up, use a secret, and be refused', async () => {
    const client = await server.make('POST', '/clients', {
      name: 'Office',
      app_type: 'regular_web',
      token_endpoint_auth_method: 'client_secret_basic',
      callbacks: [`${server.base}/dashboard/try`],
    });
    const [connection] = await server.make('GET', `/connections?name=${DATABASE}`);
    await server.make('PATCH', `/connections/${connection.id}/clients`, [
      { client_id: client.client_id, status: true },
    ]);
    await page.goto(`${server.base}/dashboard/clients/${client.client_id}`);
    const attempt = async () => {
      const opened = page.waitForEvent('popup');
      await page.getByRole('button', { name: 'Try it' }).click();
      return opened;
    };
    await page.getByRole('switch', { name: 'Ask who signs in' }).click({ force: true });
    const popup = await attempt();
    await popup.getByRole('textbox', { name: 'Password' }).waitFor();
    await page.getByText('Waiting for the login in the other window.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await popup.close();
    await page.getByRole('switch', { name: 'Ask who signs in' }).click({ force: true });
    await attempt();
    await page.getByRole('tab', { name: 'Profile' }).waitFor();
    await page.route('**/oauth/token', (route) => {
      const form = new URLSearchParams(route.request().postData() ?? '');
      form.set('code', 'another one');
      return route.continue({ postData: form.toString() });
    });
    await attempt();
    await page.getByRole('alert').filter({ hasText: 'invalid_grant' }).waitFor();
    await page.unroute('**/oauth/token');
  });

  test('a Non Interactive Client is authorised for an API and its request runs', async () => {
    await server.make('POST', '/resource-servers', {
      name: 'Things',
      identifier: 'https://things.example',
      scopes: [{ value: 'read:things' }],
    });
    const id = await create('Robot', /^Non Interactive Clients/);
    await page.getByText('Authorised for an API: not yet').waitFor();
    await page.getByRole('combobox', { name: 'API' }).click();
    await page.getByRole('option', { name: /^Things/ }).click();
    await page.getByRole('combobox', { name: 'Permissions' }).click();
    await page.getByRole('option', { name: 'read:things' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Authorise for this API' }).click();
    await page.getByRole('button', { name: 'Run the request' }).click();
    await page.getByText('"scope": "read:things"').first().waitFor();
    await page.getByText('First token seen: done').waitFor();
    await lookAt(page, 'quick-start-machine');
    await page.getByRole('link', { name: /^cURL/ }).click();
    await page.getByText(`client_id=${id}`).waitFor();
  });

  test('settings differ by type, are checked before they are sent, and are saved', async () => {
    const { client_id } = await clientNamed('Shop');
    await goWithin(page, `/clients/${client_id}/settings`);
    await heading('Refresh tokens', 2).waitFor();
    assert.equal(await page.getByRole('combobox', { name: /^Token Endpoint Authentication/ }).count(), 0);
    await lookAt(page, 'settings');
    const field = (name: string | RegExp): Locator => page.getByRole('textbox', { name });
    await field('Allowed Callback URLs').fill('shop.example/callback');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('needs a scheme').waitFor();
    await field('Allowed Callback URLs').fill('https://shop.example/callback, https://shop.example/other');
    await field(/^Description/).fill('Sells things');
    await field('JWT Expiration').fill('600');
    await page.getByRole('switch', { name: 'Refresh Token Rotation' }).click({ force: true });
    await field('Rotation overlap').fill('20');
    assert.equal(await save(), 200);
    const shop = await clientNamed('Shop');
    assert.deepEqual(shop.callbacks, ['https://shop.example/callback', 'https://shop.example/other']);
    assert.equal(shop.description, 'Sells things');
    assert.equal(shop.jwt_configuration.lifetime_in_seconds, 600);
    assert.equal(shop.refresh_token.rotation_type, 'rotating');
    assert.equal(shop.refresh_token.leeway, 20);
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0);
  });

  test('what the server refuses is said at the field, also in another tab, and what was typed stays', async () => {
    await tab('Application Metadata').click();
    await page.getByRole('button', { name: 'Add a pair' }).click();
    await page.getByRole('textbox', { name: 'Key 1' }).fill('shop');
    await page.getByRole('textbox', { name: 'Value 1' }).fill('yes');
    await tab('Device Settings').click();
    await page.getByRole('textbox', { name: 'iOS: Team ID' }).fill('TEAM');
    await page.getByRole('textbox', { name: 'Client Logo' }).fill('https://a.example/<logo>');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('textbox', { name: 'Client Logo' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByRole('textbox', { name: 'Client Logo' }).fill('');
    assert.equal(await page.getByRole('textbox', { name: 'iOS: Team ID' }).inputValue(), 'TEAM');
    assert.equal(await save(), 200);
    const shop = await clientNamed('Shop');
    assert.deepEqual([shop.client_metadata, shop.mobile.ios.team_id], [{ shop: 'yes' }, 'TEAM']);
  });

  test('leaving with something unsaved asks first', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop two');
    await tab('Addons').click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'Shop two');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('certificates are there in three forms, with fingerprints; endpoints are the published ones', async () => {
    await tab('Certificates').click();
    await page.getByLabel('Fingerprint (SHA-256)', { exact: true }).first().waitFor();
    const [key] = (await server.make('GET', '/keys/signing')).filter(({ current }: { current: boolean }) => current);
    assert.equal(await page.getByLabel('Thumbprint', { exact: true }).first().inputValue(), key.thumbprint);
    const files: Record<string, Buffer> = {};
    for (const form of ['PEM', 'CER', 'PKCS#7']) {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: `Download the current certificate as ${form}` }).click();
      files[form] = await readFile(await (await downloading).path());
    }
    assert.equal(files.PEM!.toString(), key.cert);
    assert.equal(files.CER!.toString('base64'), key.cert.replace(/-----[^-]+-----|\s/g, ''));
    assert.equal(files['PKCS#7']!.toString(), key.pkcs7);
    await lookAt(page, 'certificates');
    await tab('Endpoints').click();
    assert.equal(await page.getByLabel('OAuth Token URL', { exact: true }).inputValue(), `${server.issuer}oauth/token`);
    await tab('Grant Types').click();
    await page.getByRole('checkbox', { name: 'Client Credentials' }).and(page.locator('[disabled]')).waitFor();
    await lookAt(page, 'grant-types');
  });

  test('a public key takes the place of the secret, and the secret that of the key', async () => {
    const { publicKey } = (await import('node:crypto')).generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { client_id } = await clientNamed('Robot');
    await goWithin(page, `/clients/${client_id}/settings`);
    await page.getByRole('combobox', { name: /^Token Endpoint Authentication/ }).waitFor();
    assert.match(
      await page.getByRole('combobox', { name: /^Token Endpoint Authentication/ }).inputValue(),
      /^Post/,
      'how a new client that keeps a secret sends it',
    );
    await page.getByRole('textbox', { name: 'Allowed Callback URLs' }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Allowed Web Origins' }).count(), 0);
    assert.equal(await heading('Refresh tokens', 2).count(), 0);
    await page.getByRole('button', { name: 'Add a public key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a public key' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Key of 2026');
    await dialog.getByRole('textbox', { name: /^Public key/ }).fill('no key');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await dialog.getByText(/An RSA public key/).waitFor();
    await dialog
      .getByRole('textbox', { name: /^Public key/ })
      .fill(publicKey.export({ type: 'spki', format: 'pem' }) as string);
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await page.getByText('Key of 2026').waitFor();
    await lookAt(page, 'credentials');
    await page.getByRole('button', { name: 'Use the client secret instead' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use the secret' }).click();
    await page.getByText('with its client secret in the body').waitFor();
    assert.equal((await clientNamed('Robot')).token_endpoint_auth_method, 'client_secret_post');
  });

  test('an addon is switched on with its settings, shows its usage, and is switched off', async () => {
    const { client_id } = await clientNamed('Shop');
    await goWithin(page, `/clients/${client_id}/addons`);
    await page.getByText('Token production is not built yet').waitFor();
    await lookAt(page, 'addons');
    await page.getByRole('switch', { name: 'Layer', exact: true }).press('Space');
    const dialog = page.getByRole('dialog', { name: 'Addon: Layer' });
    await dialog.getByRole('button', { name: 'Save and switch on' }).click();
    const missing = dialog.getByRole('textbox', { name: /^Provider ID/ }).and(page.locator('[aria-invalid=true]'));
    await missing.and(page.locator(':focus')).waitFor();
    await dialog.getByText('This is needed.').first().waitFor();
    await dialog.getByRole('textbox', { name: /^Provider ID/ }).fill('layer:///providers/1');
    await dialog.getByRole('textbox', { name: /^Key ID/ }).fill('layer:///keys/1');
    await dialog.getByRole('textbox', { name: /^Private key/ }).fill('a key');
    await lookAt(page, 'addon-settings');
    await dialog.getByRole('tab', { name: 'Usage' }).click();
    await dialog.getByText(`"client_id": "${client_id}"`).waitFor();
    await lookAt(page, 'addon-usage');
    await dialog.getByRole('tab', { name: 'Settings' }).click();
    await dialog.getByRole('button', { name: 'Save and switch on' }).click();
    await page.getByRole('button', { name: 'Settings of Layer' }).waitFor();
    assert.equal((await clientNamed('Shop')).addons.layer.keyId, 'layer:///keys/1');
    await page.getByRole('switch', { name: 'Layer', exact: true }).press('Space');
    await page.getByText('Layer is off').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Settings of Layer' }).waitFor();
    assert.equal((await clientNamed('Shop')).addons.layer.keyId, 'layer:///keys/1');
    await page.getByRole('switch', { name: 'Layer', exact: true }).press('Space');
    await page.getByRole('button', { name: 'Settings of Layer' }).waitFor({ state: 'detached' });
    assert.deepEqual((await clientNamed('Shop')).addons, {});
  });

  test('an addon is shown with what counts while nothing is set, and what the server refuses is told at the setting', async () => {
    const { client_id } = await clientNamed('Shop');
    await goWithin(page, `/clients/${client_id}/addons`);
    await page.getByRole('switch', { name: 'SAML2 Web App' }).press('Space');
    const dialog = page.getByRole('dialog', { name: 'Addon: SAML2 Web App' });
    assert.ok(await dialog.getByRole('switch', { name: 'Create a UPN claim' }).isChecked());
    assert.ok(!(await dialog.getByRole('switch', { name: /^Map unknown claims/ }).isChecked()));
    await dialog.getByRole('combobox', { name: 'Digest algorithm' }).click();
    await page.getByRole('option', { name: 'SHA-256' }).click();
    await lookAt(page, 'addon-saml');
    await dialog.getByRole('switch', { name: 'Create a UPN claim' }).press('Space');
    await dialog.getByRole('textbox', { name: /^Audience/ }).fill('urn:shop');
    const mappings = dialog.getByRole('textbox', { name: /^Mappings/ });
    await mappings.fill('[1]');
    await dialog.getByRole('button', { name: 'Save and switch on' }).click();
    await mappings.and(page.locator('[aria-invalid=true]')).waitFor();
    await dialog.getByText(/on property addons\.samlp\.mappings/).waitFor();
    await mappings.fill('');
    await dialog.getByRole('button', { name: 'Save and switch on' }).click();
    await page.getByRole('button', { name: 'Settings of SAML2 Web App' }).waitFor();
    const { samlp } = (await clientNamed('Shop')).addons;
    assert.deepEqual(samlp, { audience: 'urn:shop', createUpnClaim: false, digestAlgorithm: 'sha256' });
  });

  test('connections are grouped, and a switch decides whether this client has one', async () => {
    for (const [name, strategy] of [
      ['google', 'google-oauth2'],
      ['directory', 'samlp'],
      ['codes', 'email'],
    ]) {
      await server.api('POST', '/connections', { name, strategy, options: strategy === 'samlp' ? SAML : {} });
    }
    const { client_id } = await clientNamed('Shop');
    await page.goto(`${server.base}/dashboard/clients/${client_id}/connections`);
    for (const group of ['Database', 'Social', 'Enterprise', 'Passwordless']) {
      await page.getByRole('list', { name: `${group} connections` }).waitFor();
    }
    await lookAt(page, 'connections');
    const database = page.getByRole('switch', { name: DATABASE });
    const isOn = await database.isChecked();
    const changed = page.waitForResponse((response) => response.request().method() === 'PATCH');
    await database.click({ force: true });
    assert.equal((await changed).status(), 204);
    const { connections } = await server.make('GET', `/clients/${client_id}/connections?take=50`);
    assert.equal(
      connections.some(({ name }: { name: string }) => name === DATABASE),
      !isOn,
    );
  });

  test('the danger zone rotates the secret and deletes the client, each after a question', async () => {
    const before = await clientNamed('Office');
    await goWithin(page, `/clients/${before.client_id}/settings`);
    await page.getByRole('button', { name: 'Rotate Secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.notEqual((await clientNamed('Office')).client_secret, before.client_secret);
    await page.getByRole('button', { name: 'Delete Client' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this client?' });
    await dialog.getByText('Office').first().waitFor();
    await lookAt(page, 'delete-client');
    await dialog.getByRole('button', { name: 'Yes, delete client' }).click();
    await heading('Clients').waitFor();
    assert.equal(await clientNamed('Office'), undefined);
  });

  test('a client that was deleted elsewhere is told, and leads back to the list', async () => {
    const { client_id } = await server.make('POST', '/clients', { name: 'Gone soon', app_type: 'spa' });
    await page.goto(`${server.base}/dashboard/clients/${client_id}/settings`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Too late');
    await server.make('DELETE', `/clients/${client_id}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'Too late');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.reload();
    await page.getByRole('link', { name: 'Go to clients' }).click();
    await heading('Clients').waitFor();
  });
});

const SAML = { signInEndpoint: 'https://idp.example/saml', signingCert: '' };
