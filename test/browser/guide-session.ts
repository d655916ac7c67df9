/**
 * What the tests of the guides have in common: a server with HTTPS as `latchkey start` makes it, a folder that the code
 * of a guide is saved into under the names that the guide gives, filled in as the dashboard fills it, and a person who
 * signs in.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { Agent, fetch } from 'undici';
import type { Addresses } from '../../dashboard/src/clients/quick-start/catalogue.ts';
import { GUIDES } from '../../dashboard/src/clients/quick-start/catalogue.ts';
import { factsFor } from '../../dashboard/src/clients/quick-start/facts.ts';
import type { ClientType } from '../../dashboard/src/clients/type-values.ts';
import { filledIn } from '../../dashboard/src/ui/fill.ts';
import { type Block, parseMarkdown } from '../../dashboard/src/ui/markdown.ts';
import type { SetupResult } from '../../server/setup.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const run = promisify(execFile);

type Code = Extract<Block, { kind: 'code' }>;
type Credentials = { readonly client_id: string; readonly client_secret?: string };

export type GuideSession = {
  readonly setup: SetupResult;
  /** Where processes trust the server's certificate. */
  readonly env: NodeJS.ProcessEnv;
  /** An empty folder that sees the packages of this repository, or those of another `node_modules`. */
  folderFor(name: string, packages?: string): string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  management(method: string, path: string, body?: unknown): Promise<any>;
  /** The guide as it stands for a client. */
  guideFor(type: ClientType, id: string, client: Credentials): { code: Code[]; addresses: Addresses | undefined };
};

/** Declares a suite around a server of its own. */
export function onGuideServer(title: string, suite: (session: GuideSession) => void): void {
  describe(title, () => {
    let server: ChildProcess;
    let folder: string;
    // Filled in by `before`; tests run after it.
    const session = { guideFor, folderFor } as { -readonly [Name in keyof GuideSession]: GuideSession[Name] };
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'latchkey-guides-'));
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      const dataDir = join(folder, 'data');
      const { PATH, NODE_COMPILE_CACHE } = process.env;
      const env = { PATH };
      const ours = {
        ...env,
        NODE_COMPILE_CACHE,
        LATCHKEY_DATA_DIR: dataDir,
        LATCHKEY_HTTP_PORT: '0',
        LATCHKEY_HTTPS_PORT: '0',
      };
      const cli = join(root, 'server', 'cli.ts');
      server = spawn(process.execPath, [cli, 'start'], { env: ours, stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface({ input: server.stdout! })) if (line.includes('/setup?ticket=')) break;
      session.setup = JSON.parse((await run(process.execPath, [cli, 'setup', '--json'], { env: ours })).stdout);
      const ca = join(dataDir, 'tls', 'ca.pem');
      session.env = { ...env, NODE_EXTRA_CA_CERTS: ca, CURL_CA_BUNDLE: ca };
      session.management = managementOf(session.setup, readFileSync(ca, 'utf8'));
    });
    after(async () => {
      if (server?.exitCode === null) {
        server.kill('SIGTERM');
        await once(server, 'exit');
      }
      rmSync(folder, { recursive: true });
    });
    suite(session);

    function folderFor(name: string, packages?: string) {
      const made = mkdtempSync(join(folder, `${name}-`));
      if (packages) symlinkSync(packages, join(made, 'node_modules'));
      return made;
    }

    function guideFor(type: ClientType, id: string, client: Credentials) {
      const { setup } = session;
      const guide = GUIDES[type].find((one) => one.id === id)!;
      const text = readFileSync(join(root, 'dashboard/src/clients/guides', type, `${id}.md`), 'utf8');
      const config = { ...setup, audience: setup.management_audience, tenant: '', api_base: '', version: '' };
      const { values, addresses } = factsFor(guide, { ...client, name: '' }, config, setup.management_audience);
      return { code: parseMarkdown(filledIn(text, values)).filter((block) => block.kind === 'code'), addresses };
    }
  });
}

/** Saves the blocks that have a file name; `change` puts free ports in the place of those that the guide names. */
export function saveFiles(code: readonly Code[], folder: string, change = (text: string) => text): void {
  const named = code.filter(({ caption }) => caption !== '');
  writeFiles(folder, Object.fromEntries(named.map(({ caption, text }) => [caption, `${change(text)}\n`])));
}

/** Writes files with their folders. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The commands of a guide, in their order. */
export function commandsOf(code: readonly Code[]): string[] {
  return code.filter(({ language, caption }) => language === 'sh' && caption === '').map(({ text }) => text);
}

/** Makes a client of a kind that has the addresses of its guide, with all occurrences of its port changed. */
export async function clientForGuide(
  { management, guideFor }: GuideSession,
  type: ClientType,
  id: string,
  change = (text: string) => text,
) {
  const { addresses } = guideFor(type, id, { client_id: '' });
  const client = await management('POST', '/clients', {
    name: id,
    app_type: type,
    ...JSON.parse(change(JSON.stringify(addresses))),
  });
  const [connection] = await management('GET', '/connections');
  await management('PATCH', `/connections/${connection.id}/clients`, [{ client_id: client.client_id, status: true }]);
  return client as { client_id: string; client_secret: string };
}

/** Fills in the login page as the administrator that set-up made. */
export async function signIn(page: Page, { admin_email, admin_password }: SetupResult): Promise<void> {
  await page.getByLabel('Email address').fill(admin_email);
  await page.getByRole('textbox', { name: 'Password' }).fill(admin_password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

/** Waits for a server that says nothing when it is ready. */
export async function untilAnswered(url: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer.`);
}

/** Calls the Management API as the client of set-up, trusting the server's own certificate authority. */
function managementOf(setup: SetupResult, ca: string): GuideSession['management'] {
  const dispatcher = new Agent({ connect: { ca } });
  const { client_id, client_secret, management_audience: audience } = setup;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, audience });
  return async (method, path, body) => {
    const token = await fetch(`${setup.issuer}oauth/token`, { method: 'POST', body: form, dispatcher });
    const { access_token } = (await token.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${setup.issuer}api/v2${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text && JSON.parse(text);
  };
}
