/**
 * The guide for Next.js runs: its files in an app as `create-next-app` makes it, with the vendor's SDK, started by its
 * own command. The layout is written here, because that of the scaffold fetches fonts from elsewhere.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { launchBrowser } from './chromium.ts';
import { packagesOf } from './guide-packages.ts';
import {
  clientForGuide,
  commandsOf,
  freePort,
  onGuideServer,
  run,
  saveFiles,
  signIn,
  untilAnswered,
  writeFiles,
} from './guide-session.ts';

const SCAFFOLD = {
  'package.json': '{ "private": true }',
  // The packages are not in the folder of the app here, but linked to from there.
  'next.config.mjs': "export default { turbopack: { root: '/' } };",
  'src/app/layout.tsx': `import type { ReactNode } from 'react';
    export default function RootLayout({ children }: { children: ReactNode }) {
      return <html lang="en"><body>{children}</body></html>;
    }`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2017',
      lib: ['dom', 'dom.iterable', 'esnext'],
      allowJs: true,
      skipLibCheck: true,
      strict: true,
      noEmit: true,
      esModuleInterop: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      resolveJsonModule: true,
      isolatedModules: true,
      jsx: 'react-jsx',
      incremental: true,
      plugins: [{ name: 'next' }],
      paths: { '@/*': ['./src/*'] },
    },
    include: ['next-env.d.ts', '**/*.ts', '**/*.tsx', '.next/types/**/*.ts', '.next/dev/types/**/*.ts', '**/*.mts'],
    exclude: ['node_modules'],
  }),
};

onGuideServer('The guide for Next.js', (session) => {
  test('has the types of the SDK, signs somebody in, says who that is, and signs out', async () => {
    const packages = await packagesOf('nextjs');
    const port = await freePort();
    const onPort = (text: string) => text.replaceAll('8080', String(port));
    const client = await clientForGuide(session, 'regular_web', 'nextjs', onPort);
    const cwd = session.folderFor('nextjs', packages);
    const { code } = session.guideFor('regular_web', 'nextjs', client);
    writeFiles(cwd, SCAFFOLD);
    saveFiles(code, cwd, onPort);
    const [, makeSecret, start] = commandsOf(code);
    await run('sh', ['-c', makeSecret!], { env: session.env, cwd });
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit'], { cwd });
    const [npx, next, ...options] = onPort(start!).split(' ');
    assert.deepEqual([npx, next], ['npx', 'next']);
    const app = spawn(process.execPath, ['node_modules/next/dist/bin/next', ...options, '-H', 'localhost'], {
      env: { ...session.env, NEXT_TELEMETRY_DISABLED: '1' },
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      await untilAnswered(`http://localhost:${port}/`);
      await page.goto(`http://localhost:${port}/`);
      await page.getByRole('link', { name: 'Sign in' }).click();
      await signIn(page, session.setup);
      await page.getByText('Signed in as Administrator').waitFor();
      assert.equal(page.url(), `http://localhost:${port}/`);
      await page.getByRole('link', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByRole('textbox', { name: 'Password' }).waitFor();
    } finally {
      await browser.close();
      // Its processes together, and at once: one that is asked to end leaves another behind, for its telemetry.
      process.kill(-app.pid!, 'SIGKILL');
      await once(app, 'exit');
    }
  });
});
