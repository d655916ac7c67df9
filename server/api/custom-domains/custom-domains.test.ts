// Custom domains, through HTTP. Servers of tests are on localhost, where no DNS is asked.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

/** Asks the server under another host. `fetch` would set the header itself. */
function discovery(base: string, host: string): Promise<{ status: number; body: string }> {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/.well-known/openid-configuration', headers: { host } });
    call.on('error', reject).on('response', async (response) => {
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      resolve({ status: response.statusCode!, body });
    });
    call.end();
  });
}

onEveryServer('Custom domains', (server) => {
  const path = '/custom-domains';
  const managed = (domain: string, more: object = {}) => ({ domain, type: 'auth0_managed_certs', ...more });

  test('a domain tells how it is shown to be yours', async () => {
    const made = await server.api('POST', path, managed('Login.Example.com', { domain_metadata: { a: '1' } }));
    assert.equal(made.status, 201);
    assert.match(made.body.custom_domain_id, /^cd_\w{16}$/);
    assert.deepEqual(made.body.verification.methods, [
      { name: 'CNAME', record: 'localhost', domain: 'login.example.com' },
    ]);
    assert.deepEqual(
      [made.body.status, made.body.primary, made.body.is_default, made.body.tls_policy],
      ['pending_verification', true, false, 'recommended'],
    );
    const own = await server.make('POST', path, { domain: 'own.example.com', type: 'self_managed_certs' });
    assert.equal(own.verification.methods[0].name, 'TXT');
    assert.equal(own.verification.methods[0].domain, '_cf-custom-hostname.own.example.com');
    assert.deepEqual([own.custom_client_ip_header, own.primary], [null, false]);
    assert.deepEqual(await server.make('GET', `${path}/${own.custom_domain_id}`), own);
  });

  test('a host is a domain once', async () => {
    assert.equal((await server.api('POST', path, managed('login.example.com'))).status, 409);
    assert.equal((await server.api('POST', path, managed('localhost'))).status, 409);
  });

  test('the list is bare, or an envelope from a checkpoint on', async () => {
    const all = await server.make('GET', path);
    assert.deepEqual(
      all.map(({ domain }: { domain: string }) => domain),
      ['login.example.com', 'own.example.com'],
    );
    const page = await server.make('GET', `${path}?take=1`);
    assert.deepEqual([page.custom_domains.length, page.next], [1, page.custom_domains[0].custom_domain_id]);
    const found = await server.make('GET', `${path}?q=domain:own*&take=10`);
    assert.equal(found.custom_domains.length, 1);
    assert.deepEqual(await server.make('GET', `${path}?fields=domain&sort=domain:-1`), [
      { domain: 'own.example.com' },
      { domain: 'login.example.com' },
    ]);
    assert.equal((await server.api('GET', `${path}?q=nonsense`)).status, 400);
    assert.equal((await server.api('GET', `${path}?sort=nonsense`)).status, 400);
  });

  test('metadata is merged and null takes away', async () => {
    const [{ custom_domain_id: id }] = await server.make('GET', path);
    const one = `${path}/${id}`;
    const changed = await server.make('PATCH', one, {
      domain_metadata: { a: null, b: '2' },
      relying_party_identifier: 'example.com',
    });
    assert.deepEqual([changed.domain_metadata, changed.relying_party_identifier], [{ b: '2' }, 'example.com']);
    assert.equal(
      (await server.make('PATCH', one, { relying_party_identifier: null })).relying_party_identifier,
      undefined,
    );
    const foreign = await server.api('PATCH', one, { custom_client_ip_header: 'x-forwarded-for' });
    assert.equal(foreign.status, 400);
  });

  test('a verified domain is a host of the tenant with an issuer of its own', async () => {
    const [{ custom_domain_id: id }] = await server.make('GET', path);
    assert.equal((await discovery(server.base, 'login.example.com')).status, 421);
    assert.equal((await server.api('POST', `${path}/${id}/test`)).status, 409);
    const verified = await server.api('POST', `${path}/${id}/verify`);
    assert.equal(verified.status, 201);
    assert.deepEqual(
      [verified.body.status, verified.body.verification.status, verified.body.origin_domain_name],
      ['ready', 'verified', 'localhost'],
    );
    const known = await discovery(server.base, 'login.example.com');
    assert.equal(JSON.parse(known.body).issuer, 'https://login.example.com/');
    assert.deepEqual(await server.make('POST', `${path}/${id}/test`), { success: true });
    assert.equal((await server.api('POST', `${path}/${id}/verify`)).status, 201);
  });

  test('the default is a verified domain, or the tenant’s own', async () => {
    const { host } = new URL(server.base);
    assert.deepEqual(await server.make('GET', `${path}/default`), { domain: host });
    assert.equal((await server.api('PATCH', `${path}/default`, { domain: 'own.example.com' })).status, 400);
    assert.equal((await server.api('PATCH', `${path}/default`, { domain: 'other.example.com' })).status, 400);
    const chosen = await server.make('PATCH', `${path}/default`, { domain: 'login.example.com' });
    assert.equal(chosen.is_default, true);
    assert.deepEqual(await server.make('GET', `${path}/default`), chosen);
    assert.equal((await server.api('DELETE', `${path}/${chosen.custom_domain_id}`)).status, 409);
    assert.deepEqual(await server.make('PATCH', `${path}/default`, { domain: host }), { domain: host });
  });

  test('a domain that goes is no host any more', async () => {
    const [{ custom_domain_id: id }] = await server.make('GET', path);
    assert.equal((await server.api('DELETE', `${path}/${id}`)).status, 204);
    // Documents of hosts are kept for a second.
    server.advance(2000);
    assert.equal((await discovery(server.base, 'login.example.com')).status, 421);
    assert.equal((await server.api('GET', `${path}/${id}`)).body.errorCode, 'inexistent_custom_domain');
    assert.equal((await server.api('POST', `${path}/${id}/verify`)).status, 404);
    assert.equal((await server.api('DELETE', `${path}/${id}`)).status, 204);
  });

  test('what is no domain is refused', async () => {
    const bad: [unknown, RegExp][] = [
      [managed('not a host'), /does not match pattern/],
      [{ domain: 'x.example.com' }, /Missing required property: type/],
      [managed('x.example.com', { type: 'other' }), /No enum match for: other/],
      [managed('x.example.com', { primary: true }), /Additional properties not allowed: primary/],
      [managed('x.example.com', { domain_metadata: { a: 1 } }), /Expected type string,null/],
    ];
    for (const [body, message] of bad) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400);
      assert.match(answer.body.message, message);
    }
    const token = await server.tokenWith('read:custom_domains');
    assert.equal((await server.api('POST', path, managed('x.example.com'), token)).status, 403);
  });
});
