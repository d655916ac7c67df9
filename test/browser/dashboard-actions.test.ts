/** Actions as an administrator writes them: draft, deployment, versions, secrets, packages, and the flow they are in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, saved, signInToDashboard } from './dashboard-session.ts';

const CODE = 'exports.onExecutePostLogin = async (event, api) => {\n  // first\n};\n';

onEmbeddedServer('actions in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/actions');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const said = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const actions = async () => (await server.make('GET', '/actions/actions')).actions;
  const action = async (name: string) => (await actions()).find((one: { name: string }) => one.name === name);
  const bound = async () =>
    (await server.make('GET', '/actions/triggers/post-login/bindings')).bindings.map(
      ({ display_name }: { display_name: string }) => display_name,
    );
  const make = (name: string, more: object = {}) =>
    server.make('POST', '/actions/actions', { name, supported_triggers: [{ id: 'post-login' }], code: CODE, ...more });

  test('an action is created for a trigger; a name that is taken is said at the field', async () => {
    await said('No action yet');
    await said('No action runs yet');
    await lookAt(page, 'actions-empty');
    await make('Taken');
    await button('Create action').click();
    const form = dialog('Create action');
    await form.getByRole('textbox', { name: 'Name' }).fill('Taken');
    await form.getByRole('combobox', { name: 'Trigger' }).click();
    await page.getByRole('option', { name: 'Machine to machine' }).click();
    await said('Before a token for a client itself');
    await form.getByRole('combobox', { name: 'Trigger' }).click();
    await page.getByRole('option', { name: 'Login', exact: true }).click();
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await form.getByText('An action with the same name already exists').waitFor();
    await lookAt(page, 'action-create');
    await form.getByRole('textbox', { name: 'Name' }).fill('Add roles');
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await heading('Add roles').waitFor();
    await field('Code').getByText('onExecutePostLogin').waitFor();
    const { runtime, supported_triggers } = await action('Add roles');
    assert.deepEqual([runtime, supported_triggers[0].id], ['node22', 'post-login']);
  });

  test('the draft is saved and deployed; code that cannot run is asked about', async () => {
    await said('Not deployed yet');
    await field('Code').fill(CODE);
    await saved(page, () => button('Save draft').click());
    assert.equal((await action('Add roles')).code, CODE);
    assert.equal((await action('Add roles')).deployed_version, undefined);
    await field('Code').fill('exports.onExecutePostLogin = async (event, api) => {');
    await button('Deploy').click();
    await dialog('Deploy code that cannot run?')
      .getByText(/ends too early/)
      .waitFor();
    await button('Cancel').click();
    await field('Code').fill(CODE.replace('first', 'second'));
    await button('Deploy').click();
    await said(/Version 1 is deployed/);
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
    const { all_changes_deployed, deployed_version } = await action('Add roles');
    assert.equal(all_changes_deployed, true);
    assert.match(deployed_version.code, /second/);
  });

  test('what the API refuses is said at the field, and nothing that was typed is lost', async () => {
    await field('Name').fill('Taken');
    await field('Code').fill(CODE.replace('first', 'third'));
    await button('Save draft').click();
    await field('Name').and(page.locator('[aria-invalid=true]')).waitFor();
    await said('An action with the same name already exists');
    await field('Name').fill('Add all roles');
    await saved(page, () => button('Save draft').click());
    assert.match((await action('Add all roles')).code, /third/);
    await said('The draft differs from it.');
  });

  test('secrets and packages are kept at once, beside code that is not saved yet', async () => {
    await field('Code').fill(CODE.replace('first', 'fourth'));
    await button('Add secret').click();
    const secret = dialog('Add secret');
    await secret.getByRole('textbox', { name: 'Name' }).fill('API_KEY');
    await secret.getByRole('textbox', { name: 'Value', exact: true }).fill('hush-hush');
    await secret.getByRole('button', { name: 'Add', exact: true }).click();
    await button('Replace API_KEY').waitFor();
    await button('Add package').click();
    const packages = dialog('Add package');
    await packages.getByRole('textbox', { name: 'Name' }).fill('Not A Package');
    await packages.getByText('This is no name of a package.').waitFor();
    await packages.getByRole('textbox', { name: 'Name' }).fill('axios@1.7.2');
    await packages.getByRole('button', { name: 'Add', exact: true }).click();
    await said('axios@1.7.2');
    const now = await action('Add all roles');
    assert.deepEqual(
      now.secrets.map(({ name }: { name: string }) => name),
      ['API_KEY'],
    );
    assert.deepEqual(now.dependencies, [{ name: 'axios', version: '1.7.2' }]);
    assert.doesNotMatch(now.code, /fourth/);
    await field('Code').getByText('fourth').waitFor();
    assert.ok(!(await page.content()).includes('hush'));
    await lookAt(page, 'action');
    await button('Deploy').click();
    await said(/Version 2 is deployed/);
    await button('Remove API_KEY').click();
    await dialog('Remove this secret?').getByRole('button', { name: 'Remove' }).click();
    await button('Replace API_KEY').waitFor({ state: 'detached' });
    await button('Remove axios').click();
    await page.getByText('axios@1.7.2').waitFor({ state: 'detached' });
    assert.deepEqual((await action('Add all roles')).secrets, []);
  });

  test('an earlier version is compared with the draft and deployed again', async () => {
    await page.getByRole('tab', { name: 'Versions' }).click();
    await button('Compare version 1 with the draft').click();
    const diff = page.getByRole('textbox', { name: 'From version 1 to the draft' });
    await diff.or(page.getByLabel('From version 1 to the draft')).getByText('second').waitFor();
    // The other colours come in place: what was focused and scrolled to stays.
    await page.getByLabel('From version 1 to the draft').focus();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await page.getByLabel('From version 1 to the draft').and(page.locator(':focus')).waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    await lookAt(page, 'action-versions');
    await page.reload();
    await page.getByLabel('From version 1 to the draft').getByText('fourth').waitFor();
    await button('Deploy again: version 1').click();
    const question = dialog('Deploy version 1 again?');
    await lookAt(page, 'action-restore');
    await question.getByRole('button', { name: 'Deploy', exact: true }).click();
    await said('Version 3');
    const now = await action('Add all roles');
    assert.match(now.code, /second/);
    assert.equal(now.deployed_version.number, 3);
    assert.equal(now.all_changes_deployed, true);
    await page.getByRole('tab', { name: 'Code' }).click();
    await field('Code').getByText('second').waitFor();
  });

  test('the library tells drafts from deployed actions, and is cut to a trigger', async () => {
    await page.getByRole('link', { name: 'Actions', exact: true }).last().click();
    await heading('Actions').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Taken' }).getByText('Draft').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Add all roles' }).getByText('Deployed').waitFor();
    await lookAt(page, 'actions');
    await page.getByRole('combobox', { name: 'Trigger' }).click();
    await page.getByRole('option', { name: 'Password reset' }).click();
    await said('No action for this trigger');
    assert.match(page.url(), /trigger=password-reset-post-challenge/);
  });

  test('a flow takes deployed actions, in an order, and is saved as a whole', async () => {
    await make('Deny strangers', { deploy: true });
    await page.getByRole('tab', { name: 'Flows' }).click();
    await page.getByRole('link', { name: 'Login', exact: true }).waitFor();
    await lookAt(page, 'flows');
    await page.getByRole('link', { name: 'Login', exact: true }).click();
    await said('Nothing happens here');
    await lookAt(page, 'flow-empty');
    const add = async (name: string) => {
      await page.getByRole('combobox', { name: 'Action' }).click();
      await page.getByRole('option', { name, exact: true }).click();
      await button('Add to the flow').click();
      await page.getByRole('list', { name: 'Actions of this flow' }).getByRole('link', { name }).waitFor();
    };
    await add('Add all roles');
    await add('Deny strangers');
    await page.getByRole('combobox', { name: 'Action' }).click();
    await page.getByRole('option', { name: 'Taken (not deployed)' }).waitFor();
    await page.keyboard.press('Escape');
    await button('Move Deny strangers up').click();
    assert.deepEqual(await bound(), []);
    await lookAt(page, 'flow');
    await saved(page, () => button('Save').click());
    assert.deepEqual(await bound(), ['Deny strangers', 'Add all roles']);
    await button('Move Deny strangers down').click();
    await button('Discard').click();
    await button('Take out Deny strangers').click();
    await saved(page, () => button('Save').click());
    assert.deepEqual(await bound(), ['Add all roles']);
    await goWithin(page, '/actions/triggers/event-stream');
    await heading('There is no such flow').waitFor();
  });

  test('an action that is in a flow is deleted with it, after that was said', async () => {
    const { id } = await action('Add all roles');
    await page.goto(`${server.base}/dashboard/actions/library/${id}`);
    await button('Delete action').click();
    const question = dialog('Delete this action?');
    await question.getByText(/in the flow “Login” and is taken out/).waitFor();
    await lookAt(page, 'action-delete');
    await question.getByRole('textbox').fill('Add all roles');
    await question.getByRole('button', { name: 'Yes, delete action' }).click();
    await heading('Actions').waitFor();
    assert.deepEqual(await bound(), []);
    assert.equal(await action('Add all roles'), undefined);
    await page.goto(`${server.base}/dashboard/actions/library/${id}`);
    await page.getByRole('link', { name: 'Go to actions' }).waitFor();
  });
});
