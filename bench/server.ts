/** The server to measure: this checkout, started as anybody would start it, on an empty data folder that goes with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lastDescendant } from './cpu.ts';

/** What `latchkey setup --json` prints. */
export type Setup = {
  readonly issuer: string;
  readonly domain: string;
  readonly management_audience: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly admin_email: string;
  readonly admin_password: string;
};

export type RunningServer = {
  readonly setup: Setup;
  /** Without a slash at the end. */
  readonly origin: string;
  readonly dataDir: string;
  /** The process that serves, not a launcher in front of it. */
  readonly pid: number;
  stop(): Promise<void>;
};

const launcher = fileURLToPath(new URL('../bin/latchkey.mjs', import.meta.url));
/** The first start of a checkout may build the dashboard. */
const READY_LIMIT = 180_000;

/**
 * @param extra variables of its environment besides the usual ones
 * @throws when the server cannot be set up or does not answer in time.
 */
export async function startServer(extra: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const env = { ...inherited(), ...(await settings(dataDir)), ...extra };
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const setup = await runSetup(env);
    const child = spawn(process.execPath, [launcher, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = once(child, 'exit');
    const stop = async () => {
      child.kill('SIGTERM');
      await ended;
      remove();
    };
    try {
      const origin = new URL(setup.issuer).origin;
      await Promise.race([
        ready(origin),
        ended.then(() => Promise.reject(new Error('The server ended at its start.'))),
      ]);
      return { setup, origin, dataDir: env.LATCHKEY_DATA_DIR!, pid: lastDescendant(child.pid!), stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    remove();
    throw error;
  }
}

/** Without what configures another server, and without npm's mark, which makes the launcher stay in front of ours. */
function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(LATCHKEY_|DATABASE_URL$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function settings(dataDir: string): Promise<Record<string, string>> {
  return {
    LATCHKEY_HTTP_PORT: String(await freePort()),
    LATCHKEY_HTTPS_PORT: 'off',
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_LOG_LEVEL: 'error',
    // The load is what is measured, not the bound on it.
    LATCHKEY_API_RATE_LIMIT: 'off',
    NODE_ENV: 'production',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function runSetup(env: NodeJS.ProcessEnv): Promise<Setup> {
  const child = spawn(process.execPath, [launcher, 'setup', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`latchkey setup ended with code ${code}.`);
  return JSON.parse(output.slice(output.indexOf('{')));
}

async function ready(origin: string): Promise<void> {
  for (const deadline = Date.now() + READY_LIMIT; Date.now() < deadline; await sleep(50)) {
    const status = await fetch(`${origin}/.well-known/openid-configuration`).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
  }
  throw new Error('The server did not get ready in time.');
}
