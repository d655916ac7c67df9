/** The operations of `/branding` over HTTP, and what they do to the hosted pages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { THEME } from './testing.ts';

const TEMPLATE = '<!DOCTYPE html><html><head>{%- auth0:head -%}</head><body>{%- auth0:widget -%}</body></html>';

onEveryServer('Branding', (server) => {
  const page = async () => (await server.get('/setup?ticket=none')).text;
  const shows = async (...parts: string[]) => {
    const markup = await page();
    for (const part of parts) assert.ok(markup.includes(part), part);
  };

  test('colours, logo and icon are those of the hosted pages', async () => {
    assert.deepEqual(await server.make('GET', '/branding'), {});
    const body = {
      colors: { primary: '#0059d6', page_background: '#000000' },
      favicon_url: 'https://cdn.example/favicon.ico',
      logo_url: 'https://cdn.example/logo.png',
      font: { url: 'https://cdn.example/font.ttf' },
    };
    assert.deepEqual(await server.make('PATCH', '/branding', body), body);
    assert.deepEqual(await server.make('GET', '/branding'), body);
    await shows(
      '<img class="logo" src="https://cdn.example/logo.png"',
      '<link rel="icon" href="https://cdn.example/favicon.ico">',
      '--accent:#0059d6',
      '--page:#000000;--glow:none',
    );
  });

  test('an update changes what it names; null takes away', async () => {
    const changed = await server.make('PATCH', '/branding', {
      colors: { page_background: { type: 'linear-gradient', start: '#fff', end: '#000000ff', angle_deg: 35 } },
      font: null,
      favicon_url: null,
    });
    assert.equal(changed.colors.primary, '#0059d6');
    assert.equal('font' in changed || 'favicon_url' in changed, false);
    await shows('--accent:#0059d6', 'linear-gradient(35deg,#ffffff,#000000)', 'href="data:image/svg+xml');
    const solid = await server.make('PATCH', '/branding', { colors: { primary: null, page_background: '#abc' } });
    assert.deepEqual(solid.colors, { page_background: '#abc' });
    await shows('--page:#aabbcc');
    assert.doesNotMatch(await page(), /--accent:#/);
  });

  test('what is no colour or no https URL is refused', async () => {
    const bodies = [
      {},
      { colors: {} },
      { colors: { primary: 'red' } },
      { colors: { primary: '#12345' } },
      { colors: { page_background: { type: 'linear-gradient', start: '#fff' } } },
      { colors: { page_background: 'url(x)' } },
      { colors: { other: '#fff' } },
      { logo_url: 'http://cdn.example/logo.png' },
      { logo_url: 'https://cdn.example/"><script>' },
      { logo_url: 5 },
      { favicon_url: 'javascript:alert(1)' },
      { font: {} },
      { more: 1 },
    ];
    for (const body of bodies) {
      const answer = await server.api('PATCH', '/branding', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    const reader = await server.tokenWith('read:branding');
    assert.equal((await server.api('PATCH', '/branding', { logo_url: null }, reader)).status, 403);
  });

  test('the theme wins over the branding while there is one, and there is one at most', async () => {
    const none = await server.api('GET', '/branding/themes/default');
    assert.equal(none.status, 404);
    assert.equal(none.body.errorCode, 'theme_not_found');
    const identifiers = { login_display: 'unified', otp_autocomplete: true };
    const made = await server.api('POST', '/branding/themes', { ...THEME, displayName: 'Plum', identifiers });
    assert.equal(made.status, 200);
    const theme = made.body;
    assert.deepEqual(theme, { ...THEME, displayName: 'Plum', identifiers, themeId: theme.themeId });
    assert.deepEqual(await server.make('GET', '/branding/themes/default'), theme);
    assert.deepEqual(await server.make('GET', `/branding/themes/${theme.themeId}`), theme);
    await shows('--accent:#7a1f5c', '--page:#102030', 'src="https://cdn.example/theme.png"');
    const again = await server.api('POST', '/branding/themes', THEME);
    assert.equal(again.status, 409);

    const path = `/branding/themes/${theme.themeId}`;
    const widget = { ...THEME.widget, logo_position: 'none' };
    const changed = await server.make('PATCH', path, { ...THEME, widget });
    assert.deepEqual(changed, { ...theme, widget });
    assert.doesNotMatch(await page(), /class="logo"/);

    await server.make('DELETE', path);
    await shows('src="https://cdn.example/logo.png"', '--page:#aabbcc');
    for (const [method, body] of [['GET'], ['PATCH', THEME], ['DELETE']] as const) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, 404, method);
      assert.equal(answer.body.errorCode, 'theme_not_found');
    }
  });

  test('a theme is complete and within its bounds', async () => {
    const { widget: _left, ...incomplete } = THEME;
    const bodies = [
      incomplete,
      { ...THEME, more: 1 },
      { ...THEME, displayName: '<b>' },
      { ...THEME, borders: { ...THEME.borders, button_border_radius: 11 } },
      { ...THEME, colors: { ...THEME.colors, error: 'red' } },
      { ...THEME, widget: { ...THEME.widget, logo_url: 'http://plain.example/x.png' } },
    ];
    for (const body of bodies) assert.equal((await server.api('POST', '/branding/themes', body)).status, 400);
    assert.equal((await server.api('GET', '/branding/themes/default')).status, 404);
  });

  test('the template of the pages is made, replaced and deleted', async () => {
    const path = '/branding/templates/universal-login';
    const missing = await server.api('GET', path);
    assert.equal(missing.status, 404);
    const made = await server.api('PUT', path, JSON.stringify(TEMPLATE));
    assert.equal(made.status, 201);
    assert.deepEqual(made.body, {});
    assert.deepEqual(await server.make('GET', path), { body: TEMPLATE });
    const replaced = await server.api('PUT', path, { template: `${TEMPLATE}\n` });
    assert.equal(replaced.status, 204);
    assert.equal(replaced.text, '');
    assert.deepEqual(await server.make('GET', path), { body: `${TEMPLATE}\n` });
    await server.make('DELETE', path);
    assert.equal((await server.api('GET', path)).status, 404);
    await server.make('DELETE', path);
  });

  test('a template comes as text/html too; a page of a login takes no such body', async () => {
    const path = '/branding/templates/universal-login';
    const send = (method: string, at: string, body: string) =>
      fetch(`${server.base}${at}`, {
        method,
        headers: { 'content-type': 'text/html', authorization: `Bearer ${server.token}` },
        body,
      });
    assert.equal((await send('PUT', `/api/v2${path}`, TEMPLATE)).status, 201);
    assert.deepEqual(await server.make('GET', path), { body: TEMPLATE });
    assert.equal((await send('POST', '/u/login', TEMPLATE)).status, 415);
    assert.equal((await send('POST', '/oauth/token', TEMPLATE)).status, 415);
  });

  test('a template without its tags, or too long, is refused', async () => {
    const path = '/branding/templates/universal-login';
    for (const template of ['', '<html></html>', '{%- auth0:head -%}', TEMPLATE + 'x'.repeat(102_400)]) {
      const answer = await server.api('PUT', path, { template });
      assert.equal(answer.status, 400, template.slice(0, 20));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    assert.equal((await server.api('PUT', path, { html: TEMPLATE })).status, 400);
    assert.equal((await server.api('PUT', path, 5)).status, 400);
  });
});
