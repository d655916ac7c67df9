/** Hooks as an administrator keeps them: one on at each moment, with code, secrets and packages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { lookAt, saved, signInToDashboard } from './dashboard-session.ts';

const SCRIPT = 'module.exports = (user, context, cb) => cb(null, { user });\n';

onEmbeddedServer('hooks in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/hooks');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const hook = async (name: string) =>
    (await server.make('GET', '/hooks')).find((one: { name: string }) => one.name === name);

  test('a hook is created for a moment; a name that is taken is said at the field', async () => {
    await page.getByText('No hook yet').waitFor();
    await page.getByText('No hook runs yet').waitFor();
    await lookAt(page, 'hooks-empty');
    const taken = { name: 'Taken', script: SCRIPT, triggerId: 'pre-user-registration', enabled: true };
    await server.make('POST', '/hooks', taken);
    await button('Create hook').click();
    const form = dialog('Create hook');
    await form.getByRole('textbox', { name: 'Name' }).fill('Taken');
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await form.getByText('A hook with the same name already exists').waitFor();
    await lookAt(page, 'hook-create');
    await form.getByRole('textbox', { name: 'Name' }).fill('Check the domain');
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await heading('Check the domain').waitFor();
    assert.equal((await hook('Check the domain')).triggerId, 'pre-user-registration');
  });

  test('code is saved; secrets and packages are kept at once, and values never shown again', async () => {
    await field('Code').fill(SCRIPT.replace('user })', 'user'));
    await button('Save').click();
    await dialog('Save code that cannot run?').getByRole('button', { name: 'Cancel' }).click();
    await field('Code').fill(`// checked\n${SCRIPT}`);
    await saved(page, () => button('Save').click());
    assert.equal((await hook('Check the domain')).script, `// checked\n${SCRIPT}`);
    for (const value of ['hush-one', 'hush-two']) {
      await page.getByRole('button', { name: value === 'hush-one' ? 'Add secret' : 'Replace DOMAINS' }).click();
      const form = page.getByRole('dialog');
      if (value === 'hush-one') await form.getByRole('textbox', { name: 'Name' }).fill('DOMAINS');
      await form.getByRole('textbox', { name: 'Value', exact: true }).fill(value);
      await form.getByRole('button', { name: /^(Add|Replace)$/ }).click();
      await form.waitFor({ state: 'detached' });
      await button('Replace DOMAINS').waitFor();
    }
    assert.ok(!(await page.content()).includes('hush'));
    await button('Add package').click();
    await dialog('Add package').getByRole('textbox', { name: 'Name' }).fill('lodash');
    await dialog('Add package').getByRole('textbox', { name: 'Version' }).fill('4.17.21');
    await dialog('Add package').getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('lodash@4.17.21').waitFor();
    const { id, dependencies } = await hook('Check the domain');
    assert.deepEqual(dependencies, { lodash: '4.17.21' });
    assert.deepEqual(Object.keys(await server.make('GET', `/hooks/${id}/secrets`)), ['DOMAINS']);
    await lookAt(page, 'hook');
    await button('Remove DOMAINS').click();
    await dialog('Remove this secret?').getByRole('button', { name: 'Remove' }).click();
    await button('Remove DOMAINS').waitFor({ state: 'detached' });
    assert.deepEqual(await server.make('GET', `/hooks/${id}/secrets`), {});
  });

  test('of the hooks for a moment one is on', async () => {
    await page.getByRole('link', { name: 'Hooks', exact: true }).last().click();
    const turn = page.getByRole('switch', { name: 'Check the domain is on' });
    await turn.waitFor();
    const on = page.waitForResponse(
      (response) =>
        response.request().method() === 'PATCH' &&
        response.ok() &&
        response.request().postData() === '{"enabled":true}',
    );
    await turn.click({ force: true });
    await on;
    await page.getByRole('switch', { name: 'Taken is on', checked: false }).waitFor();
    assert.deepEqual([(await hook('Check the domain')).enabled, (await hook('Taken')).enabled], [true, false]);
    await lookAt(page, 'hooks');
  });

  test('a hook is deleted after a question', async () => {
    await page.getByRole('link', { name: 'Taken' }).click();
    await button('Delete hook').click();
    await dialog('Delete this hook?').getByRole('button', { name: 'Yes, delete hook' }).click();
    await heading('Hooks').waitFor();
    await page.getByRole('link', { name: 'Taken' }).waitFor({ state: 'detached' });
    assert.equal(await hook('Taken'), undefined);
  });
});
