/**
 * How the screens arrive: each of them is opened by its address while the API takes its time, some of them on a phone too.
 * What stands there until the answer is as large as the answer, so that nothing jumps.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onEmbeddedServer, type TestServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { DESK, PHONE, quietOf, SETTLED, signInToDashboard } from './dashboard-session.ts';

/** How long (ms) each answer of the API is held back. */
const DELAY = 120;

/** What counts as good by the Web Vitals is 0.1 (Cumulative Layout Shift). */
const MAX_SHIFT = 0.05;

/** Adds up how far things moved by themselves. */
const MEASURE = `globalThis.layoutShift = { sum: 0, moved: [] };
new PerformanceObserver((list) => {
  for (const { hadRecentInput, value, sources } of list.getEntries()) {
    if (hadRecentInput) continue;
    layoutShift.sum += value;
    layoutShift.moved.push(...sources.map(({ node }) => node?.outerHTML?.slice(0, 200)));
  }
}).observe({ type: 'layout-shift', buffered: true });`;

/** Holds them back in the page: a browser whose requests are intercepted keeps no code, and reads it all for each screen. */
const HOLD = `globalThis.heldBack = 0;
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  if (!String(input.url ?? input).includes('/api/v2/')) return fetch(input, init);
  heldBack += 1;
  try {
    await new Promise((done) => setTimeout(done, ${DELAY}));
    return await fetch(input, init);
  } finally {
    heldBack -= 1;
  }
};`;

const SCREENS = [
  '/clients',
  '/clients/:client',
  '/clients/:client?guide=react',
  '/clients/:client/settings',
  '/clients/:client/addons',
  '/clients/:client/connections',
  '/apis',
  '/apis/:api',
  '/apis/:api/permissions',
  '/apis/:api/machine-to-machine',
  '/apis/:api/test',
  '/connections',
  '/connections/social',
  '/connections/:connection',
  '/connections/:connection/clients',
  '/connections/:connection/try',
  '/identity-providers',
  '/users',
  '/users/:user',
  '/users/:user/devices',
  '/users/:user/history',
  '/users/:user/roles',
  '/users/:user/permissions',
  '/users/:user/metadata',
  '/users/:user/json',
  '/roles',
  '/roles/:role',
  '/roles/:role/permissions',
  '/roles/:role/users',
  '/organizations',
  '/organizations/:organization',
  '/organizations/:organization/members',
  '/organizations/:organization/invitations',
  '/organizations/:organization/connections',
  '/logs',
  '/logs/:log',
  '/branding',
  '/emails',
  '/emails/provider',
  '/emails/templates/verify_email',
  '/security',
  '/security/suspicious-ip-throttling',
  '/security/breached-passwords',
  '/security/bot-detection',
  '/security/captcha',
  '/tenant-settings',
  '/tenant-settings/sessions',
  '/tenant-settings/signing-keys',
  '/tenant-settings/custom-domains',
  '/tenant-settings/registration',
  '/tenant-settings/advanced',
  '/mailbox',
];

/** Those whose shape changes most when there is little room. */
const NARROW = ['/clients', '/clients/:client?guide=react', '/users/:user', '/logs', '/emails/templates/verify_email'];

onEmbeddedServer('the screens of the dashboard arrive', (server) => {
  let browser: Browser;
  let page: Page;
  let quiet: () => Promise<void>;
  let ids: Readonly<Record<string, string>>;

  before(async () => {
    browser = await launchBrowser();
    ids = await fill(server);
    page = await signInToDashboard(server, browser);
    await page.addInitScript(MEASURE);
    await page.addInitScript(`{ ${HOLD} }`);
    quiet = quietOf(page);
  });
  after(() => browser?.close());

  for (const [device, viewport, screens] of [
    ['desk', DESK, SCREENS],
    ['phone', PHONE, NARROW],
  ] as const) {
    for (const screen of screens) {
      test(`${screen} on a ${device}`, async () => {
        await page.setViewportSize(viewport);
        const path = screen.replace(/:(\w+)/, (_, name: string) => encodeURIComponent(ids[name]!));
        await page.goto(`${server.base}/dashboard${path}`);
        await page.waitForURL((url) => url.pathname.startsWith(`/dashboard${path.split('?')[0]}`));
        await page.getByRole('heading', { level: 1 }).waitFor();
        do await quiet();
        while (await page.evaluate('heldBack > 0'));
        await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' });
        await page.evaluate(SETTLED);
        const { sum, moved } = (await page.evaluate('layoutShift')) as { sum: number; moved: string[] };
        assert.ok(sum <= MAX_SHIFT, `moved by ${sum.toFixed(3)}: ${moved.join('\n')}`);
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
      });
    }
  }
});

/** One of each thing that a screen is about. */
async function fill(server: TestServer): Promise<Record<string, string>> {
  const scopes = [{ value: 'read:things', description: 'See things' }];
  const api = await server.make('POST', '/resource-servers', {
    name: 'Things',
    identifier: 'https://t.example',
    scopes,
  });
  const client = await server.make('POST', '/clients', { name: 'Shop', app_type: 'spa' });
  const role = await server.make('POST', '/roles', { name: 'Reader', description: 'Reads things' });
  const organization = await server.make('POST', '/organizations', { name: 'acme', display_name: 'Acme' });
  const [connection] = await server.make('GET', '/connections');
  const [user] = await server.make('GET', '/users');
  await server.make('POST', `/users/${user.user_id}/roles`, { roles: [role.id] });
  const [log] = await server.make('GET', '/logs?q=type:sapi');
  return {
    api: api.id,
    client: client.client_id,
    connection: connection.id,
    log: log.log_id,
    organization: organization.id,
    role: role.id,
    user: user.user_id,
  };
}
