/** The dashboard as administrators with fewer roles see it: every page says something, and offers nothing it refuses. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ADMINISTRATOR_ROLES, type AdministratorRole } from '../../server/tenants/administrator-roles.ts';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { addressesOf, onFilledServer, PAGES, PASSWORD, routePaths } from './dashboard-pages.ts';
import { goWithin, lookAt, signInToDashboard } from './dashboard-session.ts';

/** Names of controls that change something; whoever may not do it must not find them. */
const DEEDS =
  /^(add|allow|assign|authorise|block|create|delete|discard|enable|end|export|import|invite|link|make|new|remove|revoke|rotate|save|send|set|unblock|unlink|upload|verify|withdraw)\b/i;
/** Controls with such a name that change nothing: they open, filter, or belong to a page that is only looked at. */
const HARMLESS = /^(link to|new line|set of)/i;

/** What a form says that may be looked at and not changed. */
const LOCKED = 'You may look at this, not change it';

test('every route of the dashboard is in the list of pages', () => {
  assert.deepEqual(Object.keys(PAGES).sort(), routePaths());
});

onFilledServer('the dashboard with fewer roles', (server, walks) => {
  const { signIn } = walks;
  /** Who may look at settings and change none. */
  let viewer: Page;
  /** Who looks after users, and after nothing else. */
  let support: Page;

  before(async () => {
    viewer = (await signIn('viewer@example.com', 'viewer_config')).page;
    support = (await signIn('support@example.com', 'editor_users')).page;
  });

  /** Goes through every page within one page load; answers what was wrong. */
  const walk = async (page: Page): Promise<string[]> => {
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(`${new URL(page.url()).pathname}: ${error.message}`));
    const offered = new Set<string>();
    for (const { route, address } of addressesOf(walks.things)) {
      await goWithin(page, address);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const main = page.getByRole('main');
      const text = ((await main.textContent()) ?? '').trim();
      if (text.length < 20) wrong.push(`${route} is blank: ${text}`);
      if (/something went wrong|server failed/i.test(text)) wrong.push(`${route} failed: ${text.slice(0, 300)}`);
      if (text.includes(LOCKED)) {
        // Which of the previews is shown is no change.
        const fields = main.locator(
          'form :is(input:not([type=hidden], [type=radio]), textarea):enabled:not([readonly])',
        );
        if ((await fields.count()) > 0) wrong.push(`${route} is locked, and a field of it is not`);
      }
      const controls = await main
        .locator('button:enabled, a[role=button], input[type=checkbox]:enabled')
        .evaluateAll((all) =>
          all
            .filter((one) => one.checkVisibility())
            .map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim()),
        );
      for (const name of controls) if (DEEDS.test(name) && !HARMLESS.test(name)) offered.add(`${route}: ${name}`);
    }
    return [...wrong, ...offered];
  };

  test('who only looks at settings is offered no change on any page, and no page is blank', async () => {
    assert.deepEqual(await walk(viewer), []);
  });

  test('who edits users is offered what they may do to users, and nothing elsewhere', async () => {
    const offered = await walk(support);
    assert.deepEqual(
      offered.filter((entry) => !/^\/(users|roles\/\$roleId\/users)/.test(entry)),
      [],
    );
    assert.ok(offered.includes('/users: Create user'), offered.join('\n'));
  });

  test('the menu has what can be seen; a page that cannot says which scope it takes', async () => {
    const { page } = await signIn('keys@example.com', 'editor_keys');
    const menu = page.getByRole('navigation', { name: 'Main' });
    assert.deepEqual(await menu.getByRole('link').allInnerTexts(), ['Tenant settings']);
    await goWithin(page, '/users');
    await page.getByText('Your roles do not allow this').waitFor();
    await page.getByText(/read:users/).waitFor();
    await lookAt(page, 'not-allowed');
    await goWithin(page, '/tenant-settings');
    await page.getByText(LOCKED).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Friendly name' }).isEnabled(), false);
    await lookAt(page, 'locked-form');
    await page.close();
  });

  test('who only looks at settings reads the code of rules, hooks, actions and modules, and finds it locked', async () => {
    const page = viewer;
    const wide = `function (user, context, callback) {\n  ${'// and on it goes '.repeat(20)}\n}\n`;
    await server.make('PATCH', `/rules/${walks.things.rule}`, { script: wide + '// …\n'.repeat(100) });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const code = {
      rule: `/rules/edit/${walks.things.rule}`,
      hook: `/hooks/${walks.things.hook}`,
      action: `/actions/library/${walks.things.action}`,
      module: `/actions/modules/${walks.things.module}`,
    };
    for (const [name, address] of Object.entries(code)) {
      await goWithin(page, address);
      await page.getByText(LOCKED).waitFor();
      const editor = page.getByRole('textbox', { name: 'Code', exact: true });
      await editor.and(page.locator('[aria-readonly=true]')).waitFor();
      await editor.focus();
      await page.keyboard.type('not mine to write');
      assert.equal(await editor.getByText('not mine').count(), 0, name);
      await page.keyboard.press('Tab');
      assert.notEqual(await page.evaluate('document.activeElement.ariaLabel'), 'Code');
      if (name !== 'module')
        assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).isEnabled(), false, name);
      await lookAt(page, `locked-${name}`);
    }
    await goWithin(page, `/rules/edit/${walks.things.rule}`);
    const editor = page.getByRole('textbox', { name: 'Code', exact: true });
    await editor.getByText('function').waitFor();
    await editor.focus();
    await page.keyboard.press('Control+End');
    await editor.getByText('// …').last().waitFor();
    assert.equal(await editor.getByText('function').count(), 0, 'the keyboard scrolls');
    for (const [address, name] of [
      ['/rules', 'Add the plan is on'],
      ['/hooks', 'Add the audience is on'],
    ] as const) {
      await goWithin(page, address);
      const turn = page.getByRole('switch', { name });
      await turn.waitFor();
      assert.equal(await turn.isEnabled(), false, name);
      await lookAt(page, `locked${address.replace('/', '-')}`);
    }
  });

  test('who may not change settings still unfolds all of them', async () => {
    const page = viewer;
    await goWithin(page, '/tenant-settings/advanced');
    await page.getByRole('button', { name: 'Pages of your own' }).click();
    await page
      .getByRole('textbox', { name: 'HTML of the error page' })
      .and(page.locator('[aria-readonly=true]'))
      .waitFor();
    await lookAt(page, 'locked-unfolded');
    await goWithin(page, `/clients/${walks.things.client}/settings`);
    await page.getByRole('tab', { name: 'Grant Types' }).click();
    const grant = page.getByRole('checkbox', { name: 'Authorization Code' });
    await grant.waitFor();
    assert.equal(await grant.isEnabled(), false);
  });

  test('who may not create or export something is told so at the pages for it', async () => {
    const page = viewer;
    const scopes = {
      '/rules/new': 'create:rules',
      '/rules/new/claims': 'create:rules',
      '/users/import': 'create:users',
      '/users/export': 'read:users',
      '/welcome?again=true': 'create:clients',
      '/welcome?type=spa': 'create:clients',
    };
    for (const [address, scope] of Object.entries(scopes)) {
      await goWithin(page, address);
      await page.getByRole('heading', { level: 1, name: 'Your roles do not allow this' }).waitFor();
      await page.getByText(`It needs ${scope}`).waitFor();
      assert.equal(await page.getByRole('main').getByRole('textbox').count(), 0, address);
    }
    await goWithin(page, '/rules/new/claims');
    await lookAt(page, 'refused-new');
    await page.getByRole('link', { name: 'Go to rules' }).click();
    await page.getByRole('link', { name: 'Add the plan' }).waitFor();
  });

  test('who has nothing to do with code is told at its pages which scope they take', async () => {
    const page = support;
    const scopes = {
      '/rules': 'read:rules',
      [`/rules/edit/${walks.things.rule}`]: 'read:rules',
      '/hooks': 'read:hooks',
      [`/hooks/${walks.things.hook}`]: 'read:hooks',
      '/actions': 'read:actions',
      [`/actions/library/${walks.things.action}`]: 'read:actions',
    };
    for (const [address, scope] of Object.entries(scopes)) {
      await goWithin(page, address);
      await page.getByText('Your roles do not allow this').waitFor();
      await page.getByText(scope).first().waitFor();
    }
  });

  test('a role that is taken away while the page is open is told, and the menu follows', async () => {
    const { user, page } = await signIn('brief@example.com', 'viewer_config', 'viewer_users');
    await page.getByRole('link', { name: 'Users' }).waitFor();
    await server.make('PATCH', `/administrators/${user.user_id}`, { roles: ['viewer_config'] });
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByText('Your roles do not allow this').waitFor();
    await page.getByRole('link', { name: 'Users' }).waitFor({ state: 'detached' });
    await page.close();
  });

  test('somebody without any role is told so, and can become somebody else', async () => {
    const { page } = await signIn('nobody@example.com');
    await page.getByRole('heading', { name: 'You are no administrator here' }).waitFor();
    await page.getByRole('button', { name: 'Use another account' }).click();
    await page.getByLabel('Email address').waitFor();
    await page.close();
  });
});

