/**
 * The guide for Electron runs: main process, preload script and page as they are written. Electron itself downloads its
 * binary while it is installed, so it has a stand-in: the main process is one of Node.js with the module of
 * `guide-electron.mjs`, and its window is a page of Chromium.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './chromium.ts';
import { clientForGuide, freePort, onGuideServer, saveFiles, signIn, writeFiles } from './guide-session.ts';

/** What `guide-electron.mjs` tells: a window to show, an address to open, or the answer to a call. */
type Message = {
  readonly file?: string;
  readonly preload?: string;
  readonly external?: string;
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
};

const ELECTRON = {
  'node_modules/electron/package.json': '{ "type": "module", "exports": "./index.js" }',
  'node_modules/electron/index.js': readFileSync(join(import.meta.dirname, 'guide-electron.mjs'), 'utf8'),
};

onGuideServer('The guide for Electron', (session) => {
  test('signs somebody in through the browser of the system, once and again', async () => {
    // Any port of the loopback address will do (RFC 8252 §7.3), so the client keeps the one of the guide.
    const client = await clientForGuide(session, 'native', 'electron');
    const cwd = session.folderFor('electron');
    const port = await freePort();
    writeFiles(cwd, ELECTRON);
    saveFiles(session.guideFor('native', 'electron', client).code, cwd, (text) =>
      text.replace('127.0.0.1:8484', `127.0.0.1:${port}`),
    );
    const browser = await launchBrowser();
    const system = await browser.newContext({ ignoreHTTPSErrors: true });
    const main = fork('main.mjs', { cwd, env: session.env, execArgv: [] });
    try {
      const window = await openWindow(await browser.newContext(), main);
      assert.equal(await window.evaluate('Object.keys(app).join()'), 'signIn');

      const opening = opened(system, main);
      await window.getByRole('button', { name: 'Sign in' }).click();
      const login = await opening;
      await signIn(login, session.setup);
      await login.getByText('Signed in. You may close this window.').waitFor();
      await window.getByText(`"email": "${session.setup.admin_email}"`).waitFor();

      // Browsers keep a connection for the next request; the next answer must not go to where the first one went.
      await window.reload();
      await window.getByText('Nobody is signed in.').waitFor();
      const again = opened(system, main);
      await window.getByRole('button', { name: 'Sign in' }).click();
      await (await again).getByText('Signed in. You may close this window.').waitFor();
      await window.getByText(`"email": "${session.setup.admin_email}"`).waitFor();
    } finally {
      main.kill();
      await browser.close();
    }
  });
});

/** The page of the system's browser that the main process opens next. */
async function opened(system: BrowserContext, main: ChildProcess): Promise<Page> {
  const { external } = await next(main, 'external');
  const page = await system.newPage();
  await page.goto(external!);
  return page;
}

/** The window that the main process makes. Its preload script runs before the scripts of the page, in a scope of its own. */
async function openWindow(context: BrowserContext, main: ChildProcess): Promise<Page> {
  const { file, preload } = await next(main, 'file');
  let calls = 0;
  await context.exposeFunction('invoke', async (channel: string, args: unknown[]) => {
    const id = ++calls;
    const answer = next(main, 'id', id);
    main.send({ id, channel, args });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error);
    return result;
  });
  await context.addInitScript(`((require) => {
    ${readFileSync(preload!, 'utf8')}
  })((name) => ({
    electron: {
      contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
      ipcRenderer: { invoke: (channel, ...args) => window.invoke(channel, args) },
    },
  })[name]);`);
  const window = await context.newPage();
  await window.goto(pathToFileURL(file!).href);
  return window;
}

/** The next message that has a field, with this value if one is named. */
function next(main: ChildProcess, field: keyof Message, value?: unknown): Promise<Message> {
  return new Promise((resolve, reject) => {
    main.once('exit', (code) => reject(new Error(`The main process has ended with code ${code}.`)));
    main.on('message', function listen(message: Message) {
      if (message[field] === undefined || (value !== undefined && message[field] !== value)) return;
      main.off('message', listen);
      resolve(message);
    });
  });
}
