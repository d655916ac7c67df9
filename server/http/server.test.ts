/** What every request meets before a handler does: hosts, sizes, malformed input, headers, and no way to forge a log. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { onEveryServer } from '../testing.ts';

onEveryServer('every request', (server) => {
  /** Sends bytes as they are; answers everything that comes back until the connection is closed. */
  async function raw(text: string, { hangUp = false } = {}): Promise<string> {
    const { port } = new URL(server.base);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(text);
    if (hangUp) socket.end();
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    await once(socket, 'close');
    return answer;
  }
  const host = () => new URL(server.base).host;

  test('a host that is not ours is misdirected, and its name is not repeated', async () => {
    for (const name of ['evil.example.com', `evil.com:1`, 'localhost', `${'a'.repeat(300)}.com`, '[::1']) {
      const answer = await raw(`GET /authorize HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 421 /, name);
      assert.doesNotMatch(answer, /evil/);
    }
    assert.match(await raw(`GET / HTTP/1.1\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 400 /);
  });

  test('a supervisor that comes by address is told that the process is well', async () => {
    for (const name of [host(), '10.1.2.3:3000', 'no.host.of.ours']) {
      const answer = await raw(`GET /healthz HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 200 /, name);
      assert.match(answer, /\{"status":"ok"\}$/);
    }
    assert.equal((await fetch(`${server.base}/healthz`, { method: 'HEAD' })).status, 200);
  });

  test('links and issuers come from what is configured, not from forwarded headers', async () => {
    const answer = await server.get('/.well-known/openid-configuration', {
      'x-forwarded-host': 'evil.example.com',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example.com',
    });
    assert.equal(answer.body.issuer, server.issuer);
    assert.doesNotMatch(answer.text, /evil/);
  });

  test('oversized bodies are refused in the family of the route', async () => {
    const big = 'x'.repeat(1_100_000);
    const api = await server.api('POST', '/clients', { name: big });
    assert.equal(api.status, 413);
    assert.equal(api.body.statusCode, 413);
    const oauth = await server.post('/oauth/token', { grant_type: big });
    assert.equal(oauth.status, 413);
    assert.equal(oauth.body.error, 'invalid_request');
    const page = await server.post('/u/login', { username: big });
    assert.equal(page.status, 413);
    assert.match(page.headers.get('content-type')!, /html/);
  });

  test('malformed JSON, poisoned keys, wrong types of content', async () => {
    for (const body of [
      '{',
      '[]]',
      '{"__proto__": {"x": 1}}',
      '{"constructor": {"prototype": {"x": 1}}}',
      'nonsense',
    ]) {
      const answer = await server.api('POST', '/clients', body);
      assert.equal(answer.status, 400, body);
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    const text = await fetch(`${server.base}/api/v2/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'text/xml' },
      body: '<x/>',
    });
    assert.equal(text.status, 415);
    assert.equal(((await text.json()) as { statusCode: number }).statusCode, 415);
  });

  test('an error page carries a tracking id and shows nothing as markup', async () => {
    const answer = await server.get('/authorize?client_id=%3Cscript%3Ealert(1)%3C/script%3E');
    assert.equal(answer.status, 400);
    assert.doesNotMatch(answer.text, /<script>alert/);
    assert.match(answer.headers.get('content-security-policy')!, /default-src 'none'/);
    const missing = await server.get('/nothing/here');
    assert.equal(missing.status, 404);
    assert.match(missing.headers.get('content-type')!, /html/);
    const api = await server.get('/api/v2/nothing');
    assert.equal(api.status, 404);
    assert.equal(api.body.statusCode, 404);
  });

  test('a program that asks for an endpoint that is not there gets what it can read; a browser a page', async () => {
    const ask = (accept: string) =>
      fetch(`${server.base}/dbconnections/signup`, {
        method: 'POST',
        headers: { accept },
        body: new URLSearchParams(),
      });
    const program = await ask('*/*');
    assert.equal(program.status, 404);
    assert.equal(((await program.json()) as { error: string }).error, 'not_found');
    const browser = await ask('text/html,application/xhtml+xml,*/*;q=0.8');
    assert.equal(browser.status, 404);
    assert.match(browser.headers.get('content-type')!, /html/);
  });

  test('an address that cannot be read is refused in the family of its path', async () => {
    const api = await server.get('/api/v2/clients/%ff');
    assert.deepEqual([api.status, api.body.statusCode, api.body.errorCode], [400, 400, 'invalid_uri']);
    const long = await server.get(`/api/v2/clients/${'x'.repeat(3000)}`);
    assert.deepEqual([long.status, long.body.error], [414, 'URI Too Long']);
    const page = await server.get('/u/%ff<script>');
    assert.deepEqual([page.status, page.text], [400, 'The address is malformed or too long.\n']);
  });

  test('a header cannot be split and a log event cannot be forged by what is sent', async () => {
    const nasty = 'x\r\nset-cookie: stolen=1\r\n\r\n{"type":"s"}\u001b[31m';
    const query = new URLSearchParams({ client_id: nasty, redirect_uri: nasty, state: nasty, response_type: 'code' });
    const answer = await server.get(`/authorize?${query}`, { 'user-agent': 'agent "quoted" \\ {"type":"s"}' });
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.get('set-cookie')?.includes('stolen') ?? false, false);
    const refused = await server.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: server.setup.client_id,
      client_secret: nasty,
      audience: nasty,
    });
    assert.equal(refused.status, 401);
    const [event] = await server.make('GET', '/logs?per_page=1');
    assert.equal(event.type, 'feccft');
    assert.equal(JSON.stringify(event).includes('stolen'), false, 'no secret in logs');
  });

  test('what a client sends as its state comes back encoded in the one Location header', async () => {
    const client = await server.make('POST', '/clients', {
      name: 'App',
      callbacks: ['https://app.example.com/cb'],
      app_type: 'regular_web',
    });
    const query = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: 'https://app.example.com/cb',
      response_type: 'code',
      prompt: 'none',
      state: 'a\r\nset-cookie: stolen=1',
    });
    const answer = await server.get(`/authorize?${query}`);
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.equal(new URL(answer.headers.get('location')!).searchParams.get('state'), 'a\r\nset-cookie: stolen=1');
  });

  test('every answer has the headers that keep a browser careful', async () => {
    for (const path of ['/authorize', '/healthz', '/nothing', '/api/v2/clients', '/.well-known/jwks.json', '/%ff']) {
      const { headers } = await server.get(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    }
  });

  test('cross-origin calls: preflights are answered, errors can be read, pages stay closed', async () => {
    const origin = { origin: 'https://app.example.com' };
    const preflight = await fetch(`${server.base}/oauth/token`, {
      method: 'OPTIONS',
      headers: {
        ...origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'auth0-client,content-type',
      },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers')!, /auth0-client/);
    const error = await server.post('/oauth/token', { grant_type: 'x' }, { headers: origin });
    assert.equal(error.headers.get('access-control-allow-origin'), '*');
    assert.equal(error.headers.get('access-control-allow-credentials'), null);
    const page = await server.get('/authorize', origin);
    assert.equal(page.headers.get('access-control-allow-origin'), null);
  });

  test('half a request, or one in pieces, does not hurt the server', async () => {
    await raw(`POST /oauth/token HTTP/1.1\r\nHost: ${host()}\r\nContent-Length: 100\r\n\r\ngrant`, { hangUp: true });
    await raw('\u0000\u0001\u0002 garbage\r\n\r\n');
    assert.equal((await server.get('/healthz')).status, 200);
  });
});

onEveryServer(
  'behind a proxy',
  (server) => {
    test('documents are told apart by the host that the proxy names', async () => {
      const { host } = new URL(server.base);
      server.services.sites.add({
        tenant: server.tenant,
        host: 'login.example.com',
        issuer: 'https://login.example.com/',
      });
      const issuerAt = async (forwarded: string) => {
        const headers = { 'x-forwarded-host': forwarded };
        return (await server.get('/.well-known/openid-configuration', headers)).body?.issuer;
      };
      assert.equal(await issuerAt('login.example.com'), 'https://login.example.com/');
      assert.equal(await issuerAt(host), server.issuer);
      assert.equal((await server.get('/.well-known/openid-configuration')).body.issuer, server.issuer);
      assert.equal(await issuerAt('login.example.com'), 'https://login.example.com/');
      assert.equal(await issuerAt('evil.example.com'), undefined);
    });
  },
  { trustProxy: '127.0.0.1' },
);
