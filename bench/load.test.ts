import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, lastDescendant, residentBytes, secondsOf } from './cpu.ts';
import { openConnections, runLoad } from './load.ts';
import { table } from './report.ts';
import { signatureSeconds } from './signature.ts';
import { mean, median, percentile, slope } from './statistics.ts';

/** A server that answers at once and counts its requests and connections. */
async function startServer(t: TestContext) {
  const seen = { requests: 0, connections: 0, bodies: [] as string[] };
  const server = createServer(async (request, response) => {
    seen.requests += 1;
    let body = '';
    for await (const chunk of request) body += chunk;
    if (body !== '') seen.bodies.push(`${request.headers['content-type']} ${body}`);
    if (request.url === '/bad') response.writeHead(400).end('{"error":"bad"}');
    else if (request.url === '/moved') response.writeHead(302, { location: '/', 'set-cookie': ['a=1', 'b=2'] }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"fine":true}');
  });
  server.on('connection', () => {
    seen.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = openConnections(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 3);
  t.after(async () => {
    await http.close();
    server.close();
  });
  return { http, seen };
}

test('loops keep their connections busy for the time given, and only that counts', async (t) => {
  const { http, seen } = await startServer(t);
  let requestsBefore = 0;
  const result = await runLoad({
    connections: 3,
    warmUpMs: 50,
    durationMs: 200,
    next: () => http.json({ path: '/' }),
    around: async (piece) => {
      requestsBefore = seen.requests;
      await piece();
    },
  });
  assert.ok(requestsBefore > 0);
  assert.equal(result.operations, seen.requests - requestsBefore);
  assert.equal(result.errors, 0);
  assert.equal(seen.connections, 3);
  assert.ok(result.seconds >= 0.2 && result.seconds < 1);
  assert.equal(Math.round(result.rate * result.seconds), result.operations);
  assert.ok(result.p50 > 0 && result.p50 <= result.p95 && result.p95 <= result.p99);
});

test('a number of operations ends the run, shared by all loops', async () => {
  const byLoop = [0, 0, 0, 0];
  const next = async (loop: number) => {
    byLoop[loop]! += 1;
    await sleep(1);
  };
  const result = await runLoad({ connections: 4, durationMs: 60_000, operations: 100, next });
  assert.equal(result.operations, 100);
  assert.equal(
    byLoop.reduce((sum, count) => sum + count),
    100,
  );
  assert.ok(Math.min(...byLoop) > 10);
});

test('what is done between the pieces of a run does not count', async () => {
  const order: string[] = [];
  const result = await runLoad({
    connections: 2,
    durationMs: 60_000,
    operations: 40,
    pieces: 2,
    next: () => sleep(1),
    around: async (piece) => {
      await piece();
      order.push('between');
      await sleep(500);
    },
  });
  assert.deepEqual(order, ['between', 'between']);
  assert.equal(result.operations, 40);
  assert.ok(result.seconds < 0.5, `${result.seconds} s`);
});

test('failures are counted apart, and a loop that only fails gives up', async (t) => {
  const { http } = await startServer(t);
  let count = 0;
  const next = () => http.json({ path: count++ % 2 === 0 ? '/' : '/bad' });
  const result = await runLoad({ connections: 1, durationMs: 60_000, operations: 10, next });
  assert.deepEqual([result.operations, result.errors], [5, 5]);
  assert.match(String(result.firstError), /GET \/bad: 400 \{"error":"bad"\}/);
  const hopeless = await runLoad({ connections: 1, durationMs: 60_000, next: () => http.json({ path: '/bad' }) });
  assert.deepEqual([hopeless.operations, hopeless.errors], [0, 20]);
});

test('a pause keeps a loop from asking at once again', async () => {
  const result = await runLoad({ connections: 1, durationMs: 100, pauseMs: 20, next: async () => {} });
  assert.ok(result.operations <= 6);
  assert.ok(result.p99 < 15);
});

test('bodies are JSON or forms; redirects and cookies are left to the caller', async (t) => {
  const { http, seen } = await startServer(t);
  await http.json({ method: 'POST', path: '/', body: { a: 1 } });
  await http.json({ method: 'POST', path: '/', body: new URLSearchParams({ a: 'ä b' }) });
  assert.deepEqual(seen.bodies, ['application/json {"a":1}', 'application/x-www-form-urlencoded a=%C3%A4+b']);
  const { status, headers } = await http.ask({ path: '/moved' });
  assert.deepEqual([status, headers.location, headers['set-cookie']], [302, ['/'], ['a=1', 'b=2']]);
});

test('processor time and memory of a process are told', () => {
  const before = cpuSeconds(process.pid);
  const start = process.cpuUsage();
  const hash = createHash('sha256');
  for (const end = performance.now() + 200; performance.now() < end; ) hash.update(Buffer.alloc(10_000));
  const { user, system } = process.cpuUsage(start);
  const used = cpuSeconds(process.pid) - before;
  assert.ok(Math.abs(used - (user + system) / 1e6) < 0.04, `${used} s`);
  assert.ok(Math.abs(residentBytes(process.pid) / process.memoryUsage.rss() - 1) < 0.2);
  assert.equal(lastDescendant(process.pid), process.pid);
  assert.deepEqual(['0:01.50', '01:00:02', '2-03:00:00'].map(secondsOf), [1.5, 3602, 183_600]);
});

test('the yardstick is that of a signature', async () => {
  const s = await signatureSeconds();
  assert.ok(s > 20e-6 && s < 20e-3, `${s} s`);
});

test('statistics', () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.ok(Number.isNaN(median([])));
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual([percentile(hundred, 95), percentile(hundred, 99), percentile(hundred, 100)], [95, 99, 100]);
  assert.equal(percentile([7], 99), 7);
  assert.equal(
    slope([
      { x: 0, y: 1 },
      { x: 2, y: 2 },
      { x: 4, y: 3 },
    ]),
    0.5,
  );
  assert.equal(mean([1, 2, 6]), 3);
});

test('the table tells what broke its budget', () => {
  const line = { operation: '', rate: 1000, p50: 1, p95: 2, p99: 3, errors: 0 };
  const text = table([
    { ...line, name: 'jwks', value: 0.1, budget: { limit: 0.12, is: 'most', unit: 'S' }, passed: true },
    { ...line, name: 'refresh', value: 3.456, budget: { limit: 3, is: 'most', unit: 'S' }, passed: false },
  ]);
  const [, , first, second] = text.split('\n');
  assert.match(first!, /^\| jwks +\| 0\.10 +\| at most 0\.12 S \| 1000 .*\| pass \|$/);
  assert.match(second!, /^\| refresh +\| 3\.46 .*\| FAIL \|$/);
});
