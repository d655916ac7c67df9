/**
 * What the walks through the dashboard have in common: an administrator who is signed in, and a close look at a page.
 * `SCREENSHOTS` names a folder that every page that is looked at is drawn into, light and dark, on a phone and a desk.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page, Request } from 'playwright-core';
import type { TestServer } from '../../server/testing.ts';

/** The library, without the rules that find nothing serious: the impact of a rule is that of all it finds. */
const axe = `${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')};
axe.configure({ rules: axe._audit.rules.filter(({ impact }) => impact === 'minor' || impact === 'moderate')
  .map(({ id }) => ({ id, enabled: false })) });`;

export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** How long (ms) something may take to come. */
const PATIENCE = 15_000;

/** Brings what moves to where it goes and draws that; what moves for ever, such as a loader, or as one scrolls is left alone. */
export const SETTLED = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  scrollTo(0, 0);
  const isEnding = ({ timeline, effect }) => timeline === document.timeline && effect.getComputedTiming().endTime !== Infinity;
  for (const animation of document.getAnimations().filter(isEnding)) animation.finish();
  requestAnimationFrame(() => setTimeout(done));
})))`;

/**
 * Until the page has nothing to do: what has come is taken in, and what that leads to is asked for. By a task that waits
 * for all others: on a page that draws nothing for long, an idle callback may come only after its timeout.
 */
const IDLE = `new Promise((done) =>
  scheduler.postTask(() => requestAnimationFrame(() => setTimeout(done)), { priority: 'background' }))`;

/** By page that somebody signed in at: waits until it is quiet. */
const quiets = new WeakMap<Page, () => Promise<void>>();

/** A function that waits until the page has asked for everything it shows, code and answers, and has got it. */
export function quietOf(page: Page): () => Promise<void> {
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return async () => {
    const end = Date.now() + PATIENCE;
    for (let still = 0; still < 3; ) {
      assert.ok(Date.now() < end, `No answer to ${[...underWay].map((request) => request.url()).join(', ')}`);
      await page.evaluate(IDLE);
      still = underWay.size === 0 ? still + 1 : 0;
    }
  };
}

/** What must not happen on any page, by page: requests that leave the server, errors, violations of the policy. */
const incidents = new WeakMap<Page, string[]>();

function watch(page: Page, base: string): void {
  const seen: string[] = [];
  incidents.set(page, seen);
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(base)) seen.push(`asked for ${request.url()}`);
  });
  page.on('pageerror', (error) => seen.push(`threw ${error.stack ?? error}`));
  page.on('console', (message) => {
    // Answers that refuse something, and none at all, are part of what the walks do; the browser notes each of them.
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isRefusal) seen.push(`noted ${message.text()}`);
  });
}

/** Signs in, as the administrator that set-up made unless told otherwise, and ends at `path` below /dashboard. */
export async function signInToDashboard(
  server: TestServer,
  browser: Browser,
  path = '/',
  who = { email: server.setup.admin_email, password: server.setup.admin_password },
): Promise<Page> {
  const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' });
  const page = await context.newPage();
  watch(page, server.base);
  quiets.set(page, quietOf(page));
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${server.base}/dashboard${path}`);
  await page.getByLabel('Email address').fill(who.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(who.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/**
 * Opens another address below /dashboard within the page load, as a link does, which takes a fraction of a load, and waits
 * until all of it is there. What the page has asked for in the last ten seconds is not asked for again: who has changed
 * something behind its back loads it anew.
 */
export async function goWithin(page: Page, address: string): Promise<void> {
  const path = JSON.stringify(`/dashboard${address}`);
  await page.evaluate(`history.pushState(null, '', ${path}); dispatchEvent(new PopStateEvent('popstate'))`);
  await quiets.get(page)!();
}

const DEVICES = { desk: DESK, phone: PHONE } as const;
type Device = keyof typeof DEVICES;

/**
 * Fails when axe finds anything serious on the page or it is wider than the window: light and dark, desk and phone; and
 * when anything was asked of another server or was complained about in the console on the way here.
 */
export async function lookAt(page: Page, name: string, devices: readonly Device[] = ['desk', 'phone']): Promise<void> {
  const follows = (colorScheme: string) => page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  return look(page, name, follows, devices);
}

/** The same for a hosted page, which follows the system without being asked. */
export async function lookAtHosted(page: Page, name: string): Promise<void> {
  return look(page, name, async () => {}, ['desk', 'phone']);
}

async function look(
  page: Page,
  name: string,
  follows: (colorScheme: string) => Promise<void>,
  devices: readonly Device[],
): Promise<void> {
  assert.deepEqual(incidents.get(page) ?? [], [], name);
  let colorSchemes: readonly ('light' | 'dark')[] = ['light', 'dark'];
  for (const device of devices) {
    const viewport = DEVICES[device];
    await page.setViewportSize(viewport);
    for (const colorScheme of colorSchemes) {
      await page.emulateMedia({ colorScheme });
      await follows(colorScheme);
      await page.evaluate(SETTLED);
      await draw(page, `${name}-${device}-${colorScheme}`);
      const violations = await violationsOf(page, colorScheme);
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(
        serious.map(({ id, nodes }) => `${name}, ${device}, ${colorScheme}: ${id} ${nodes[0]!.html}`),
        [],
      );
    }
    const width = await page.evaluate('document.documentElement.scrollWidth');
    assert.ok(Number(width) <= viewport.width, `${name} is ${width} wide on a ${device}`);
    // To and fro: every change of colours draws the whole page.
    colorSchemes = colorSchemes.toReversed();
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESK);
  await page.evaluate(SETTLED);
}

/** Light and dark differ in colours alone: names, roles and structure are asked about once for each device. */
async function violationsOf(page: Page, colorScheme: 'light' | 'dark'): Promise<AxeResults['violations']> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
  // The frames of previews run no scripts, axe's included, which would wait for an answer from them in vain.
  const options = JSON.stringify({ resultTypes: ['violations'], iframes: false, ...rules });
  return ((await page.evaluate(`axe.run(${options})`)) as AxeResults).violations;
}

async function draw(page: Page, name: string) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  // A frame that was never in sight is drawn empty.
  for (const frame of await page.locator('iframe:visible').all()) await frame.scrollIntoViewIfNeeded();
  await page.evaluate(SETTLED);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/**
 * Saves a form and waits until the API has taken it. Notices are no proof: those of an earlier save linger, and "Saved"
 * is part of "Unsaved changes".
 */
export async function saved(page: Page, save: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse(
    (response) =>
      response.url().includes('/api/v2/') &&
      response.ok() &&
      ['PATCH', 'PUT', 'POST'].includes(response.request().method()),
  );
  await save();
  await answer;
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
}

/**
 * Replaces what is in a code editor, as a person does. Only the part of a long text that is in sight is on the page, so
 * that the editor itself must select all of it; and it must be there, not the plain text that stands in until it is.
 */
export async function writeCode(page: Page, field: Locator, text: string): Promise<void> {
  await field.and(page.locator('[contenteditable=true]')).press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}
