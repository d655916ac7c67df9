/**
 * Every address of the dashboard with something to see at it: what the walks with fewer roles and the screenshots go
 * through. A route that is not in this list fails a test, so that nobody forgets one.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { AdministratorRole } from '../../server/tenants/administrator-roles.ts';
import { onEmbeddedServer, type TestServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { signInToDashboard } from './dashboard-session.ts';

/** The things that the addresses are about. */
export type Things = Readonly<Record<string, string>>;

/**
 * Addresses by the path of their route; `{name}` is the id of a thing. A route that only leads to another page has none.
 */
export const PAGES: Readonly<Record<string, string | undefined>> = {
  '/': undefined,
  '/welcome': '/welcome?again=true',
  '/clients': '/clients',
  '/clients/$clientId': '/clients/{client}',
  '/clients/$clientId/settings': '/clients/{client}/settings',
  '/clients/$clientId/addons': '/clients/{client}/addons',
  '/clients/$clientId/connections': '/clients/{client}/connections',
  '/apis': '/apis',
  '/apis/$apiId': '/apis/{api}',
  '/apis/$apiId/permissions': '/apis/{api}/permissions',
  '/apis/$apiId/machine-to-machine': '/apis/{api}/machine-to-machine',
  '/apis/$apiId/test': '/apis/{api}/test',
  '/connections': '/connections',
  '/connections/social': '/connections/social',
  '/connections/enterprise': '/connections/enterprise',
  '/connections/passwordless': '/connections/passwordless',
  '/connections/$connectionId': '/connections/{connection}',
  '/connections/$connectionId/clients': '/connections/{connection}/clients',
  '/connections/$connectionId/try': '/connections/{connection}/try',
  '/identity-providers': '/identity-providers',
  '/users': '/users',
  '/users/$userId': '/users/{user}',
  '/users/$userId/devices': '/users/{user}/devices',
  '/users/$userId/history': '/users/{user}/history',
  '/users/$userId/roles': '/users/{user}/roles',
  '/users/$userId/permissions': '/users/{user}/permissions',
  '/users/$userId/metadata': '/users/{user}/metadata',
  '/users/$userId/json': '/users/{user}/json',
  '/users/import': '/users/import',
  '/users/export': '/users/export',
  '/users/jobs/$jobId': '/users/jobs/{job}',
  '/roles': '/roles',
  '/roles/$roleId': '/roles/{role}',
  '/roles/$roleId/permissions': '/roles/{role}/permissions',
  '/roles/$roleId/users': '/roles/{role}/users',
  '/organizations': '/organizations',
  '/organizations/$organizationId': '/organizations/{organization}',
  '/organizations/$organizationId/members': '/organizations/{organization}/members',
  '/organizations/$organizationId/invitations': '/organizations/{organization}/invitations',
  '/organizations/$organizationId/connections': '/organizations/{organization}/connections',
  '/actions': '/actions',
  '/actions/triggers': '/actions/triggers',
  '/actions/triggers/$triggerId': '/actions/triggers/post-login',
  '/actions/modules': '/actions/modules',
  '/actions/modules/$moduleId': '/actions/modules/{module}',
  '/actions/modules/$moduleId/versions': '/actions/modules/{module}/versions',
  '/actions/library/$actionId': '/actions/library/{action}',
  '/actions/library/$actionId/versions': '/actions/library/{action}/versions',
  '/hooks': '/hooks',
  '/hooks/$hookId': '/hooks/{hook}',
  '/rules': '/rules',
  '/rules/settings': '/rules/settings',
  '/rules/new': '/rules/new',
  '/rules/new/$template': '/rules/new/empty',
  '/rules/edit/$ruleId': '/rules/edit/{rule}',
  '/logs': '/logs',
  '/logs/$logId': '/logs/{log}',
  '/branding': '/branding',
  '/emails': '/emails',
  '/emails/provider': '/emails/provider',
  '/emails/templates/$template': '/emails/templates/verify_email',
  '/security': '/security',
  '/security/suspicious-ip-throttling': '/security/suspicious-ip-throttling',
  '/security/breached-passwords': '/security/breached-passwords',
  '/security/bot-detection': '/security/bot-detection',
  '/security/captcha': '/security/captcha',
  '/tenant-settings': '/tenant-settings',
  '/tenant-settings/sessions': '/tenant-settings/sessions',
  '/tenant-settings/signing-keys': '/tenant-settings/signing-keys',
  '/tenant-settings/custom-domains': '/tenant-settings/custom-domains',
  '/tenant-settings/registration': '/tenant-settings/registration',
  '/tenant-settings/administrators': '/tenant-settings/administrators',
  '/tenant-settings/advanced': '/tenant-settings/advanced',
  '/mailbox': '/mailbox',
};

/** The paths of all routes, as the files with the routes have them. */
export function routePaths(): string[] {
  const source = fileURLToPath(new URL('../../dashboard/src', import.meta.url));
  const files = globSync(['*/routes.ts', '*/routes.tsx', 'router.tsx'], { cwd: source });
  const paths = files.flatMap((file) => {
    const declared = readFileSync(join(source, file), 'utf8').matchAll(
      /const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: '([^']*)'/g,
    );
    const routes = new Map([...declared].map(([, name, parent, path]) => [name!, { parent: parent!, path: path! }]));
    const full = (name: string): string => {
      const route = routes.get(name);
      return route ? `${full(route.parent)}/${route.path}` : '';
    };
    return [...routes.keys()].map((name) =>
      full(name)
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1'),
    );
  });
  return [...new Set(paths)].sort();
}

