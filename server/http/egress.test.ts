import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { EgressError, type EgressProblem, isPublic, makeEgress } from './egress.ts';

const inside = makeEgress({ allowPrivate: true });
const outside = makeEgress({ allowPrivate: false });

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  after(() => server.closeAllConnections());
  after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refused(job: Promise<unknown>, problem: EgressProblem): Promise<EgressError> {
  const error = await job.then(
    () => assert.fail('It was not refused.'),
    (error: unknown) => error,
  );
  assert.ok(error instanceof EgressError, String(error));
  assert.equal(error.problem, problem);
  return error;
}

after(async () => {
  await inside.close();
  await outside.close();
});

describe('addresses', () => {
  const SPECIAL = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0',
    '224.0.0.1', '255.255.255.255', '198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1',
    '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001:0:1::']; // biome-ignore format: a list
  for (const address of SPECIAL) test(`${address} is not public`, () => assert.equal(isPublic(address), false));
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])
    test(`${address} is public`, () => assert.equal(isPublic(address), true));
  test('a name is not an address', () => assert.equal(isPublic('example.com'), false));
});

describe('the guard', () => {
  test('refuses special addresses however they are written', async () => {
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
    ])
      await refused(outside.fetchJson(`https://${host}/`), 'address');
  });

  test('refuses a name that resolves to a special address', async () => {
    await refused(outside.fetchJson('https://localhost:1/'), 'address');
  });

  test('fetches over https only', async () => {
    for (const url of ['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'data:,{}', 'nonsense'])
      await refused(outside.fetchJson(url), 'url');
  });

  test('takes no credentials in a URL', async () => {
    await refused(inside.fetchJson('https://user:secret@example.com/'), 'url');
  });

  test('fetches JSON where private addresses are allowed', async () => {
    const url = await serve((request, response) => response.end(JSON.stringify({ accept: request.headers.accept })));
    assert.deepEqual(await inside.fetchJson(url), { accept: 'application/json' });
  });

  test('sends what it is given and answers whatever the status is', async () => {
    const url = await serve((request, response) => {
      response.statusCode = 418;
      response.setHeader('x-method', request.method!);
      request.pipe(response);
    });
    const answer = await inside.send(url, { method: 'POST', body: 'hello', headers: { 'content-type': 'text/plain' } });
    assert.equal(answer.status, 418);
    assert.equal(answer.headers['x-method'], 'POST');
    assert.equal(answer.body.toString(), 'hello');
  });

  test('follows no redirect', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    await refused(inside.fetchJson(url), 'redirect');
  });

  test('tells the status of what is not there', async () => {
    const url = await serve((_, response) => response.writeHead(404).end('{}'));
    assert.equal((await refused(inside.fetchJson(url), 'status')).status, 404);
  });

  test('takes nothing but JSON', async () => {
    const url = await serve((_, response) => response.end('<html>'));
    await refused(inside.fetchJson(url), 'content');
  });

  test('stops reading at the size limit', async () => {
    const url = await serve((_, response) => {
      response.write('x'.repeat(6000));
    });
    await refused(inside.fetchJson(url, { maxBytes: 5000 }), 'size');
  });

  test('waits no longer than the time limit, for the answer or its end', async () => {
    const silent = await serve(() => {});
    await refused(inside.fetchJson(silent, { timeoutMs: 50 }), 'timeout');
    const endless = await serve((_, response) => response.write('{'));
    await refused(inside.fetchJson(endless, { timeoutMs: 50 }), 'timeout');
  });

  test('says nothing of the network behind a connection that failed', async () => {
    const error = await refused(inside.fetchJson('http://127.0.0.1:1/'), 'connection');
    assert.equal(error.message, '127.0.0.1:1 could not be reached');
  });
});
