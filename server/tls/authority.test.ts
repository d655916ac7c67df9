import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { checkServerIdentity } from 'node:tls';
import { ensureLocalCertificate } from './authority.ts';

const DAY = 24 * 3600 * 1000;
// Whole seconds, as certificates have them.
const NOW = Math.floor(Date.now() / 1000) * 1000;

function dataFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Serves HTTPS with the certificate, and answers what a client gets that trusts `caPath` and wants to reach `host`. */
async function visit(t: TestContext, identity: { key: string; cert: string; caPath: string }, host: string) {
  const server = createServer({ key: identity.key, cert: identity.cert }, (_, response) => response.end('hello'));
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sent = request({
    host: '127.0.0.1',
    port,
    agent: false,
    ca: readFileSync(identity.caPath),
    // The address is the same for all, since not every machine has ::1; the name to be proved is `host`.
    checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
  });
  sent.end();
  const [response] = await once(sent, 'response');
  return text(response);
}

test('a client that trusts the authority reaches localhost, 127.0.0.1 and ::1 over HTTPS', async (t) => {
  const identity = await ensureLocalCertificate(dataFolder(t), NOW);
  for (const host of ['localhost', '127.0.0.1', '::1']) {
    assert.equal(await visit(t, identity, host), 'hello', host);
  }
  await assert.rejects(visit(t, identity, 'example.com'), /does not match certificate/);
});

test('a client that trusts another authority does not', async (t) => {
  const identity = await ensureLocalCertificate(dataFolder(t), NOW);
  const other = await ensureLocalCertificate(dataFolder(t), NOW);
  await assert.rejects(visit(t, { ...identity, caPath: other.caPath }, 'localhost'), /unable to verify|signature/);
});

test('what the certificates say', async (t) => {
  const identity = await ensureLocalCertificate(dataFolder(t), NOW);
  const authority = new X509Certificate(readFileSync(identity.caPath));
  assert.equal(authority.subject, 'CN=Latchkey local CA');
  assert.equal(authority.ca, true);
  assert.equal(authority.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  assert.equal(authority.validToDate.getTime(), NOW + 3652 * DAY);
  const server = new X509Certificate(identity.cert);
  assert.equal(server.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  assert.equal(server.ca, false);
  assert.deepEqual(server.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.ok(server.checkIssued(authority));
  assert.equal(server.validToDate.getTime() - server.validFromDate.getTime(), 397 * DAY);
});

test('the keys can be read by their owner alone, and nothing else is left in the folder', async (t) => {
  const folder = dataFolder(t);
  await ensureLocalCertificate(folder, NOW);
  const modes = readdirSync(join(folder, 'tls')).map((name) => [
    name,
    statSync(join(folder, 'tls', name)).mode & 0o777,
  ]);
  assert.deepEqual(Object.fromEntries(modes), { 'authority.pem': 0o600, 'ca.pem': 0o644, 'localhost.pem': 0o600 });
});

test('the certificate is kept until 30 days before its end, then renewed by the same authority', async (t) => {
  const folder = dataFolder(t);
  const first = await ensureLocalCertificate(folder, NOW);
  assert.deepEqual(await ensureLocalCertificate(folder, NOW + 366 * DAY), first);
  const authority = readFileSync(first.caPath, 'utf8');
  const renewed = await ensureLocalCertificate(folder, NOW + 368 * DAY);
  assert.notEqual(renewed.cert, first.cert);
  assert.equal(readFileSync(renewed.caPath, 'utf8'), authority);
  assert.ok(new X509Certificate(renewed.cert).validToDate.getTime() > NOW + 760 * DAY);
});

test('an authority that would end before what it signs is replaced', async (t) => {
  const folder = dataFolder(t);
  const first = readFileSync((await ensureLocalCertificate(folder, NOW)).caPath, 'utf8');
  const late = await ensureLocalCertificate(folder, NOW + 3300 * DAY);
  assert.notEqual(readFileSync(late.caPath, 'utf8'), first);
  assert.ok(new X509Certificate(late.cert).checkIssued(new X509Certificate(readFileSync(late.caPath))));
});

test('missing and damaged files are made again, the others are kept', async (t) => {
  const folder = dataFolder(t);
  const before = await ensureLocalCertificate(folder, NOW);
  const authority = readFileSync(before.caPath, 'utf8');
  const file = (name: string) => join(folder, 'tls', name);

  writeFileSync(before.caPath, 'not a certificate');
  assert.deepEqual(await ensureLocalCertificate(folder, NOW), before);
  assert.equal(readFileSync(before.caPath, 'utf8'), authority);

  truncateSync(file('localhost.pem'), 300);
  const second = await ensureLocalCertificate(folder, NOW);
  assert.notEqual(second.cert, before.cert);
  assert.equal(readFileSync(before.caPath, 'utf8'), authority);

  writeFileSync(file('authority.pem'), readFileSync(file('localhost.pem')));
  const third = await ensureLocalCertificate(folder, NOW);
  assert.notEqual(readFileSync(third.caPath, 'utf8'), authority);
  assert.equal(await visit(t, third, 'localhost'), 'hello');
});

test('processes that start at once agree on one authority', async (t) => {
  const folder = dataFolder(t);
  const found = await Promise.all(Array.from({ length: 4 }, () => ensureElsewhere(folder)));
  const authority = new X509Certificate(readFileSync(join(folder, 'tls', 'ca.pem')));
  for (const { cert } of found) assert.ok(new X509Certificate(cert).verify(authority.publicKey));
  assert.equal(readdirSync(join(folder, 'tls')).length, 3);
});

test('the library that makes certificates is not loaded when there is nothing to make', async (t) => {
  const folder = dataFolder(t);
  assert.equal((await ensureElsewhere(folder)).loaded, true);
  assert.equal((await ensureElsewhere(folder)).loaded, false);
});

/** Calls `ensureLocalCertificate` in a process of its own. */
async function ensureElsewhere(folder: string): Promise<{ cert: string; loaded: boolean }> {
  const script = `
    import { createRequire } from 'node:module';
    import { ensureLocalCertificate } from ${JSON.stringify(new URL('./authority.ts', import.meta.url).href)};
    const { cert } = await ensureLocalCertificate(${JSON.stringify(folder)}, ${NOW});
    const loaded = Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('x509'));
    console.log(JSON.stringify({ cert, loaded }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout));
}
