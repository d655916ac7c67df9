/**
 * The guides of the Quick Start that can run here do run: as files with the names that the guide gives them, filled in
 * as the dashboard fills them, against a server with HTTPS as `latchkey start` makes it.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GUIDES } from '../../dashboard/src/clients/quick-start/catalogue.ts';
import { factsFor } from '../../dashboard/src/clients/quick-start/facts.ts';
import type { ClientType } from '../../dashboard/src/clients/type-values.ts';
import { filledIn } from '../../dashboard/src/ui/fill.ts';
import { parseMarkdown } from '../../dashboard/src/ui/markdown.ts';
import type { SetupResult } from '../../server/setup.ts';
import { launchBrowser } from './chromium.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

describe('Guides', () => {
  let folder: string;
  let server: ChildProcess;
  let setup: SetupResult;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-guides-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const dataDir = join(folder, 'data');
    const ours = {
      PATH: process.env.PATH,
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_HTTP_PORT: '0',
      LATCHKEY_HTTPS_PORT: '0',
    };
    const cli = join(root, 'server', 'cli.ts');
    server = spawn(process.execPath, [cli, 'start'], { env: ours, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: server.stdout! })) if (line.includes('/setup?ticket=')) break;
    setup = JSON.parse((await run(process.execPath, [cli, 'setup', '--json'], { env: ours })).stdout);
    const ca = join(dataDir, 'tls', 'ca.pem');
    env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: ca, CURL_CA_BUNDLE: ca };
  });
  after(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** The code of a guide by its file name, as somebody would save it. */
  function codeOf(type: ClientType, id: string, client: { client_id: string; client_secret?: string }) {
    const guide = GUIDES[type].find((one) => one.id === id)!;
    const text = readFileSync(join(root, 'dashboard/src/clients/guides', type, `${id}.md`), 'utf8');
    const config = { ...setup, audience: setup.management_audience, tenant: '', api_base: '', version: '' };
    const { values } = factsFor(guide, { ...client, name: '' }, config, setup.management_audience);
    const blocks = parseMarkdown(filledIn(text, values)).filter((block) => block.kind === 'code');
    return new Map(blocks.map(({ caption, language, text: code }) => [caption || language, code]));
  }

  test('the guide for Node.js gets a token, calls the API with it, and the SDK lists clients', async () => {
    const code = codeOf('non_interactive', 'nodejs', setup);
    for (const file of ['.env', 'token.mjs', 'clients.mjs']) writeFileSync(join(folder, file), `${code.get(file)}\n`);
    const start = (file: string) => run(process.execPath, ['--env-file=.env', file], { env, cwd: folder });
    assert.match(
      (await start('token.mjs')).stdout,
      /^A bearer token, good for \d+ seconds\nThe API answered with status 200\n$/,
    );
    assert.match((await start('clients.mjs')).stdout, /^Default App$/m);
  });

  test('the guide for cURL gets a token from a shell', async () => {
    // The first block is the request; the second says what to do with its answer.
    const guide = readFileSync(join(root, 'dashboard/src/clients/guides/non_interactive/curl.md'), 'utf8');
    assert.equal(guide.match(/```sh\n/g)?.length, 2);
    const { values } = factsFor(
      GUIDES.non_interactive[0]!,
      { ...setup, name: '' },
      { ...setup, audience: setup.management_audience, tenant: '', api_base: '', version: '' },
      setup.management_audience,
    );
    const request = parseMarkdown(filledIn(guide, values)).find((block) => block.kind === 'code')!;
    const { stdout } = await run('sh', ['-c', request.text], { env });
    assert.equal(JSON.parse(stdout).token_type, 'Bearer');
  });

  test('the guide for Electron signs somebody in through the browser', async () => {
    const management = await managementOf(setup, env, folder);
    const client = await management('POST', '/clients', {
      name: 'Desktop',
      app_type: 'native',
      callbacks: ['http://127.0.0.1:8484/callback'],
    });
    const [connection] = await management('GET', '/connections');
    await management('PATCH', `/connections/${connection.id}/clients`, [{ client_id: client.client_id, status: true }]);
    const code = codeOf('native', 'electron', client).get('sign-in.mjs')!;
    // Any port of the loopback address will do (RFC 8252 §7.3); that of the guide may be taken here.
    writeFileSync(join(folder, 'sign-in.mjs'), code.replace('127.0.0.1:8484', `127.0.0.1:${await freePort()}`));
    // Stands for the main process of Electron: tells the address that it would open, and who signed in.
    const main =
      "import { signIn } from './sign-in.mjs'; console.log((await signIn((url) => console.log(url))).email);";
    const app = spawn(process.execPath, ['--input-type=module', '--eval', main], {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: app.stdout })[Symbol.asyncIterator]();
    const browser = await launchBrowser();
    try {
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      await page.goto((await lines.next()).value!);
      await page.getByLabel('Email address').fill(setup.admin_email);
      await page.getByRole('textbox', { name: 'Password' }).fill(setup.admin_password);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('Signed in. You may close this window.').waitFor();
      assert.equal((await lines.next()).value, setup.admin_email);
    } finally {
      await browser.close();
      app.kill();
    }
  });
});

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

/** Calls the Management API from a process that trusts the server's certificate, which this one does not. */
async function managementOf(setup: SetupResult, env: NodeJS.ProcessEnv, cwd: string) {
  const program = `
    const { setup, method, path, body } = JSON.parse(process.env.CALL);
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: setup.client_id, client_secret: setup.client_secret, audience: setup.management_audience });
    const { access_token } = await (await fetch(setup.issuer + 'oauth/token', { method: 'POST', body: form })).json();
    const headers = { authorization: 'Bearer ' + access_token, 'content-type': 'application/json' };
    const answer = await fetch(setup.issuer + 'api/v2' + path, { method, headers, body: body && JSON.stringify(body) });
    console.log((await answer.text()) || 'null');`;
  return async (method: string, path: string, body?: unknown) => {
    const call = JSON.stringify({ setup, method, path, body });
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...env, CALL: call },
      cwd,
    });
    return JSON.parse(stdout);
  };
}
