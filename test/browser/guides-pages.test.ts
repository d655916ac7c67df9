/**
 * The guides for pages and for Ionic run: the code of each is built with the vendor's SDK and used in a browser. What a
 * scaffold makes (`npm create vite`, `ng new`) is written here. Next.js and React Native are too large to be installed
 * for this: their guides are read by `guides.test.ts` of the dashboard alone.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import type { Browser, Page } from 'playwright-core';
import { build, type InlineConfig, preview } from 'vite';
import type { ClientType } from '../../dashboard/src/clients/type-values.ts';
import { launchBrowser } from './chromium.ts';
import { clientForGuide, freePort, type GuideSession, onGuideServer, saveFiles, signIn } from './guide-session.ts';

type Scaffold = { readonly files: Readonly<Record<string, string>>; readonly config: (root: string) => InlineConfig };

const page = (body: string, script: string) => `<!doctype html>${body}<script type="module" src="${script}"></script>`;

/** What there is before the guide begins. */
const SCAFFOLDS: Readonly<Record<string, Scaffold>> = {
  javascript: { files: {}, config: () => ({}) },
  react: {
    files: { 'index.html': page('<div id="root"></div>', '/src/main.jsx') },
    config: () => ({ plugins: [react()] }),
  },
  vue: {
    files: { 'index.html': page('<div id="app"></div>', '/src/main.js') },
    config: () => ({ plugins: [vue()] }),
  },
  angular: {
    files: {
      'index.html': page('<app-root></app-root>', '/src/main.ts'),
      // Without Angular's own builder the templates are compiled in the browser.
      'src/main.ts': `import '@angular/compiler';
        import { bootstrapApplication } from '@angular/platform-browser';
        import { App } from './app/app';
        import { appConfig } from './app/app.config';
        bootstrapApplication(App, appConfig).catch((error) => console.error(error));`,
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "useDefineForClassFields": false } }',
    },
    config: () => ({}),
  },
};

/** Stands for a telephone: its browser is a window, and it is told which address opened the app. */
const DEVICE: Readonly<Record<string, string>> = {
  '@capacitor/app': `export const App = { addListener: async (name, listener) => {
    globalThis.opened = (url) => listener({ url });
    return { remove() {} };
  } };`,
  '@capacitor/browser': 'export const Browser = { open: async ({ url }) => { open(url); }, close: async () => {} };',
  '@ionic/react': `export const IonApp = ({ children }) => children;
    export const IonButton = (props) => <button {...props} />;`,
};

const IONIC: Scaffold = {
  files: {
    ...SCAFFOLDS.react!.files,
    ...Object.fromEntries(Object.entries(DEVICE).map(([name, code]) => [`device/${name}.jsx`, code])),
  },
  config: (root) => ({
    plugins: [react()],
    resolve: { alias: Object.fromEntries(Object.keys(DEVICE).map((name) => [name, join(root, `device/${name}.jsx`)])) },
  }),
};

onGuideServer('Guides for pages', (session) => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  /** Builds the guide of a client, serves it, and opens it in a window of its own. */
  async function withApp(type: ClientType, id: string, scaffold: Scaffold, use: (page: Page, url: string) => unknown) {
    const port = await freePort();
    const onPort = (text: string) => text.replaceAll(/localhost:(5173|4200)/g, `localhost:${port}`);
    const client = await clientForGuide(session, type, id, onPort);
    const root = session.folderFor(id);
    writeFiles(root, scaffold.files);
    saveFiles(session.guideFor(type, id, client).code, root, onPort);
    const config: InlineConfig = { ...scaffold.config(root), root, configFile: false, logLevel: 'error' };
    await build({ ...config, build: { minify: false, reportCompressedSize: false } });
    const server = await preview({ ...config, preview: { port, strictPort: true } });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    try {
      const page = await context.newPage();
      await page.goto(`http://localhost:${port}/`);
      await use(page, `http://localhost:${port}/`);
    } finally {
      await context.close();
      await server.close();
    }
  }

  for (const [id, scaffold] of Object.entries(SCAFFOLDS)) {
    test(`the guide for ${id} signs somebody in and out`, () =>
      withApp('spa', id, scaffold, (page, url) => signInAndOut(page, url, session)));
  }

  test('the guide for ionic signs somebody in through the browser of the system', () =>
    withApp('native', 'ionic', IONIC, async (app) => {
      const opening = app.waitForEvent('popup');
      await app.getByRole('button', { name: 'Sign in' }).click();
      const system = await opening;
      const answer = backToApp(system);
      await signIn(system, session.setup);
      await app.evaluate(`opened(${JSON.stringify(await answer)})`);
      await app.getByRole('button', { name: `Sign out ${session.setup.admin_email}` }).waitFor();
    }));
});

/** The address that leads back to the app. Nothing here answers to its scheme, so it is read where the server gives it. */
async function backToApp(page: Page): Promise<string> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  return new Promise((resolve) => {
    protocol.on('Network.responseReceivedExtraInfo', ({ headers }) => {
      if (headers.location?.startsWith('com.example.app://')) resolve(headers.location);
    });
  });
}

/** Signs in and out; the session has ended then, so a password is asked for again. */
async function signInAndOut(page: Page, url: string, { setup }: GuideSession) {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signIn(page, setup);
  // The one without a framework shows the whole profile, the others the name.
  await page.getByText(new RegExp(`Signed in as Administrator|"email": "${setup.admin_email}"`)).waitFor();
  assert.equal(page.url(), url);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
