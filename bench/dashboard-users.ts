/**
 * Measures what an administrator feels of a tenant with many users: `node bench/dashboard-users.ts [--users 100000]`.
 * A real server, a real browser: how soon the dashboard is there and what it loads, and on the list of users how long
 * searching, paging and sorting take from the key or click to the painted rows. Prints numbers beside their budgets and
 * ends with code 1 when one is broken. A run with 100,000 or more is recorded in `dashboard-results.md`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../test/browser/chromium.ts';
import { openConnections } from './load.ts';
import { circumstances } from './report.ts';
import { type RunningServer, startServer } from './server.ts';
import { median, percentile } from './statistics.ts';
import { importUsersFile, writeUsersFile } from './users-file.ts';
import { makeWorld } from './world.ts';

/** Milliseconds, and bytes of compressed scripts. The rest of the search field before it asks (350 ms) is part of a search. */
const BUDGETS = { interactive: 1500, search: 1000, page: 500, sort: 500, task: 100, script: 350e3 } as const;
const ROUNDS = 10;
/** Milliseconds between two keys. */
const KEY_REST = 90;
const DIST = join(import.meta.dirname, '..', 'dashboard', 'dist', 'assets');

/** In the page: when the last key or click was, tasks that held it up, and a promise for rows that a test is true of. */
const RECORDER = `(() => {
  const felt = { last: 0, tasks: [] };
  new PerformanceObserver((list) => felt.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  for (const kind of ['input', 'click']) addEventListener(kind, () => { felt.last = performance.now(); }, true);
  felt.rows = () => [...document.querySelectorAll('ul[aria-label=Users] > li')].filter((row) => !row.closest('[aria-hidden=true]')).map((row) => row.innerText);
  felt.painted = (isThere) => new Promise((done, fail) => {
    const look = () => {
      const rows = felt.rows();
      if (performance.now() - felt.last > 30_000) fail(new Error('The rows did not come: ' + rows[0]));
      else if (rows.length > 0 && isThere(rows)) requestAnimationFrame(() => setTimeout(() => done(performance.now() - felt.last)));
      else requestAnimationFrame(look);
    };
    look();
  });
  window.felt = felt;
})()`;

const { values } = parseArgs({ options: { users: { type: 'string', default: '100000' } } });
const count = Number(values.users);
const results: { name: string; value: number; limit: number | undefined; unit: string }[] = [];
const told = (name: string, value: number, limit?: number, unit = 'ms') => results.push({ name, value, limit, unit });

