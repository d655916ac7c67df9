/** Branding, mails and attack protection as an administrator sets them up. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, signInToDashboard, writeCode } from './dashboard-session.ts';

onEmbeddedServer('branding, mails and security in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/branding');
  });
  after(() => browser?.close());

  const save = async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  };
  const invalid = (name: string) =>
    page.getByRole('textbox', { name }).and(page.locator('[aria-invalid=true]')).waitFor();

  test('colours show in the preview before they are saved, and on the login page afterwards', async () => {
    const preview = page.frameLocator('iframe[title="Preview of the login page"]');
    await preview.getByText('to continue to My App').waitFor({ state: 'attached' });
    const colour = () =>
      preview
        .locator('.button.primary')
        .evaluate((button) => button.ownerDocument.defaultView.getComputedStyle(button).backgroundColor);
    await page.getByRole('textbox', { name: 'Primary colour' }).fill('#b3261e');
    await page.getByRole('textbox', { name: 'Page background' }).fill('#203040');
    await page.keyboard.press('Escape');
    assert.equal(await colour(), 'rgb(179, 38, 30)');
    assert.deepEqual(await server.make('GET', '/branding'), {});
    await page.getByRole('textbox', { name: 'Logo URL' }).fill('http://example.com/logo.png');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await invalid('Logo URL');
    await page.getByRole('textbox', { name: 'Logo URL' }).fill('https://example.com/logo.png');
    await save();
    assert.deepEqual(await server.make('GET', '/branding'), {
      colors: { primary: '#b3261e', page_background: '#203040' },
      logo_url: 'https://example.com/logo.png',
    });
    await lookAt(page, 'branding');
    // The scheme of the preview is its own, not that of the system.
    const card = () =>
      preview
        .getByRole('main')
        .evaluate((main) => main.ownerDocument.defaultView.getComputedStyle(main).backgroundColor);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await card(), 'rgb(255, 255, 255)');
    await page.getByText('Dark', { exact: true }).click();
    await preview.getByText('to continue to My App').waitFor({ state: 'attached' });
    assert.notEqual(await card(), 'rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByText('Light', { exact: true }).click();
  });

  test('colours that are emptied are gone', async () => {
    await page.getByRole('textbox', { name: 'Primary colour' }).fill('');
    await page.getByRole('textbox', { name: 'Page background' }).fill('');
    await page.keyboard.press('Escape');
    await save();
    assert.deepEqual(await server.make('GET', '/branding'), { logo_url: 'https://example.com/logo.png' });
  });

  test('a theme that was set by the API is told of and can be deleted', async () => {
    const hex = '#112233';
    const type = { bold: false, size: 100 };
    const names = [
      ...['body_text', 'error', 'header', 'icons', 'input_background', 'input_border', 'input_filled_text'],
      ...['input_labels_placeholders', 'links_focused_components', 'primary_button', 'primary_button_label'],
      ...['secondary_button_border', 'secondary_button_label', 'success', 'widget_background', 'widget_border'],
    ];
    await server.make('POST', '/branding/themes', {
      displayName: 'Winter',
      borders: {
        ...{ button_border_radius: 3, button_border_weight: 1, buttons_style: 'rounded', input_border_radius: 3 },
        ...{ input_border_weight: 1, inputs_style: 'rounded', show_widget_shadow: true, widget_border_weight: 0 },
        widget_corner_radius: 5,
      },
      colors: Object.fromEntries(names.map((name) => [name, hex])),
      fonts: {
        ...{ body_text: type, buttons_text: type, font_url: '', input_labels: type, links: type, subtitle: type },
        ...{ links_style: 'normal', reference_text_size: 16, title: { bold: false, size: 150 } },
      },
      page_background: { background_color: hex, background_image_url: '', page_layout: 'center' },
      widget: {
        ...{ header_text_alignment: 'center', logo_height: 52, logo_position: 'center', logo_url: '' },
        social_buttons_layout: 'bottom',
      },
    });
    await page.reload();
    await page.getByText('“Winter”').waitFor();
    await page.getByRole('button', { name: 'Delete the theme' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete theme' }).click();
    await page.getByText('“Winter”').waitFor({ state: 'detached' });
    assert.equal((await server.api('GET', '/branding/themes/default')).status, 404);
  });

  test('a template is edited with a preview; what is no Liquid is told at once and refused', async () => {
    await goWithin(page, '/emails');
    await page.getByRole('link', { name: 'Verification (link)' }).waitFor();
    await lookAt(page, 'emails');
    await page.getByRole('link', { name: 'Verification (link)' }).click();
    const body = page.getByRole('textbox', { name: 'Body' });
    await writeCode(page, body, '<p>Hello {{ user.name </p>');
    await page.getByText('This is no valid template').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await invalid('Body');
    await writeCode(page, body, '<h1>Hello {{ user.name }}</h1><a href="{{ url }}">Confirm</a>');
    await page.getByRole('textbox', { name: 'Subject' }).fill('Confirm, {{ user.email }}');
    // What the frame was given last: a frame without scripts that is given several in a row cannot be asked for its text.
    await page.locator('iframe[title="Preview of the mail"][srcdoc*="<h1>Hello Jo Example</h1>"]').waitFor();
    await page.getByText('Subject: Confirm, jo@example.com').waitFor();
    await save();
    const template = await server.make('GET', '/email-templates/verify_email');
    assert.equal(template.subject, 'Confirm, {{ user.email }}');
    assert.match(template.body, /Hello \{\{ user\.name \}\}/);
    await lookAt(page, 'email-template');
  });

  test('a test of it lands in the mailbox; an address that nobody has is told', async () => {
    const address = page.getByRole('textbox', { name: 'Address of a user' });
    await address.fill('nobody@example.com');
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText('No user has this address.').waitFor();
    await address.fill(server.setup.admin_email);
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText('The mail is on its way').waitFor();
    await page.getByRole('link', { name: 'mailbox', exact: true }).click();
    await page.getByRole('link', { name: `Confirm, ${server.setup.admin_email}` }).waitFor();
  });

  test('a template that is not there yet is made by the first save', async () => {
    await goWithin(page, '/emails/templates/stolen_credentials');
    await page.getByText('This mail is not sent yet').waitFor();
    await writeCode(page, page.getByRole('textbox', { name: 'Body' }), '<p>Stolen</p>');
    await save();
    assert.equal((await server.make('GET', '/email-templates/stolen_credentials')).body, '<p>Stolen</p>');
    await goWithin(page, '/emails/templates/unknown');
    await page.getByRole('heading', { name: 'There is no such template' }).waitFor();
  });

  test('a provider is set up, changed without its password, and removed', async () => {
    await goWithin(page, '/emails/provider');
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'SMTP server' }).click();
    await page.getByRole('textbox', { name: 'Host' }).fill('smtp.example.com');
    await page.getByRole('textbox', { name: 'Port' }).fill('99999');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Enter a whole number from 1 to 65,535.').waitFor();
    await page.getByRole('textbox', { name: 'Port' }).fill('587');
    await page.getByRole('textbox', { name: 'User name' }).fill('latchkey');
    await page.getByRole('textbox', { name: 'Password' }).fill('hush');
    await save();
    await lookAt(page, 'email-provider');
    await page.getByRole('textbox', { name: 'From' }).fill('Acme <login@example.com>');
    await save();
    const { name, enabled, default_from_address, credentials } = await server.make('GET', '/emails/provider');
    assert.deepEqual(
      { name, enabled, default_from_address, credentials },
      {
        name: 'smtp',
        enabled: true,
        default_from_address: 'Acme <login@example.com>',
        credentials: { smtp_host: 'smtp.example.com', smtp_port: 587, smtp_user: 'latchkey' },
      },
    );
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'SendGrid' }).click();
    await page.getByRole('textbox', { name: 'API key' }).fill('SG.1');
    await save();
    assert.equal((await server.make('GET', '/emails/provider')).name, 'sendgrid');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove provider' }).click();
    await page.getByText('No provider yet').waitFor();
    assert.equal((await server.api('GET', '/emails/provider')).status, 404);
  });

  test('brute-force protection is set; what has no effect yet says so', async () => {
    await goWithin(page, '/security');
    await page.getByRole('textbox', { name: 'Failed logins until it acts' }).fill('5');
    await page.getByRole('textbox', { name: 'Trusted addresses' }).fill('nonsense');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await invalid('Trusted addresses');
    await page.getByRole('textbox', { name: 'Trusted addresses' }).fill('10.0.0.0/8');
    await save();
    const { max_attempts, allowlist } = await server.make('GET', '/attack-protection/brute-force-protection');
    assert.deepEqual([max_attempts, allowlist], [5, ['10.0.0.0/8']]);
    assert.equal(await page.getByText('This protection does nothing yet').count(), 0);
    await lookAt(page, 'security-brute-force');
    await page.getByRole('tab', { name: 'Suspicious IPs' }).click();
    await page.getByRole('textbox', { name: 'Logins: attempts' }).fill('40');
    await save();
    const { stage } = await server.make('GET', '/attack-protection/suspicious-ip-throttling');
    assert.deepEqual([stage['pre-login'].max_attempts, stage['pre-user-registration'].max_attempts], [40, 50]);
    await lookAt(page, 'security-throttling');
  });

  for (const [tab, field] of [
    ['Breached passwords', 'On'],
    ['Bot detection', 'Only watch'],
  ] as const) {
    test(`settings of a protection that does nothing yet are kept: ${tab}`, async () => {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByText('This protection does nothing yet').waitFor();
      await page.getByRole('switch', { name: field }).click();
      await save();
      await lookAt(page, `security-${tab.toLowerCase().replaceAll(' ', '-')}`);
    });
  }

  test('the secret of a captcha provider is taken and never shown', async () => {
    await page.getByRole('tab', { name: 'Captcha' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'hCaptcha' }).click();
    await page.getByRole('textbox', { name: 'Site key' }).fill('site-1');
    await page.getByRole('textbox', { name: 'Secret' }).fill('hush');
    await save();
    assert.equal(await page.getByRole('textbox', { name: 'Secret' }).inputValue(), '');
    const { active_provider_id, hcaptcha } = await server.make('GET', '/attack-protection/captcha');
    assert.deepEqual([active_provider_id, hcaptcha], ['hcaptcha', { site_key: 'site-1' }]);
    await lookAt(page, 'security-captcha');
  });
});
