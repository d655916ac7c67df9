import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import type { DashboardConfig } from './schema.ts';
import { registerDashboard } from './static.ts';

const CONFIG: DashboardConfig = {
  issuer: 'https://id.example/',
  domain: 'id.example',
  tenant: 'acme',
  client_id: 'd4shb04rd',
  audience: 'https://id.example/api/v2/',
  api_base: '/api/v2',
  version: '1.2.3',
};

const SCRIPT = 'console.log("dashboard");\n'.repeat(20);

async function writeDist(root: string) {
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Latchkey</title>');
  await writeFile(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(root, 'assets', 'index-abc123.js'), SCRIPT);
  await writeFile(join(root, 'assets', 'index-abc123.js.gz'), gzipSync(SCRIPT));
}

/** A server with the dashboard of a folder that is removed when the test ends. */
async function start(t: { after: (done: () => Promise<void>) => void }, build = true) {
  const parent = await mkdtemp(join(tmpdir(), 'latchkey-dashboard-'));
  const root = join(parent, 'dist');
  if (build) await writeDist(root);
  const app = Fastify();
  await registerDashboard(app, { root, config: async (request) => ({ ...CONFIG, tenant: request.hostname }) });
  t.after(async () => {
    await app.close();
    await rm(parent, { recursive: true });
  });
  return { app, root };
}

test('the address without a slash leads to the one with it', async (t) => {
  const { app } = await start(t);
  const answer = await app.inject('/dashboard');
  assert.equal(answer.statusCode, 302);
  assert.equal(answer.headers.location, '/dashboard/');
  assert.equal((await app.inject('/')).headers.location, '/dashboard/', 'and so does the bare address');
});

test('index.html answers for every page of the dashboard, with its policy and never from a cache', async (t) => {
  const { app } = await start(t);
  for (const path of [
    '',
    'clients',
    'clients/abc/settings',
    'callback?code=1',
    'users/auth0%7Cjo@a.example',
    'index.html',
  ]) {
    const answer = await app.inject(`/dashboard/${path}`);
    assert.equal(answer.statusCode, 200, path);
    assert.match(answer.headers['content-type'] as string, /^text\/html/);
    assert.match(answer.body, /<title>Latchkey/);
    assert.equal(answer.headers['cache-control'], 'no-cache');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['x-frame-options'], 'DENY');
    assert.match(answer.headers['content-security-policy'] as string, /^default-src 'none'; script-src 'self';/);
    assert.match(answer.headers['content-security-policy'] as string, /frame-ancestors 'none'$/);
  }
});

test('hashed files are kept for a year, others for an hour', async (t) => {
  const { app } = await start(t);
  const script = await app.inject('/dashboard/assets/index-abc123.js');
  assert.equal(script.statusCode, 200);
  assert.match(script.headers['content-type'] as string, /javascript/);
  assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(script.headers['x-content-type-options'], 'nosniff');
  const icon = await app.inject('/dashboard/favicon.svg');
  assert.equal(icon.headers['cache-control'], 'public, max-age=3600');
  assert.equal(icon.headers['content-type'], 'image/svg+xml');
});

test('a compressed copy is sent to whoever accepts it', async (t) => {
  const { app } = await start(t);
  const url = '/dashboard/assets/index-abc123.js';
  const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
  assert.equal(answer.headers['content-encoding'], 'gzip');
  assert.match(answer.headers['content-type'] as string, /javascript/);
  assert.equal(answer.headers.vary, 'accept-encoding');
  assert.deepEqual(answer.rawPayload, gzipSync(SCRIPT));
});

test('a file that does not exist is not found, and nothing outside the folder is reachable', async (t) => {
  const { app } = await start(t);
  for (const path of ['assets/gone.js', 'robots.txt', 'assets/..%2f..%2f..%2fetc%2fpasswd', 'assets/', 'assets/.env']) {
    const answer = await app.inject(`/dashboard/${path}`);
    assert.ok(answer.statusCode === 404 || answer.statusCode === 403, `${path}: ${answer.statusCode}`);
  }
});

test('the configuration is made for each request and kept nowhere', async (t) => {
  const { app } = await start(t);
  const answer = await app.inject({ url: '/dashboard/config.json', headers: { host: 'other.example' } });
  assert.deepEqual(answer.json(), { ...CONFIG, tenant: 'other.example' });
  assert.equal(answer.headers['cache-control'], 'no-store');
});

test('without a build the pages say how to make one, and serve it as soon as it is there', async (t) => {
  const { app, root } = await start(t, false);
  const before = await app.inject('/dashboard/clients');
  assert.equal(before.statusCode, 503);
  assert.equal(before.headers['cache-control'], 'no-store');
  assert.match(before.body, /npm run build:dashboard/);
  await writeDist(root);
  const after = await app.inject('/dashboard/clients');
  assert.equal(after.statusCode, 200);
});
