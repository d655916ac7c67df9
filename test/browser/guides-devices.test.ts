/**
 * The guides for apps whose code is JavaScript run, with the JavaScript of the vendor's SDK and of the framework. The
 * device is a stand-in: `guide-device.ts` has the native half of React Native's and Capacitor's modules.
 */
import { after, before, test } from 'node:test';
import react from '@vitejs/plugin-react';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { launchBrowser } from './chromium.ts';
import { htmlFor, type Scaffold, withApp } from './guide-app.ts';
import { CAPACITOR_SHELL, nativeAuth0, nativeBrowser, withNativeModules } from './guide-device.ts';
import { packagesOf } from './guide-packages.ts';
import { onGuideServer, signIn } from './guide-session.ts';

/** The identifier that guides give the app. */
const APP = 'com.example.app';

/** React Native draws with its implementation for browsers; what only a device has comes over the bridge. */
const REACT_NATIVE: Scaffold = {
  files: {
    'index.html': htmlFor('<div id="root"></div>', '/index.js'),
    'index.js': `import { AppRegistry } from 'react-native';
      import App from './App';
      AppRegistry.registerComponent('App', () => App);
      AppRegistry.runApplication('App', { rootTag: document.getElementById('root') });`,
    'device.js': `import { Platform as Drawn } from 'react-native-web';
      export * from 'react-native-web';
      export const Platform = { ...Drawn, OS: globalThis.platformOfDevice };
      const moduleOf = (name) => new Proxy({}, { get: (_, method) => (...args) => native(name, method, args) });
      export const TurboModuleRegistry = { get: moduleOf, getEnforcing: moduleOf };`,
  },
  config: (root) => ({
    plugins: [
      {
        name: 'jsx-in-js',
        enforce: 'pre',
        transform: (code, id) => (id === `${root}/App.js` ? transformWithOxc(code, id, { lang: 'jsx' }) : undefined),
      },
    ],
    resolve: { alias: { 'react-native': `${root}/device.js` } },
  }),
};

const IONIC: Scaffold = {
  files: { 'index.html': htmlFor('<div id="root"></div>', '/src/main.jsx') },
  config: () => ({ plugins: [react()] }),
};

onGuideServer('Guides for apps on devices', (session) => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  /**
   * Signs in and out through the browser of the system; the session has ended then, so a password is asked for again.
   * An app that `remembers` is opened once more in between, and still knows who signed in.
   */
  async function signInAndOut(
    id: string,
    { scaffold, remembers }: { scaffold: Scaffold; remembers: boolean },
    prepare: (app: BrowserContext, system: BrowserContext) => Promise<unknown>,
  ) {
    const system = await browser.newContext({ ignoreHTTPSErrors: true });
    const packages = await packagesOf(id);
    await withApp(
      { browser, session },
      { type: 'native', id, scaffold: { ...scaffold, packages } },
      async (app) => {
        const opensPage = async (name: string) => {
          const button = app.getByRole('button', { name });
          await button.waitFor();
          const [page] = await Promise.all([system.waitForEvent('page'), button.click()]);
          return page;
        };
        const login = await opensPage('Sign in');
        await signIn(login, session.setup);
        await untilClosed(login);
        if (remembers) {
          await app.getByRole('button', { name: 'Sign out' }).waitFor();
          await app.reload();
        }
        await untilClosed(await opensPage(`Sign out ${session.setup.admin_email}`));
        await (await opensPage('Sign in')).getByRole('textbox', { name: 'Password' }).waitFor();
      },
      (app) => prepare(app, system),
    );
    await system.close();
  }

  for (const os of ['ios', 'android']) {
    test(`the guide for React Native signs somebody in and out on ${os}`, () =>
      signInAndOut('react-native', { scaffold: REACT_NATIVE, remembers: true }, async (app, system) => {
        await app.addInitScript(`platformOfDevice = '${os}'`);
        await withNativeModules(app, { A0Auth0: nativeAuth0(session, system, APP) });
      }));
  }

  test('the guide for Ionic signs somebody in and out', () =>
    signInAndOut('ionic', { scaffold: IONIC, remembers: false }, async (app, system) => {
      await app.addInitScript(CAPACITOR_SHELL);
      await withNativeModules(app, { Browser: nativeBrowser(system, APP, app) });
    }));
});

async function untilClosed(page: Page): Promise<void> {
  if (!page.isClosed()) await page.waitForEvent('close');
}
