/**
 * The guides for programs run: as files with the names that the guide gives them and by its own commands. Those for pages,
 * devices, Next.js and Electron are in `guides-*.test.ts`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './chromium.ts';
import {
  clientForGuide,
  commandsOf,
  freePort,
  onGuideServer,
  run,
  saveFiles,
  signIn,
  untilAnswered,
} from './guide-session.ts';

onGuideServer('Guides for programs', (session) => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  const newPage = async (): Promise<Page> => (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();

  test('the guide for Node.js gets a token, calls the API with it, and the SDK lists clients', async () => {
    const { code } = session.guideFor('non_interactive', 'nodejs', session.setup);
    const cwd = session.folderFor('nodejs');
    saveFiles(code, cwd);
    const start = (file: string) => run(process.execPath, ['--env-file=.env', file], { env: session.env, cwd });
    assert.match(
      (await start('token.mjs')).stdout,
      /^A bearer token, good for \d+ seconds\nThe API answered with status 200\n$/,
    );
    assert.match((await start('clients.mjs')).stdout, /^Default App$/m);
  });

  test('the guide for cURL gets a token from a shell, and calls the API with it', async () => {
    const [request, call] = commandsOf(session.guideFor('non_interactive', 'curl', session.setup).code);
    const { access_token } = JSON.parse((await run('sh', ['-c', request!], { env: session.env })).stdout);
    const { stdout } = await run('sh', ['-c', call!], { env: { ...session.env, ACCESS_TOKEN: access_token } });
    assert.ok(JSON.parse(stdout).some(({ name }: { name: string }) => name === 'Default App'));
  });

  test('the guide for Express signs somebody in and out, and keeps its private page private', async () => {
    const port = await freePort();
    const onPort = (text: string) => text.replaceAll('8080', String(port));
    const client = await clientForGuide(session, 'regular_web', 'express', onPort);
    const cwd = session.folderFor('express');
    const { code } = session.guideFor('regular_web', 'express', client);
    saveFiles(code, cwd, onPort);
    const [, makeSecret] = commandsOf(code);
    await run('sh', ['-c', makeSecret!], { env: session.env, cwd });
    const app = spawn(process.execPath, ['--env-file=.env', 'server.cjs'], { env: session.env, cwd, stdio: 'inherit' });
    const page = await newPage();
    try {
      await untilAnswered(`http://localhost:${port}/`);
      await page.goto(`http://localhost:${port}/profile`);
      await signIn(page, session.setup);
      await page.getByText(`"email":"${session.setup.admin_email}"`).waitFor();
      await page.goto(`http://localhost:${port}/`);
      await page.getByRole('link', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByRole('textbox', { name: 'Password' }).waitFor();
    } finally {
      app.kill();
      await page.context().close();
    }
  });
});
