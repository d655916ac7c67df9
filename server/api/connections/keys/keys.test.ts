/** The operations of `/connections/{id}/keys` over HTTP. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { textsAtRest } from '../../testing.ts';

onEveryServer('Keys of connections', (server) => {
  let count = 0;
  const make = (strategy: string, options: object = {}) =>
    server.make('POST', '/connections', { name: `keys-${++count}`, strategy, options });
  const states = (keys: Record<string, unknown>[]) =>
    keys.map((key) => ['current', 'next', 'previous'].find((state) => key[state]));

  test('a connection that signs has keys from the start', async () => {
    const { id, name } = await make('oidc', { token_endpoint_auth_method: 'private_key_jwt' });
    const keys = await server.make('GET', `/connections/${id}/keys`);
    assert.deepEqual(states(keys), ['current', 'next']);
    for (const key of keys) {
      assert.equal(key.algorithm, 'RS256');
      assert.equal(key.key_use, 'signing');
      assert.equal(key.subject_dn, `/CN=${name}`);
      assert.equal(new X509Certificate(key.cert).fingerprint, key.fingerprint);
      assert.equal(key.thumbprint, key.fingerprint.replaceAll(':', ''));
      assert.match(key.pkcs, /^-----BEGIN PKCS7-----/);
      assert.equal(key.private_key, undefined);
    }
    assert.equal((await server.api('POST', `/connections/${id}/keys`)).status, 409);
  });

  test('a connection that begins to sign gets keys, once', async () => {
    const { id } = await make('okta');
    assert.deepEqual(await server.make('GET', `/connections/${id}/keys`), []);
    const signs = { options: { token_endpoint_auth_method: 'private_key_jwt' } };
    await server.make('PATCH', `/connections/${id}`, signs);
    const keys = await server.make('GET', `/connections/${id}/keys`);
    await server.make('PATCH', `/connections/${id}`, signs);
    assert.deepEqual(await server.make('GET', `/connections/${id}/keys`), keys);
  });

  test('keys are made of the algorithm that is asked for, and move on by rotation', async () => {
    const { id } = await make('oidc');
    const path = `/connections/${id}/keys`;
    const [first, second] = await server.make('POST', path, { signing_alg: 'ES384' });
    assert.equal(first.algorithm, 'ES384');
    assert.equal(new X509Certificate(first.cert).publicKey.asymmetricKeyType, 'ec');
    const third = await server.make('POST', `${path}/rotate`, { signing_alg: 'PS256' });
    assert.equal(third.next, true);
    const rotated = await server.make('GET', path);
    assert.deepEqual(
      rotated.map(({ kid }: { kid: string }) => kid),
      [second.kid, third.kid, first.kid],
    );
    assert.deepEqual(states(rotated), ['current', 'next', 'previous']);
    await server.make('POST', `${path}/rotate`);
    const again = await server.make('GET', path);
    assert.equal(again.length, 3);
    assert.ok(!again.some(({ kid }: { kid: string }) => kid === first.kid), 'the oldest is gone');
  });

  test('what has no keys, and what is not asked rightly, is refused', async () => {
    const saml = await make('samlp');
    const oidc = await make('oidc');
    for (const [path, body, status] of [
      [`/connections/${saml.id}/keys`, {}, 400],
      [`/connections/${oidc.id}/keys`, { signing_alg: 'HS256' }, 400],
      [`/connections/${oidc.id}/keys`, { more: 1 }, 400],
      [`/connections/${oidc.id}/keys`, [], 400],
      [`/connections/${oidc.id}/keys/rotate`, undefined, 400],
      ['/connections/con_nobody/keys', {}, 404],
      ['/connections/con_nobody/keys/rotate', {}, 404],
    ] as const) {
      assert.equal((await server.api('POST', path, body)).status, status, `${path} ${JSON.stringify(body)}`);
    }
    assert.equal((await server.api('GET', '/connections/con_nobody/keys')).status, 404);
    const half = await server.tokenWith('create:connections_keys');
    assert.equal((await server.api('POST', `/connections/${oidc.id}/keys/rotate`, {}, half)).status, 403);
  });

  test('private keys are sealed, and go with the connection', async () => {
    const { id } = await make('oidc', { token_endpoint_auth_method: 'private_key_jwt' });
    for (const text of await textsAtRest(server)) assert.doesNotMatch(text, /BEGIN PRIVATE KEY/);
    const [{ kid }] = await server.make('GET', `/connections/${id}/keys`);
    await server.make('DELETE', `/connections/${id}`);
    const { read } = server.services.database;
    const documents = await read.query(
      read.build.selectFrom('documents').select('id').where('kind', '=', 'connection_key').where('id', '=', kid),
    );
    assert.deepEqual(documents, []);
  });
});
