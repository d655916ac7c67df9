/** A server ends in order while clients hold on to it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { start } from '../main.ts';
import { drain } from './drain.ts';

test('requests that run are answered, and clients that keep their connections hold nothing up', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-drain-'));
  const agent = new Agent({ keepAlive: true });
  t.after(() => {
    agent.destroy();
    rmSync(folder, { recursive: true });
  });
  const config = readConfig({ LATCHKEY_DATA_DIR: folder, LATCHKEY_HTTP_PORT: '0', LATCHKEY_HTTPS_PORT: 'off' });
  const running = await start(config, () => {});
  const headers = { 'content-type': 'application/json' };
  const sent = request({ agent, port: running.httpPort, method: 'POST', path: '/oauth/token', headers });
  sent.write('{"grant_type":');
  await once(running.app.server.app.server, 'request');
  const began = performance.now();
  const stopped = running.stop();
  sent.end('"client_credentials"}');
  const [answer] = await once(sent, 'response');
  assert.equal(answer.resume().statusCode, 400);
  await stopped;
  assert.ok(performance.now() - began < 5000, `it took ${performance.now() - began} ms`);
  await assert.rejects(fetch(`http://127.0.0.1:${running.httpPort}/healthz`));
});

test('what never asks anything is cut off in the end', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [silent, slow] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  slow.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
  await once(server, 'request');
  const ended = Promise.all([silent, slow].map((socket) => once(socket.on('error', () => {}).resume(), 'close')));
  const began = performance.now();
  await drain(server, 300);
  await ended;
  assert.ok(performance.now() - began >= 290);
});
