import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { launchBrowser } from './chromium.ts';

const { CHROMIUM_PATH = '', PATH = '' } = process.env;
/** Where commands are found, while a test has it so. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-chromium-'));
});
afterEach(() => {
  Object.assign(process.env, { CHROMIUM_PATH, PATH });
  rmSync(folder, { recursive: true });
});

async function startsAndRunsPages(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent('<h1>Hello</h1>');
    assert.equal(await page.textContent('h1'), 'Hello');
  } finally {
    await browser.close();
  }
}

test('a browser starts and runs a page', startsAndRunsPages);

test('a browser that does not start says what to do', async () => {
  process.env.CHROMIUM_PATH = '/nowhere/chromium';
  await assert.rejects(launchBrowser(), /cannot start \/nowhere\/chromium\.\nInstall Chromium/);
});

test('the browser of the system is used, of several one without a window', async () => {
  Object.assign(process.env, { CHROMIUM_PATH: '', PATH: folder });
  for (const command of ['chromium', 'chromium-headless-shell']) {
    const path = join(folder, command);
    writeFileSync(path, '', { mode: 0o755 });
    await assert.rejects(launchBrowser(), ({ message }: Error) => message.includes(`cannot start ${path}.`));
  }
});

const packaged = process.platform === 'linux' && process.arch === 'x64';
test('where the system has none, the packaged one starts', {
  skip: !packaged && 'It is for Linux on x64',
}, async () => {
  const tar = PATH.split(delimiter)
    .map((path) => join(path, 'tar'))
    .find((path) => existsSync(path));
  symlinkSync(tar!, join(folder, 'tar'));
  Object.assign(process.env, { CHROMIUM_PATH: '', PATH: folder });
  await startsAndRunsPages();
});