onEmbeddedServer('administrators in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    const connection = 'Username-Password-Authentication';
    await server.make('POST', '/users', { connection, email: 'grace@example.com', password: PASSWORD });
    page = await signInToDashboard(server, browser, '/tenant-settings/administrators');
  });
  after(() => browser?.close());

  const nameOf = (role: AdministratorRole) => ADMINISTRATOR_ROLES[role].name;

  test('a user is added with roles, which are changed', async () => {
    await page.getByRole('button', { name: 'Add administrator' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add administrator' });
    await dialog.getByRole('combobox', { name: 'User' }).fill('grace');
    await dialog.getByRole('option', { name: /grace@example\.com/ }).click();
    await dialog.getByRole('checkbox', { name: nameOf('viewer_users') }).check();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Roles of grace@example.com' }).click();
    const roles = page.getByRole('dialog', { name: 'Change roles' });
    await roles.getByRole('checkbox', { name: nameOf('editor_keys') }).check();
    await roles.getByRole('button', { name: 'Save' }).click();
    await roles.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Administrators' }).getByText(nameOf('editor_keys')).waitFor();
    const [user] = await server.make('GET', '/users-by-email?email=grace@example.com');
    const { roles: kept } = await server.make('GET', `/administrators/${user.user_id}`);
    assert.deepEqual(kept, ['viewer_users', 'editor_keys']);
    await lookAt(page, 'administrators');
  });

  test('somebody is invited; the link makes their account and leads in', async () => {
    await page.getByRole('button', { name: 'Add administrator' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add administrator' });
    await dialog.getByText('Invite by email').click();
    await dialog.getByRole('textbox', { name: 'Email' }).fill(server.setup.admin_email);
    await dialog.getByRole('checkbox', { name: nameOf('viewer_config') }).check();
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await dialog.getByText(/There is a user with this address/).waitFor();
    await dialog.getByRole('textbox', { name: 'Email' }).fill('linus@example.com');
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await dialog.getByRole('button', { name: 'Reveal link of the invitation' }).click();
    const link = await dialog.getByRole('textbox', { name: /The link/ }).inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('list', { name: 'Invitations' }).getByText('linus@example.com').waitFor();
    const invited = await (await browser.newContext()).newPage();
    await invited.goto(link);
    await invited
      .getByText(/linus@example\.com/)
      .first()
      .waitFor();
    await invited.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await invited.getByRole('button', { name: 'Create account' }).click();
    await invited.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clients' }).waitFor();
    assert.equal(await invited.getByRole('link', { name: 'Users', exact: true }).count(), 0);
    await invited.close();
    await page.reload();
    await page.getByRole('list', { name: 'Administrators' }).getByText('linus@example.com').waitFor();
    assert.equal(await page.getByRole('list', { name: 'Invitations' }).count(), 0);
  });

  test('an administrator is removed; the last one cannot be', async () => {
    await page.getByRole('button', { name: 'Remove grace@example.com' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove this administrator?' });
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove grace@example.com' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove Administrator' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByText(/this is the last/).waitFor();
  });
});
