/**
 * The samples of README and guides run: against a server that is started as a reader starts it, over HTTPS with its own
 * certificate, as a process that knows nothing but what `latchkey setup --json` prints. The blocks of a page that are
 * marked `js run` are one program.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);
const CLI = join(root, 'server', 'cli.ts');

/** What each page prints when it works. */
const PAGES: Readonly<Record<string, RegExp>> = {
  'README.md': /Default App[\s\S]*Web shop \(new\)/,
  'docs/guides/get-started.md': /issuer: 'https:\/\/localhost:\d+\/'/,
  'docs/guides/single-page-app.md': /^\w{32}$/m,
  'docs/guides/machine-client.md': /bearer read:things good for 3600 seconds\ntrue\nwrite:things is needed/,
  'docs/guides/customise-login.md': /^$/,
  'docs/guides/migrate-from-auth0.md': /completed \{ failed: 0, updated: 0, inserted: 2, total: 2 \}/,
  'docs/guides/domains.md': /_cf-custom-hostname\.login\.shop\.example\.com TXT \w+[\s\S]*ready/,
  'docs/guides/mail.md': /^$/,
  'docs/guides/logs.md':
    /"type":"sapi".*"description":"Create a client"|"description":"Create a client".*"type":"sapi"/,
  'docs/guides/keys.md': /true\nsigns: true verifies still: true/,
};

const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

function programOf(page: string): string {
  return [...textOf(page).matchAll(/^```js run\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');
}

/** Files that a page shows, by their names: `json NAME`. Its program reads them. */
function filesOf(page: string): { name: string; text: string }[] {
  return [...textOf(page).matchAll(/^```json (\S+)\n([\s\S]*?)^```$/gm)].map(([, name, text]) => ({
    name: name!,
    text: text!,
  }));
}

describe('Samples', () => {
  let folder: string;
  let server: ChildProcess | undefined;
  let env: NodeJS.ProcessEnv;
  const banner: string[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-samples-'));
    // Samples import packages as a reader's do, from beside them.
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const dataDir = join(folder, 'data');
    const settings = { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_HTTP_PORT: '0', LATCHKEY_HTTPS_PORT: '0' };
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const ours = { PATH, NODE_COMPILE_CACHE, ...settings };
    server = spawn(process.execPath, [CLI, 'start'], { env: ours, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: server.stdout! })) {
      banner.push(line.trim());
      if (line.includes('/setup?ticket=')) break;
    }
    const { stdout } = await run(process.execPath, [CLI, 'setup', '--json'], { env: ours });
    env = { PATH, SETUP: stdout, NODE_EXTRA_CA_CERTS: join(dataDir, 'tls', 'ca.pem') };
  });
  after(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [page, expected] of Object.entries(PAGES)) {
    test(`the sample of ${page} works`, async () => {
      const file = join(folder, `${page.replaceAll('/', '-')}.mjs`);
      writeFileSync(file, programOf(page));
      for (const { name, text } of filesOf(page)) writeFileSync(join(folder, name), text);
      const { stdout } = await run(process.execPath, [file], { env, cwd: folder });
      assert.match(stdout, expected);
    });
  }

  test('no other page has a sample that is not run', () => {
    const marked = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).filter((page) => programOf(page) !== '');
    assert.deepEqual(marked.toSorted(), Object.keys(PAGES).toSorted());
  });

  test('README shows what the start and the set-up print', () => {
    const readme = textOf('README.md');
    for (const line of ['Latchkey is running.', 'Make the first administrator (this link works once):']) {
      assert.ok(banner.includes(line) && readme.includes(line), line);
    }
    const shown = JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(readme)![1]!);
    assert.deepEqual(Object.keys(shown), Object.keys(JSON.parse(env.SETUP!)));
  });
});