const server = await startServer();
const folder = mkdtempSync(join(tmpdir(), 'latchkey-dashboard-'));
const browser = await launchBrowser();
try {
  await fill(server);
  const context = await signedIn(browser, server);
  await measureStart(context, server);
  await measureList(context, server);
  report();
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function fill({ origin, setup }: RunningServer): Promise<void> {
  const http = openConnections(origin, 2);
  try {
    const { managementToken, connection } = await makeWorld(http, setup, 1);
    const file = await writeUsersFile(join(folder, 'users.json'), count);
    const began = performance.now();
    const { summary } = await importUsersFile({ origin, managementToken }, connection, file);
    console.log(`${summary.inserted} users imported in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } finally {
    await http.close();
  }
}

async function signedIn(on: Browser, { origin, setup }: RunningServer): Promise<BrowserContext> {
  const context = await on.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${origin}/dashboard/`);
  await page.getByLabel('Email address').fill(setup.admin_email);
  await page.getByRole('textbox', { name: 'Password' }).fill(setup.admin_password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.close();
  return context;
}

/** From an empty cache to a page that can be used, the round trip of the sign-in included. */
async function measureStart(from: BrowserContext, { origin }: RunningServer): Promise<void> {
  const times: Record<'clients' | 'users', number[]> = { clients: [], users: [] };
  const scripts = new Set<string>();
  for (let round = 0; round < ROUNDS / 2; round++) {
    for (const path of ['clients', 'users'] as const) {
      const context = await browser.newContext({ storageState: await from.storageState() });
      const page = await context.newPage();
      page.on('response', (response) => {
        const script = /\/assets\/([^/]+\.js)$/.exec(new URL(response.url()).pathname)?.[1];
        if (script && path === 'clients') scripts.add(script);
      });
      const began = performance.now();
      await page.goto(`${origin}/dashboard/${path}`, { waitUntil: 'commit' });
      await page.getByRole('main').getByRole('listitem').first().waitFor();
      times[path].push(performance.now() - began);
      await context.close();
    }
  }
  const bytes = [...scripts].map((script) => gzipSync(readFileSync(join(DIST, script))).byteLength);
  told('first load, scripts with gzip', bytes.reduce((sum, each) => sum + each, 0) / 1000, BUDGETS.script / 1000, 'kB');
  told('clients, empty cache to usable', median(times.clients), BUDGETS.interactive);
  told('users, empty cache to usable', median(times.users));
}

async function measureList(context: BrowserContext, { origin }: RunningServer): Promise<void> {
  const page = await context.newPage();
  const answers: number[] = [];
  page.on('requestfinished', (request) => {
    if (new URL(request.url()).pathname === '/api/v2/users') answers.push(request.timing().responseEnd);
  });
  await page.addInitScript(RECORDER);
  await page.goto(`${origin}/dashboard/users`);
  await page.getByRole('list', { name: 'Users' }).getByRole('link').first().waitFor();
  const search = await searches(page);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await painted(page, 'rows.length === 50');
  const pages = await turns(page, () => page.getByRole('button', { name: 'next page' }).click());
  pages.push(...(await turns(page, () => page.getByRole('button', { name: 'previous page' }).click())));
  const sorts = await orders(page);
  told('search, last key to rows, median', median(search.times), BUDGETS.search);
  told('search, last key to rows, p95', percentile(search.times, 95));
  told('longest task while typing', Math.max(0, ...search.tasks), BUDGETS.task);
  told('next or previous page to rows, median', median(pages), BUDGETS.page);
  told('next or previous page to rows, p95', percentile(pages, 95));
  told('another order to rows, median', median(sorts), BUDGETS.sort);
  told('another order to rows, p95', percentile(sorts, 95));
  told('GET /users as the browser sees it, median', median(answers));
  told('GET /users as the browser sees it, p95', percentile(answers, 95));
}

/** Types the addresses of users, letter by letter. */
async function searches(page: Page): Promise<{ times: number[]; tasks: number[] }> {
  const field = page.getByRole('searchbox', { name: 'Search users' });
  const times: number[] = [];
  await page.evaluate('felt.tasks.length = 0');
  for (let round = 0; round < ROUNDS; round++) {
    const words = `imported${Math.floor((count / (ROUNDS + 1)) * (round + 1))}`;
    await field.click();
    await field.press('ControlOrMeta+A');
    await field.pressSequentially(words, { delay: KEY_REST });
    times.push(await painted(page, `rows.every((row) => row.includes(${JSON.stringify(words)}))`));
  }
  return { times, tasks: await page.evaluate('felt.tasks') };
}

async function turns(page: Page, turn: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS / 2; round++) times.push(await changed(page, turn));
  return times;
}

async function orders(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (const order of ['Oldest first', 'Email', 'Name', 'Newest first']) {
    await page.getByRole('combobox', { name: 'Order' }).click();
    times.push(await changed(page, () => page.getByRole('option', { name: order, exact: true }).click()));
  }
  return times;
}

/** Milliseconds from the click in `act` until other rows than before are painted. */
async function changed(page: Page, act: () => Promise<void>): Promise<number> {
  const before = await page.evaluate('felt.rows().join()');
  await act();
  return painted(page, `rows.join() !== ${JSON.stringify(before)}`);
}

/** Milliseconds from the last key or click until rows are painted that the expression is true of. */
function painted(page: Page, isThere: string): Promise<number> {
  return page.evaluate(`felt.painted((rows) => ${isThere})`);
}

/** How many times longer than its own processor time a calculation takes: 1 on a machine that has nothing else to do. */
function crowding(): number {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let used = 0;
  for (let n = 0; used < 300; n++) {
    Math.sqrt(n);
    if (n % 1e5 === 0) used = process.cpuUsage(cpu).user / 1000;
  }
  return (performance.now() - began) / used;
}

function report(): void {
  const load = `load of the machine ${loadavg()[0]!.toFixed(1)}, work takes ${crowding().toFixed(1)} times its processor time`;
  const lines = results.map(({ name, value, limit, unit }) => {
    const verdict = limit === undefined ? '' : `  at most ${limit} ${unit}: ${value <= limit ? 'kept' : 'BROKEN'}`;
    return `${name.padEnd(44)} ${value.toFixed(0).padStart(7)} ${unit}${verdict}`;
  });
  console.log(`\n${count} users; ${load}\n${lines.join('\n')}`);
  if (count >= 100_000) writeFileSync(join(import.meta.dirname, 'dashboard-results.md'), resultsPage(load, lines));
  if (results.some(({ value, limit }) => limit !== undefined && value > limit)) process.exitCode = 1;
}

function resultsPage(load: string, lines: readonly string[]): string {
  return `# Measured in the dashboard with ${count.toLocaleString('en')} users

Written by \`node bench/dashboard-users.ts\`; do not edit.

${circumstances()}, SQLite, headless Chromium on the same machine; ${load}

\`\`\`
${lines.join('\n')}
\`\`\`
`;
}
