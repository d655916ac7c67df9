/**
 * The guides for pages run: the code of each is built with the vendor's SDK and used in a browser. What a scaffold makes
 * (`npm create vite`, `ng new`) is written here.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { decodeJwt } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './chromium.ts';
import { htmlFor, type Scaffold, withApp } from './guide-app.ts';
import { type GuideSession, onGuideServer, signIn } from './guide-session.ts';

/** What there is before the guide begins. */
const SCAFFOLDS: Readonly<Record<string, Scaffold>> = {
  javascript: { files: {}, config: () => ({}) },
  react: {
    files: { 'index.html': htmlFor('<div id="root"></div>', '/src/main.jsx') },
    config: () => ({ plugins: [react()] }),
  },
  vue: {
    files: { 'index.html': htmlFor('<div id="app"></div>', '/src/main.js') },
    config: () => ({ plugins: [vue()] }),
  },
  angular: {
    files: {
      'index.html': htmlFor('<app-root></app-root>', '/src/main.ts'),
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

/** The component that calls an API beside the one that signs in, where the entry of the guide has that alone. */
const WITH_ORDERS: Scaffold = {
  files: {
    ...SCAFFOLDS.react!.files,
    'src/Both.jsx': `import App from './App.jsx';
      import { Orders } from './Orders';
      export default function Both() { return <><App /><Orders /></>; }`,
  },
  config: (root) => ({
    plugins: [react()],
    resolve: { alias: [{ find: /^\.\/App$/, replacement: `${root}/src/Both.jsx` }] },
  }),
};

onGuideServer('Guides for pages', (session) => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const [id, scaffold] of Object.entries(SCAFFOLDS)) {
    test(`the guide for ${id} signs somebody in and out`, () =>
      withApp({ browser, session }, { type: 'spa', id, scaffold }, (page, url) => signInAndOut(page, url, session)));
  }

  test('the guide for react calls an API when the user has allowed it', async () => {
    const [identifier, value] = ['https://api.example.com', 'read:orders'];
    await session.management('POST', '/resource-servers', { identifier, name: 'Orders', scopes: [{ value }] });
    await withApp({ browser, session }, { type: 'spa', id: 'react', scaffold: WITH_ORDERS }, async (page) => {
      await page.getByRole('button', { name: 'Sign in' }).click();
      await signIn(page, session.setup);
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' };
      await page.route(`${identifier}/orders`, (route) => route.fulfill({ headers, json: ['One order'] }));
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('button', { name: 'Load orders' }).click(),
      ]);
      const [request, shown] = await Promise.all([
        page.waitForRequest((one) => one.url() === `${identifier}/orders` && one.method() === 'GET'),
        page.waitForEvent('console', (message) => message.text().includes('One order')),
        popup.getByRole('button', { name: 'Accept' }).click(),
      ]);
      assert.ok(shown);
      const { aud, scope } = decodeJwt<{ scope: string }>(request.headers().authorization!.replace('Bearer ', ''));
      assert.ok([aud].flat().includes(identifier));
      assert.ok(scope.split(' ').includes(value));
    });
  });
});

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
