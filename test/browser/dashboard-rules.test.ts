/** Rules as an administrator writes them: from a template, in the editor, in their order, with the values they read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, saved, signInToDashboard, writeCode } from './dashboard-session.ts';

const SCRIPT = 'function (user, context, callback) {\n  callback(null, user, context);\n}\n';

onEmbeddedServer('rules in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  const refusedByPolicy: string[] = [];

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/rules');
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(server.base)) outside.push(request.url());
    });
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) refusedByPolicy.push(message.text());
    });
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const invalid = (name: string) => field(name).and(page.locator('[aria-invalid=true]')).waitFor();
  const rules = () => server.make('GET', '/rules');
  const namesInOrder = async () =>
    (await rules())
      .toSorted((a: { order: number }, b: { order: number }) => a.order - b.order)
      .map(({ name }: { name: string }) => name);

  test('a rule is made from a template; a mistake in the code is told before it is kept', async () => {
    await page.getByText('No rule yet').waitFor();
    await page.getByText('No rule runs yet').waitFor();
    await lookAt(page, 'rules-empty');
    await page.getByRole('link', { name: 'Create rule' }).click();
    await page.getByRole('link', { name: /^Add claims to tokens/ }).waitFor();
    await lookAt(page, 'rules-templates');
    await page.getByRole('link', { name: /^Add claims to tokens/ }).click();
    await heading('New rule').waitFor();
    const code = field('Code');
    await code.getByText("context.accessToken[namespace + 'email'] = user.email;").waitFor();
    await lookAt(page, 'rule-new');
    await code.fill('function (user, context, callback) {\n  callback(null, user, context;\n}');
    const mistake = page.getByRole('button', { name: 'Line 2: Unexpected “;”' });
    await mistake.waitFor();
    await lookAt(page, 'rule-mistake');
    await button('Create rule').click();
    await dialog('Create code that cannot run?').getByText('Unexpected “;”').waitFor();
    await button('Cancel').click();
    assert.deepEqual(await rules(), []);
    await mistake.click();
    assert.equal(await page.evaluate('document.activeElement.id'), 'script');
    await code.fill(SCRIPT);
    await mistake.waitFor({ state: 'detached' });
    await field('Name').fill('Add plan!');
    await button('Create rule').click();
    await invalid('Name');
    await field('Name').fill('Add plan');
    await button('Create rule').click();
    await heading('Add plan').waitFor();
    const [{ name, script, enabled, order }] = await rules();
    assert.deepEqual({ name, script, enabled, order }, { name: 'Add plan', script: SCRIPT, enabled: true, order: 1 });
  });

  test('what the API refuses is said at the field, and nothing that was typed is lost', async () => {
    await server.make('POST', '/rules', { name: 'Taken', script: SCRIPT });
    await field('Name').fill('Taken');
    await field('Order').fill('2');
    await field('Code').fill(`// why\n${SCRIPT}`);
    await button('Save').click();
    await invalid('Name');
    await page.getByText('A rule with the same name already exists').waitFor();
    await lookAt(page, 'rule-refused');
    await field('Name').fill('Add the plan');
    await button('Save').click();
    await invalid('Order');
    await field('Order').fill('7');
    await saved(page, () => button('Save').click());
    await heading('Add the plan').waitFor();
    const rule = (await rules()).find(({ order }: { order: number }) => order === 7);
    assert.equal(rule.script, `// why\n${SCRIPT}`);
  });

  test('who leaves without saving is asked, and then nothing is saved', async () => {
    await field('Code').fill('function () {}');
    await page.getByRole('link', { name: 'Rules', exact: true }).last().click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Cancel' }).click();
    await field('Code').getByText('function () {}').waitFor();
    await page.getByRole('link', { name: 'Rules', exact: true }).last().click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Leave' }).click();
    await heading('Rules').waitFor();
    assert.ok((await rules()).every(({ script }: { script: string }) => script.includes('callback')));
  });

  test('the keyboard writes code and leaves the editor', async () => {
    await page.getByRole('link', { name: 'Taken' }).click();
    const code = field('Code');
    await code.click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Tab');
    await page.keyboard.type('// indented');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'script');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate('document.activeElement.id'), 'script');
    await saved(page, () => button('Save').click());
    const rule = (await rules()).find(({ name }: { name: string }) => name === 'Taken');
    assert.match(rule.script, /^ {2}\/\/ indented\n/);
  });

  test('what is typed faster than the page can follow arrives whole', async () => {
    const devtools = await page.context().newCDPSession(page);
    const words = 'as quick as one types '.repeat(6).trim();
    await writeCode(page, field('Code'), `${SCRIPT}// `);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    // Not one after the other: the keys wait for the page, not for each other.
    await Promise.all([...words].map((text) => devtools.send('Input.insertText', { text })));
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await saved(page, () => button('Save').click());
    const rule = (await rules()).find(({ name }: { name: string }) => name === 'Taken');
    assert.equal(rule.script, `${SCRIPT}// ${words}`);
    await writeCode(page, field('Code'), SCRIPT);
    await saved(page, () => button('Save').click());
  });

  test('names of what a rule gets are offered', async () => {
    await field('Code').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('context.req');
    await page.getByRole('option', { name: /context\.request\.ip/ }).waitFor();
    await page.keyboard.press('Escape');
    await button('Discard').click();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  });

  test('rules are put in another order and switched off in the list', async () => {
    await server.make('POST', '/rules', { name: 'Third', script: SCRIPT });
    await page.goto(`${server.base}/dashboard/rules`);
    const list = page.getByRole('list', { name: 'Rules' });
    await list.getByRole('link', { name: 'Third' }).waitFor();
    assert.deepEqual(await namesInOrder(), ['Taken', 'Add the plan', 'Third']);
    await button('Move Third up').click();
    await page.getByText('Third is now 2 of 3').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.getByText('Third is now 1 of 3').waitFor({ state: 'attached' });
    // At the top there is no further up, so the keyboard stands on the other button.
    assert.equal(await page.evaluate('document.activeElement.ariaLabel'), 'Move Third down');
    await list.getByRole('switch', { name: 'Taken is on' }).press('Space');
    await list.getByText('Off').waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await namesInOrder(), ['Third', 'Taken', 'Add the plan']);
    assert.deepEqual(
      (await rules()).filter(({ enabled }: { enabled: boolean }) => !enabled).map(({ name }: { name: string }) => name),
      ['Taken'],
    );
    await lookAt(page, 'rules');
    const last = list.getByRole('listitem').last();
    await list.getByRole('listitem').first().locator('[draggable=true]').dragTo(last);
    await page.getByText('Third is now 3 of 3').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await namesInOrder(), ['Taken', 'Add the plan', 'Third']);
  });

  test('a rule is deleted after a question', async () => {
    await button('Delete Third').click();
    await dialog('Delete this rule?').getByRole('button', { name: 'Yes, delete rule' }).click();
    await page.getByRole('link', { name: 'Third' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Taken' }).click();
    await button('Delete rule').click();
    await dialog('Delete this rule?').getByRole('button', { name: 'Yes, delete rule' }).click();
    await heading('Rules').waitFor();
    assert.deepEqual(await namesInOrder(), ['Add the plan']);
    await goWithin(page, '/rules/edit/rul_unknown');
    await page.getByRole('link', { name: 'Go to rules' }).click();
    await page.getByRole('link', { name: 'Add the plan' }).waitFor();
  });

  test('values are set and replaced, and never shown again', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByText('No value yet').waitFor();
    await button('Add value').click();
    const form = dialog('Add value');
    await form.getByRole('textbox', { name: 'Name' }).fill('NO SPACES');
    await form.getByText(/are allowed, 127 at most/).waitFor();
    await form.getByRole('textbox', { name: 'Name' }).fill('API_KEY');
    await form.getByRole('textbox', { name: 'Value', exact: true }).fill('hush-hush');
    await lookAt(page, 'rules-value');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await button('Replace API_KEY').waitFor();
    assert.deepEqual(await server.make('GET', '/rules-configs'), [{ key: 'API_KEY' }]);
    await lookAt(page, 'rules-settings');
    await button('Replace API_KEY').click();
    const value = dialog('Replace API_KEY').getByRole('textbox', { name: 'Value', exact: true });
    assert.equal(await value.inputValue(), '');
    await value.fill('other');
    await saved(page, () => dialog('Replace API_KEY').getByRole('button', { name: 'Replace' }).click());
    assert.ok(!(await page.content()).includes('hush'));
    await button('Remove API_KEY').click();
    await dialog('Remove this value?').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No value yet').waitFor();
  });

  test('nothing came from elsewhere, and the policy of the page had nothing to refuse', () => {
    assert.deepEqual(outside, []);
    assert.deepEqual(refusedByPolicy, []);
  });
});
