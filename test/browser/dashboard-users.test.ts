/** Users and roles as an administrator walks through them: find, create, change, give, take, link, block, delete. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, saved, signInToDashboard } from './dashboard-session.ts';

const connection = 'Username-Password-Authentication';
const password = 'A lengthy Passw0rd here';

onEmbeddedServer('users and roles in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    await server.make('POST', '/resource-servers', {
      name: 'Orders',
      identifier: 'https://orders.example.com',
      scopes: [
        { value: 'read:orders', description: 'See orders' },
        { value: 'write:orders', description: 'Change orders' },
      ],
    });
    for (const name of ['ada', 'grace', 'linus'])
      await server.make('POST', '/users', { connection, email: `${name}@example.com`, password });
    page = await signInToDashboard(server, browser, '/users');
  });
  after(() => browser?.close());

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const act = async (name: string) => {
    await button('Actions').click();
    await page.getByRole('menuitem', { name }).click();
  };
  const said = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const userOf = async (email: string) => (await server.make('GET', `/users-by-email?email=${email}`))[0];

  test('beyond the last page the list says so, and leads back', async () => {
    await goWithin(page, '/users?page=7');
    await page.getByRole('heading', { level: 2, name: 'There is no page 7' }).waitFor();
    await said('There are 4 users, on one page.');
    await lookAt(page, 'users-beyond-the-end');
    await button('Go to the last page').click();
    await page.getByRole('list', { name: 'Users' }).waitFor();
    // So far the API does not page at all.
    await goWithin(page, '/users?page=40');
    await said(/the first 1000 records/);
    await button('Go to the first page').click();
    await page.getByRole('list', { name: 'Users' }).waitFor();
  });

  test('users are listed and searched, and a query that is none is explained', async () => {
    await page.getByRole('link', { name: 'ada@example.com' }).waitFor();
    await lookAt(page, 'users');
    const search = page.getByRole('searchbox', { name: 'Search users' });
    await search.fill('grace');
    await page.getByRole('link', { name: 'ada@example.com' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'grace@example.com' }).waitFor();
    await search.fill('email:(');
    await said(/something is missing|not closed|empty/);
    await search.fill('blocked:true');
    await said('Nobody found');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByRole('link', { name: 'ada@example.com' }).waitFor();
  });

  test('a user is created, after the API said what is wrong', async () => {
    await button('Create user').click();
    const form = dialog('Create user');
    await form.getByRole('textbox', { name: 'Email' }).fill('jo@example.com');
    await form.getByRole('textbox', { name: 'Password' }).fill('weak');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.getByRole('textbox', { name: 'Password' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await lookAt(page, 'users-create');
    await form.getByRole('textbox', { name: 'Password' }).fill(password);
    await form.getByRole('button', { name: 'Create' }).click();
    await heading('jo@example.com').waitFor();
    assert.ok(await userOf('jo@example.com'));
  });

  test('the profile is changed, and what is refused is said at the field', async () => {
    await page.getByRole('textbox', { name: 'Nickname' }).fill('jojo');
    await page.getByRole('textbox', { name: 'Phone number' }).fill('12');
    await button('Save').click();
    await page.getByRole('textbox', { name: 'Phone number' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByRole('textbox', { name: 'Phone number' }).fill('');
    await saved(page, () => button('Save').click());
    assert.equal((await userOf('jo@example.com')).nickname, 'jojo');
    await lookAt(page, 'user-profile');
  });

  test('an address is verified by hand, a password link is made', async () => {
    await act('Mark email as verified');
    await dialog(/verified/)
      .getByRole('button', { name: 'Mark as verified' })
      .click();
    await said('The address counts as verified');
    assert.equal((await userOf('jo@example.com')).email_verified, true);
    await act('Password reset link');
    await dialog('Password reset link').getByRole('button', { name: 'Make link' }).click();
    const link = dialog('Password reset link').getByRole('textbox', { name: 'Link' });
    await link.waitFor();
    assert.match(await link.inputValue(), new RegExp(`^${server.base}/`));
    await lookAt(page, 'user-password-link');
    await dialog('Password reset link').getByRole('button', { name: 'Done' }).click();
  });

  test('metadata is edited; what is no JSON is kept and explained', async () => {
    await tab('Metadata');
    const field = page.getByRole('textbox', { name: 'App metadata' });
    await field.fill('{\n  "plan": "gold"\n  "x": 1\n}');
    await button('Save').click();
    await said(/look at line 3/);
    await lookAt(page, 'user-metadata');
    await field.fill('{ "plan": "gold", "old": 1 }');
    await saved(page, () => button('Save').click());
    await field.fill('{ "plan": "silver" }');
    await saved(page, () => button('Save').click());
    assert.deepEqual((await userOf('jo@example.com')).app_metadata, { plan: 'silver' });
  });

  test('leaving with changes asks first', async () => {
    await page.getByRole('textbox', { name: 'User metadata' }).fill('{ "colour": "green" }');
    await page.getByRole('tab', { name: 'Devices' }).click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Cancel' }).click();
    assert.match(await page.getByRole('textbox', { name: 'User metadata' }).inputValue(), /green/);
    await button('Discard').click();
  });

  test('a role is created and gets permissions', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Roles' }).click();
    await said('No role yet');
    await lookAt(page, 'roles-empty');
    await button('Create role').click();
    const form = dialog('Create role');
    await form.getByRole('textbox', { name: 'Name' }).fill('Editor');
    await form.getByRole('textbox', { name: 'Description' }).fill('Looks after orders');
    await form.getByRole('button', { name: 'Create' }).click();
    await heading('Editor').waitFor();
    await button('Add permissions').click();
    const choose = dialog('Add permissions');
    await choose.getByRole('combobox', { name: 'API' }).click();
    await page.getByRole('option', { name: 'Orders' }).click();
    await choose.getByRole('checkbox', { name: 'read:orders' }).check();
    await lookAt(page, 'role-add-permissions');
    await choose.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('list', { name: 'Permissions' }).getByText('read:orders').waitFor();
    await lookAt(page, 'role-permissions');
  });

  test('a role is given to a user, who has its permissions, and is taken again', async () => {
    await tab('Users');
    await button('Add user').click();
    const form = dialog('Add a user to this role');
    await form.getByRole('combobox', { name: 'User' }).fill('jo@');
    await page.getByRole('option', { name: /jo@example.com/ }).click();
    await form.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'jo@example.com' }).waitFor();
    await lookAt(page, 'role-users');
    await page.getByRole('link', { name: 'jo@example.com' }).click();
    await heading('jo@example.com').waitFor();
    await tab('Permissions');
    await page.getByText('From Editor').waitFor();
    await button('Add permissions').click();
    const choose = dialog('Add permissions');
    await choose.getByRole('combobox', { name: 'API' }).click();
    await page.getByRole('option', { name: 'Orders' }).click();
    await choose.getByRole('checkbox', { name: 'write:orders' }).check();
    await choose.getByRole('button', { name: 'Add' }).click();
    await button('Remove write:orders').waitFor();
    await lookAt(page, 'user-permissions');
    await button('Remove write:orders').click();
    await button('Remove write:orders').waitFor({ state: 'detached' });
    await tab('Roles');
    await lookAt(page, 'user-roles');
    await button('Remove Editor').click();
    await said('No role yet');
    // By keyboard: the button that had the focus is gone with its row.
    await page.getByRole('alert').filter({ hasText: 'Editor was taken away' }).waitFor();
    await button('Undo').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await said('Taken back');
    await button('Remove Editor').click();
    await said('No role yet');
    await button('Assign roles').click();
    await dialog('Assign roles').getByRole('combobox', { name: 'Roles' }).click();
    await page.getByRole('option', { name: 'Editor' }).click();
    await page.keyboard.press('Escape');
    await dialog('Assign roles').getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('link', { name: 'Editor' }).waitFor();
  });

  test('sessions and history of the administrator are shown; a session is ended', async () => {
    const admin = await userOf(server.setup.admin_email);
    const other = await signInToDashboard(server, browser);
    await goWithin(page, `/users/${encodeURIComponent(admin.user_id)}/devices`);
    await page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').nth(1).waitFor();
    await lookAt(page, 'user-devices');
    await page
      .getByRole('button', { name: /^End session/ })
      .first()
      .click();
    await dialog('End this session?').getByRole('button', { name: 'End session' }).click();
    await said('The session ended');
    await other.context().close();
    await tab('History');
    await page.getByRole('list', { name: 'Events' }).getByRole('link', { name: 'Success Login' }).first().waitFor();
    await lookAt(page, 'user-history');
    await tab('Raw JSON');
    await page.getByText('"user_id"').waitFor();
    await lookAt(page, 'user-json');
  });

  test('an account is linked and unlinked', async () => {
    const { user_id } = await userOf('ada@example.com');
    await goWithin(page, `/users/${encodeURIComponent(user_id)}`);
    await heading('ada@example.com').waitFor();
    await act('Link another account');
    const form = dialog('Link another account');
    await form.getByRole('combobox', { name: 'Account to link' }).fill('linus');
    await page.getByRole('option', { name: /linus@example.com/ }).click();
    await lookAt(page, 'user-link');
    await form.getByRole('button', { name: 'Link accounts' }).click();
    await said('2 accounts');
    await page.getByRole('button', { name: /^Unlink/ }).click();
    await dialog('Unlink this account?').getByRole('button', { name: 'Unlink' }).click();
    await page.getByText('2 accounts').waitFor({ state: 'detached' });
    assert.equal((await userOf('linus@example.com')).identities.length, 1);
  });

  test('a user is blocked, unblocked and deleted', async () => {
    await act('Block');
    await dialog('Block this user?').getByRole('button', { name: 'Block' }).click();
    await page.getByText('Blocked', { exact: true }).waitFor();
    assert.equal((await userOf('ada@example.com')).blocked, true);
    await act('Unblock');
    await dialog('Unblock this user?').getByRole('button', { name: 'Unblock' }).click();
    await page.getByText('Blocked', { exact: true }).waitFor({ state: 'detached' });
    await act('Delete');
    await dialog('Delete this user?').getByRole('textbox').fill('ada@example.com');
    await lookAt(page, 'user-delete');
    await dialog('Delete this user?').getByRole('button', { name: 'Yes, delete user' }).click();
    await heading('Users').waitFor();
    assert.equal(await userOf('ada@example.com'), undefined);
    await page.getByRole('link', { name: 'ada@example.com' }).waitFor({ state: 'detached' });
  });

  test('of removals that follow each other closely each can be undone', async () => {
    const { user_id } = await userOf('grace@example.com');
    const roles: string[] = [];
    for (const name of ['First', 'Second']) roles.push((await server.make('POST', '/roles', { name })).id);
    await server.make('POST', `/users/${encodeURIComponent(user_id)}/roles`, { roles });
    await goWithin(page, `/users/${encodeURIComponent(user_id)}/roles`);
    const both = Promise.withResolvers<void>();
    await page.route(/\/roles$/, async (route) => {
      if (route.request().method() === 'DELETE') await both.promise;
      await route.continue();
    });
    await button('Remove First').click();
    await button('Remove Second').click();
    both.resolve();
    await said('No role yet');
    for (const name of ['First', 'Second']) {
      const notice = page.getByRole('alert').filter({ hasText: `${name} was taken away` });
      await notice.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('link', { name }).waitFor();
    }
    await page.unroute(/\/roles$/);
    for (const id of roles) await server.make('DELETE', `/roles/${id}`);
  });

  test('a role is renamed and deleted', async () => {
    await page.goto(`${server.base}/dashboard/roles`);
    await lookAt(page, 'roles');
    await page.getByRole('link', { name: 'Editor' }).click();
    const taken = await server.make('POST', '/roles', { name: 'Taken' });
    await page.getByRole('textbox', { name: 'Name' }).fill('Taken');
    await button('Save').click();
    await page.getByRole('textbox', { name: 'Name' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await said('The role already exists.');
    await server.make('DELETE', `/roles/${taken.id}`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Publisher');
    await button('Save').click();
    await heading('Publisher').waitFor();
    await lookAt(page, 'role-settings');
    await button('Delete').click();
    await dialog('Delete this role?').getByRole('textbox').fill('Publisher');
    await dialog('Delete this role?').getByRole('button', { name: 'Yes, delete role' }).click();
    await said('No role yet');
  });

  test('a user who is gone is a message with a way on', async () => {
    await goWithin(page, '/users/auth0%7Cnobody');
    await said('The user does not exist.');
    await page.getByRole('link', { name: 'Go to users' }).click();
    await heading('Users').waitFor();
  });
});
