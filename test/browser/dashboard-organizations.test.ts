/** Organizations as an administrator walks through them: create, settings, members, invitations, connections, delete. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { lookAt, saved, signInToDashboard } from './dashboard-session.ts';

const connection = 'Username-Password-Authentication';

onEmbeddedServer('organizations in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    await server.make('POST', '/users', { connection, email: 'jo@example.com', password: 'A lengthy Passw0rd' });
    await server.make('POST', '/roles', { name: 'Buyer' });
    await server.make('POST', '/clients', {
      name: 'Shop',
      app_type: 'regular_web',
      organization_usage: 'allow',
      initiate_login_uri: 'https://shop.example.com/login',
    });
    page = await signInToDashboard(server, browser, '/organizations');
  });
  after(() => browser?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const said = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const organization = async () => (await server.make('GET', '/organizations'))[0];

  test('an organization is created; its name is made from what people read', async () => {
    await said('No organization yet');
    await lookAt(page, 'organizations-empty');
    await button('Create organization').click();
    const form = dialog('Create organization');
    await form.getByRole('textbox', { name: 'Display name' }).fill('Acmé Ltd');
    const name = form.getByRole('textbox', { name: 'Name', exact: true });
    assert.equal(await name.inputValue(), 'acme-ltd');
    await name.fill('Not A Name');
    await form.getByRole('button', { name: 'Create' }).click();
    await name.and(page.locator('[aria-invalid=true]')).waitFor();
    await lookAt(page, 'organization-create');
    await name.fill('acme');
    await form.getByRole('button', { name: 'Create' }).click();
    await heading('Acmé Ltd').waitFor();
    assert.equal((await organization()).name, 'acme');
  });

  test('settings are saved, and what is refused is said at the field', async () => {
    await page.getByRole('textbox', { name: 'Logo' }).fill('http://acme.example.com/logo.png');
    await page.getByRole('textbox', { name: 'Metadata' }).fill('{ "plan": "gold" }');
    await button('Save').click();
    await page.getByRole('textbox', { name: 'Logo' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByRole('textbox', { name: 'Logo' }).fill('https://acme.example.com/logo.png');
    await page.getByRole('textbox', { name: 'Primary colour' }).fill('#224466');
    await page.getByRole('textbox', { name: 'Page background' }).fill('#ffffff');
    await saved(page, () => button('Save').click());
    const { branding, metadata } = await organization();
    assert.deepEqual(metadata, { plan: 'gold' });
    assert.deepEqual(branding.colors, { primary: '#224466', page_background: '#ffffff' });
    await lookAt(page, 'organization-overview');
  });

  test('a user becomes a member and gets a role there', async () => {
    await page.getByRole('tab', { name: 'Members' }).click();
    await said('No member yet');
    await button('Add member').click();
    await dialog('Add a member').getByRole('combobox', { name: 'User' }).fill('jo');
    await page.getByRole('option', { name: /jo@example.com/ }).click();
    await dialog('Add a member').getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'jo@example.com' }).waitFor();
    await button('Roles of jo@example.com').click();
    const form = dialog('Roles of this member');
    await form.getByRole('combobox', { name: /^Roles of/ }).click();
    await page.getByRole('option', { name: 'Buyer' }).click();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('list', { name: 'Members' }).getByText('Buyer').waitFor();
    await lookAt(page, 'organization-members');
    await button('Remove jo@example.com').click();
    await said('No member yet');
    await button('Undo').click();
    await page.getByRole('list', { name: 'Members' }).getByText('Buyer').waitFor();
  });

  test('somebody is invited, and the invitation is withdrawn', async () => {
    await page.getByRole('tab', { name: 'Invitations' }).click();
    await said('No invitation is open');
    await button('Invite').click();
    const form = dialog('Invite to this organization');
    await form.getByRole('textbox', { name: 'Email' }).fill('new@example.com');
    await form.getByRole('combobox', { name: 'Client' }).click();
    await page.getByRole('option', { name: 'Shop' }).click();
    await lookAt(page, 'organization-invite');
    await form.getByRole('button', { name: 'Invite', exact: true }).click();
    await button('Withdraw new@example.com').waitFor();
    const { id } = await organization();
    const [invitation] = await server.make('GET', `/organizations/${id}/invitations`);
    assert.equal(invitation.inviter.name, 'Administrator');
    await lookAt(page, 'organization-invitations');
    await button('Withdraw new@example.com').click();
    await dialog('Withdraw this invitation?').getByRole('button', { name: 'Withdraw' }).click();
    await said('No invitation is open');
  });

  test('a connection is added, changed and removed', async () => {
    await page.getByRole('tab', { name: 'Connections' }).click();
    await said('No connection yet');
    await button('Add connection').click();
    await dialog('Add a connection').getByRole('combobox', { name: 'Connection' }).click();
    await page.getByRole('option', { name: connection }).click();
    await lookAt(page, 'organization-add-connection');
    await dialog('Add a connection').getByRole('button', { name: 'Add', exact: true }).click();
    await button(`Settings of ${connection}`).click();
    const settings = dialog('Connection settings');
    await settings.getByRole('switch', { name: 'Membership on login' }).check({ force: true });
    await settings.getByRole('button', { name: 'Save' }).click();
    await said(/gives membership/);
    await lookAt(page, 'organization-connections');
    await button(`Remove ${connection}`).click();
    await said('No connection yet');
    await button('Undo').click();
    await said(/gives membership/);
    await button(`Remove ${connection}`).click();
    await said('No connection yet');
  });

  test('an organization is found in the list and deleted', async () => {
    await page.getByRole('link', { name: 'Organizations', exact: true }).last().click();
    await heading('Organizations').waitFor();
    await lookAt(page, 'organizations');
    await page.getByRole('searchbox', { name: 'Search organizations' }).fill('nothing like it');
    await said(/Nothing found/);
    await page.getByRole('searchbox', { name: 'Search organizations' }).fill('acm');
    await page.getByRole('link', { name: 'Acmé Ltd' }).click();
    await button('Delete').click();
    await dialog('Delete this organization?').getByRole('textbox').fill('acme');
    await dialog('Delete this organization?').getByRole('button', { name: 'Yes, delete organization' }).click();
    await said('No organization yet');
    assert.equal(await organization(), undefined);
  });
});