export const PASSWORD = 'Nine-lives 4 cats';

/** What walks through all pages have. Use it inside of tests only. */
export type Walks = {
  readonly browser: Browser;
  readonly things: Things;
  /** Makes a user with these roles, who signs in. */
  signIn(email: string, ...roles: AdministratorRole[]): Promise<{ user: { user_id: string }; page: Page }>;
};

/** Declares a suite around a server that has one of everything, and a browser. */
export function onFilledServer(title: string, suite: (server: TestServer, walks: Walks) => void): void {
  onEmbeddedServer(title, (server) => {
    let browser: Browser;
    let things: Things;
    before(async () => {
      browser = await launchBrowser();
      things = await makeThings(server);
    });
    after(() => browser?.close());
    suite(server, {
      get browser() {
        return browser;
      },
      get things() {
        return things;
      },
      async signIn(email, ...roles) {
        const connection = 'Username-Password-Authentication';
        const user = await server.make('POST', '/users', { connection, email, password: PASSWORD });
        if (roles.length > 0) await server.make('POST', '/administrators', { user_id: user.user_id, roles });
        return { user, page: await signInToDashboard(server, browser, '/', { email, password: PASSWORD }) };
      },
    });
  });
}

/** Makes one of everything that has a page of its own, each with something in it. */
async function makeThings(server: TestServer): Promise<Things> {
  const make = (path: string, body: unknown) => server.make('POST', path, body);
  const client = await make('/clients', {
    name: 'Acme Shop',
    app_type: 'regular_web',
    callbacks: ['https://shop.example.com/callback'],
    allowed_logout_urls: ['https://shop.example.com'],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  });
  await make('/clients', { name: 'Acme Mobile', app_type: 'native' });
  const scopes = ['read', 'create', 'update', 'delete'].map((verb) => ({
    value: `${verb}:orders`,
    description: `${verb[0]!.toUpperCase()}${verb.slice(1)} orders`,
  }));
  const api = await make('/resource-servers', { name: 'Orders', identifier: 'https://orders.example.com/', scopes });
  await make('/client-grants', { client_id: client.client_id, audience: api.identifier, scope: ['read:orders'] });
  const [connection] = await server.make('GET', '/connections?strategy=auth0');
  const google = { client_id: 'acme', client_secret: 'only-for-editors' };
  await make('/connections', { name: 'google', strategy: 'google-oauth2', options: google });
  await server.make('PATCH', `/connections/${connection.id}/clients`, [{ client_id: client.client_id, status: true }]);
  const person = (name: string, more: object = {}) =>
    make('/users', {
      connection: connection.name,
      email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
      name,
      password: PASSWORD,
      ...more,
    });
  const user = await person('Grace Hopper', { app_metadata: { plan: 'gold' }, user_metadata: { colour: 'navy' } });
  const other = await person('Ada Lovelace', { blocked: true });
  const role = await make('/roles', { name: 'Editor', description: 'May change what is published' });
  const permission = { resource_server_identifier: api.identifier, permission_name: 'read:orders' };
  await make(`/roles/${role.id}/permissions`, { permissions: [permission] });
  await make(`/users/${user.user_id}/roles`, { roles: [role.id] });
  await make(`/users/${user.user_id}/permissions`, {
    permissions: [{ ...permission, permission_name: 'create:orders' }],
  });
  const organization = await make('/organizations', { name: 'acme', display_name: 'Acme Incorporated' });
  await make(`/organizations/${organization.id}/members`, { members: [user.user_id, other.user_id] });
  await make(`/organizations/${organization.id}/enabled_connections`, { connection_id: connection.id });
  const rule = await make('/rules', {
    name: 'Add the plan',
    script: 'function (user, context, callback) {\n  callback(null, user, context);\n}',
  });
  await make('/administrators', { user_id: user.user_id, roles: ['viewer_users', 'editor_keys'] });
  await make('/administrators/invitations', { email: 'linus@example.com', roles: ['editor_apps'] });
  const action = await make('/actions/actions', {
    name: 'Add the plan',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: 'exports.onExecutePostLogin = async (event, api) => {};',
  });
  const module = await make('/actions/modules', { name: 'plans', code: 'module.exports = {};' });
  const script = 'module.exports = function (client, scope, audience, context, cb) { cb(null, {}); };';
  const hook = await make('/hooks', { name: 'Add the audience', triggerId: 'credentials-exchange', script });
  const job = await make('/jobs/users-exports', { format: 'csv' });
  const [log] = await server.make('GET', '/logs?per_page=1');
  return {
    client: client.client_id,
    api: api.id,
    connection: connection.id,
    user: encodeURIComponent(user.user_id),
    role: role.id,
    organization: organization.id,
    rule: rule.id,
    log: log.log_id,
    job: job.id,
    action: action.id,
    module: module.id,
    hook: hook.id,
  };
}

/** The addresses of all pages, with the ids of these things. */
export function addressesOf(things: Things): { route: string; address: string }[] {
  return Object.entries(PAGES).flatMap(([route, address]) =>
    address === undefined
      ? []
      : [{ route, address: address.replace(/\{(\w+)\}/g, (_, name: string) => things[name]!) }],
  );
}
