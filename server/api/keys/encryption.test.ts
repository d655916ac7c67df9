// Encryption keys and custom signing keys, through HTTP. The customer's side of an import is done as its guide says.
import assert from 'node:assert/strict';
import { constants, createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

function wrap(publicKey: string, key: Buffer, oaepHash = 'sha256'): string {
  const once = randomBytes(32);
  const cipher = createCipheriv('id-aes256-wrap-pad', once, Buffer.from('a65959a6', 'hex'));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  const encrypted = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, once);
  return Buffer.concat([encrypted, wrapped]).toString('base64');
}

type Key = { kid: string; type: string; state: string; parent_kid: string | null };

onEveryServer('Encryption keys', (server) => {
  const path = '/keys/encryption';
  const list = async (): Promise<Key[]> => server.make('GET', path);
  const brief = (keys: Key[]) => keys.map(({ type, state }) => `${type} ${state}`);

  test('a tenant has a root key and a master key below it', async () => {
    const page = await server.make('GET', `${path}?include_totals=true&page=0&per_page=5`);
    assert.deepEqual([page.start, page.limit, page.total], [0, 5, 2]);
    const [root, master] = page.keys;
    assert.deepEqual(brief(page.keys), ['environment-root-key active', 'tenant-master-key active']);
    assert.deepEqual([root.parent_kid, master.parent_kid, root.public_key], [null, root.kid, null]);
    assert.ok(!JSON.stringify(page).includes('material'));
    assert.deepEqual(await server.make('GET', `${path}/${root.kid}`), root);
  });

  test('rekeying replaces the master key', async () => {
    const [, before] = await list();
    assert.equal((await server.api('POST', `${path}/rekey`)).status, 204);
    const keys = await list();
    assert.deepEqual(brief(keys), [
      'tenant-master-key active',
      'environment-root-key active',
      'tenant-master-key destroyed',
    ]);
    assert.equal(keys[2]!.kid, before!.kid);
    const token = await server.tokenWith('create:encryption_keys');
    assert.equal((await server.api('POST', `${path}/rekey`, undefined, token)).status, 403);
  });

  test('a customer’s root key is awaited, wrapped, imported and destroyed', async () => {
    const awaited = await server.api('POST', path, { type: 'customer-provided-root-key' });
    assert.deepEqual([awaited.status, awaited.body.state], [201, 'pre-activation']);
    const one = `${path}/${awaited.body.kid}`;
    assert.equal((await server.api('POST', one, { wrapped_key: 'x' })).status, 409);
    const wrapping = await server.api('POST', `${one}/wrapping-key`);
    assert.deepEqual([wrapping.status, wrapping.body.algorithm], [201, 'CKM_RSA_AES_KEY_WRAP']);
    const bad = await server.api('POST', one, { wrapped_key: 'bad-key-value' });
    assert.deepEqual(
      [bad.status, bad.body.message],
      [400, 'Invalid input. Wrapped key material is invalid or unsupported key type.'],
    );
    const short = wrap(wrapping.body.public_key, randomBytes(16));
    assert.equal((await server.api('POST', one, { wrapped_key: short })).status, 400);

    const imported = await server.api('POST', one, { wrapped_key: wrap(wrapping.body.public_key, randomBytes(32)) });
    assert.deepEqual([imported.status, imported.body.state, imported.body.public_key], [201, 'active', undefined]);
    const [master, root] = await list();
    assert.deepEqual([master!.type, master!.parent_kid], ['tenant-master-key', awaited.body.kid]);
    assert.equal(root!.kid, awaited.body.kid);
    const states = Object.groupBy(await list(), ({ type, state }) => `${type} ${state}`);
    assert.equal(states['environment-root-key active'], undefined);
    assert.equal(states['tenant-master-key active']!.length, 1);

    assert.equal((await server.api('DELETE', one)).status, 204);
    assert.equal((await server.make('GET', one)).state, 'destroyed');
    assert.equal((await server.api('DELETE', one)).status, 204);
    assert.deepEqual(brief(await list()).slice(0, 2), ['tenant-master-key active', 'environment-root-key active']);
  });

  test('the older hash of the key transport is understood as well', async () => {
    const { kid } = await server.make('POST', path, { type: 'customer-provided-root-key' });
    const { public_key } = await server.make('POST', `${path}/${kid}/wrapping-key`);
    const imported = await server.make('POST', `${path}/${kid}`, {
      wrapped_key: wrap(public_key, randomBytes(32), 'sha1'),
    });
    assert.equal(imported.state, 'active');
  });

  test('keys in force stay, and what is no key is refused', async () => {
    const keys = await list();
    const master = keys.find(({ type, state }) => type === 'tenant-master-key' && state === 'active')!;
    assert.equal((await server.api('DELETE', `${path}/${master.kid}`)).status, 400);
    assert.equal((await server.api('POST', `${path}/${master.kid}/wrapping-key`)).status, 409);
    const extra = await server.make('POST', path, { type: 'tenant-encryption-key' });
    assert.deepEqual([extra.state, extra.parent_kid], ['active', master.kid]);
    assert.equal((await server.api('POST', path, { type: 'tenant-master-key' })).status, 400);
    assert.equal((await server.api('GET', `${path}/nonsense`)).body.errorCode, 'invalid_uri');
    assert.equal((await server.api('GET', `${path}/${crypto.randomUUID()}`)).status, 404);
  });

  test('custom signing keys are public keys, kept as one set', async () => {
    const custom = '/keys/custom-signing';
    assert.equal((await server.api('GET', custom)).status, 404);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' };
    assert.deepEqual(await server.make('PUT', custom, { keys: [jwk] }), { keys: [jwk] });
    assert.deepEqual(await server.make('PUT', custom, { keys: [{ ...jwk, kid: 'two' }] }), {
      keys: [{ ...jwk, kid: 'two' }],
    });
    assert.equal((await server.make('GET', custom)).keys[0].kid, 'two');
    for (const keys of [[], [privateKey.export({ format: 'jwk' })], [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }]]) {
      assert.equal((await server.api('PUT', custom, { keys })).status, 400);
    }
    const token = await server.tokenWith('create:custom_signing_keys');
    assert.equal((await server.api('PUT', custom, { keys: [jwk] }, token)).status, 403);
    assert.equal((await server.api('DELETE', custom)).status, 204);
    assert.equal((await server.api('GET', custom)).status, 404);
  });
});
