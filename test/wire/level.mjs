// Replays recorded traffic of the real service against a fresh server and checks that no area of the API answers worse
// than expected.json says. The recordings are not part of this project:
//
//   WIRE_TOOL=path/to/replay.mjs node test/wire/level.mjs
//
// The last lines are the count, one test for each area that has a level.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compare, describe } from './compare.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const launcher = join(root, 'bin', 'latchkey.mjs');
const levels = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8'));
// A first start may build the dashboard before it listens.
const START_TIMEOUT_MS = 180_000;

const tool = process.env.WIRE_TOOL;
if (!tool) {
  process.stdout.write('WIRE_TOOL must be the path of the replay tool.\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'latchkey-wire-'));
try {
  const results = await withServer(async ({ base, token }) => {
    const all = [];
    for (const phase of Object.keys(levels)) all.push(...compare(levels[phase], await replay(phase, base, token)));
    return all;
  });
  report(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs `work` beside a server with a fresh tenant. */
async function withServer(work) {
  const port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: '',
    LATCHKEY_DATA_DIR: join(folder, 'data'),
    LATCHKEY_HTTP_PORT: String(port),
    LATCHKEY_HTTPS_PORT: 'off',
  };
  const { code, stdout } = await run([launcher, 'setup', '--json'], { env });
  if (code !== 0) throw new Error(`latchkey setup left with code ${code}.`);
  const tenant = JSON.parse(stdout);

  const log = openSync(join(folder, 'server.log'), 'w');
  const server = spawn(process.execPath, [launcher, 'start'], { cwd: root, env, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = once(server, 'exit');
  try {
    const base = `http://localhost:${port}`;
    await listening(base, server);
    return await work({ base, token: await managementToken(base, tenant) });
  } catch (error) {
    process.stdout.write(readFileSync(join(folder, 'server.log'), 'utf8'));
    throw error;
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

async function listening(base, server) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`The server left with code ${server.exitCode}.`);
    const response = await fetch(`${base}/healthz`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`The server does not answer at ${base}/healthz.`);
}

async function managementToken(base, { client_id, client_secret, management_audience: audience }) {
  const response = await fetch(`${base}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret, audience }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`No management token: ${response.status} ${body}`);
  return JSON.parse(body).access_token;
}

/** What the tool counted, by area. Its own account goes to standard output. */
async function replay(phase, base, token) {
  const file = join(folder, `${phase}.json`);
  const args = [resolve(tool), '--base', base, '--phase', phase, '--json', file, '--top', '10'];
  const { code, stdout } = await run(args, { env: { ...process.env, REPLAY_TOKEN: token } });
  process.stdout.write(stdout);
  if (code !== 0) throw new Error(`The replay left with code ${code}.`);
  return JSON.parse(readFileSync(file, 'utf8')).areas;
}

async function run(args, { env }) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code, stdout };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function report(results) {
  const judged = results.filter(({ level }) => level !== undefined);
  const failed = judged.filter(({ well }) => !well).length;
  const count = `# tests ${judged.length}\n# pass ${judged.length - failed}\n# fail ${failed}`;
  const told = results.filter(({ level, scored }) => level !== undefined || scored > 0);
  process.stdout.write(`\n${describe(told).join('\n')}\n\n${count}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
