/** Modules of actions as an administrator writes them: published as versions, used by actions, restored and deleted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { lookAt, saved, signInToDashboard } from './dashboard-session.ts';

const code = (greeting: string) => `module.exports = { greet: () => '${greeting}' };\n`;

onEmbeddedServer('modules of actions in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;
  let action: string;

  before(async () => {
    browser = await launchBrowser();
    const made = await server.make('POST', '/actions/actions', {
      name: 'Greet',
      supported_triggers: [{ id: 'post-login' }],
    });
    action = made.id;
    page = await signInToDashboard(server, browser, '/actions/modules');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const module = async () => (await server.make('GET', '/actions/modules')).modules[0];
  const open = (path: string) => page.goto(`${server.base}/dashboard/actions/${path}`);

  test('a module is created, saved and published', async () => {
    await page.getByText('No module yet').waitFor();
    await lookAt(page, 'modules-empty');
    await button('Create module').click();
    await dialog('Create module').getByRole('textbox', { name: 'Name' }).fill('greeting');
    await dialog('Create module').getByRole('button', { name: 'Create', exact: true }).click();
    await heading('greeting').waitFor();
    await field('Code').getByText("require('actions:greeting')").waitFor();
    await field('Code').fill(code('Hello'));
    await saved(page, () => button('Save draft').click());
    assert.equal((await module()).code, code('Hello'));
    await button('Publish').click();
    await page.getByText('Version 1 is the latest.').waitFor();
    await field('Code').fill(code('Good day'));
    await button('Publish').click();
    await page.getByText('Version 2 is the latest.').waitFor();
    assert.equal((await module()).latest_version_number, 2);
  });

  test('secrets are set together and never shown again', async () => {
    await button('Set secrets').click();
    const form = dialog('Set secrets');
    await form.getByRole('textbox', { name: 'Secrets' }).fill('API_KEY=\nOTHER=hush-two');
    await form.getByRole('button', { name: 'Set', exact: true }).click();
    await form.getByText(/API_KEY has no value/).waitFor();
    await form.getByRole('textbox', { name: 'Secrets' }).fill('API_KEY=hush-one\nOTHER=hush-two');
    await lookAt(page, 'module-secrets');
    await form.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByRole('list', { name: 'Secrets' }).getByText('OTHER').waitFor();
    assert.ok(!(await page.content()).includes('hush'));
    await button('Set secrets').click();
    assert.equal(await form.getByRole('textbox', { name: 'Secrets' }).inputValue(), 'API_KEY=\nOTHER=');
    await button('Cancel').click();
    await lookAt(page, 'module');
  });

  test('an action uses a version of it', async () => {
    await open(`library/${action}`);
    await page.getByRole('combobox', { name: 'Module' }).click();
    await page.getByRole('option', { name: 'greeting' }).click();
    await button('Add').click();
    await page.getByRole('list', { name: 'Modules' }).getByText('Version 2').waitFor();
    await button('Deploy').click();
    await page.getByText(/Version 1 is deployed/).waitFor();
    await open(`modules/${(await module()).id}`);
    await page.getByText('uses version 2').waitFor();
    await button('Delete module').click();
    await dialog('Delete this module?').getByRole('button', { name: 'Yes, delete module' }).click();
    await dialog('Delete this module?').getByText('The module is used by an action').waitFor();
    await button('Cancel').click();
    await button('Publish').click();
    await page.getByText('Version 3 is the latest.').waitFor();
    await open(`library/${action}`);
    await button('Use 3').click();
    await page.getByRole('list', { name: 'Modules' }).getByText('Version 3').waitFor();
    await lookAt(page, 'action-module');
  });

  test('an earlier version becomes the draft again', async () => {
    await open(`modules/${(await module()).id}/versions`);
    await button('Compare version 1 with the draft').click();
    await page.getByLabel('From version 1 to the draft').getByText('Good day').waitFor();
    await lookAt(page, 'module-versions');
    await button('Make it the draft: version 1').click();
    await dialog('Make version 1 the draft?').getByRole('button', { name: 'Make it the draft' }).click();
    await page.getByText('The code is the same.').waitFor();
    assert.equal((await module()).code, code('Hello'));
  });

  test('a module that no action uses any more is deleted', async () => {
    await open(`library/${action}`);
    await button('Take out greeting').click();
    await page.getByText('Version 3').waitFor({ state: 'detached' });
    await button('Deploy').click();
    await page.getByText(/Version 2 is deployed/).waitFor();
    await open('modules');
    await page.getByText('No deployed action uses it').waitFor();
    await lookAt(page, 'modules');
    await page.getByRole('link', { name: 'greeting' }).click();
    await button('Delete module').click();
    await dialog('Delete this module?').getByRole('button', { name: 'Yes, delete module' }).click();
    await page.getByText('No module yet').waitFor();
    assert.equal(await module(), undefined);
  });
});
