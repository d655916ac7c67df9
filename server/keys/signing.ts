/**
 * A tenant's signing keys: `next` is published before it signs, `current` signs, `previous` ones still verify, and
 * `revoked` ones are remembered and trusted by nobody. Private keys are sealed at rest.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Sql } from '../storage/database.ts';
import type { Sealer } from '../storage/documents.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { SigningKeyTable } from '../storage/tables.ts';
import { makeSigningCertificate } from '../tls/selfsigned.ts';
import type { KeyPair } from '../tls/x509.ts';
import { randomSecret } from './secrets.ts';

export type SigningKey = {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
};

/** What signs and what verifies now, and the JSON of the key set document. */
export type KeySet = {
  readonly current: SigningKey;
  readonly verifying: ReadonlyMap<string, SigningKey>;
  readonly jwks: string;
};

/** A key pair that has no place in the order of keys yet. */
export type NewKey = Pick<SigningKeyTable, 'kid' | 'certificate'> & { readonly privateKey: string };

/** The context that private keys are sealed in. */
export const SEALED_AS = 'signing_key';

const COLUMNS = [
  'tenant',
  'kid',
  'status',
  'certificate',
  'private_key_sealed',
  'created_at',
  'current_since',
  'rotated_at',
  'revoked_at',
] as const satisfies readonly (keyof SigningKeyTable)[];

const insertKey = statement<SigningKeyTable>((q, bind) => q.insertInto('signing_keys').values(bindAll(bind, COLUMNS)));
const allKeys = statement<{ tenant: string }, SigningKeyTable>((q, bind) =>
  q.selectFrom('signing_keys').selectAll().where('tenant', '=', bind('tenant')).orderBy('created_at').orderBy('kid'),
);
const moveOn = statement<{
  tenant: string;
  from: string;
  to: SigningKeyTable['status'];
  rotated: number | null;
  since: number | null;
}>((q, bind) =>
  q
    .updateTable('signing_keys')
    .set((e) => ({
      status: bind('to'),
      rotated_at: e.fn.coalesce(bind('rotated'), 'rotated_at'),
      current_since: e.fn.coalesce(bind('since'), 'current_since'),
    }))
    .where('tenant', '=', bind('tenant'))
    .where('status', '=', bind('from') as never),
);
const revokeKey = statement<{ tenant: string; kid: string; now: number }>((q, bind) =>
  q
    .updateTable('signing_keys')
    .set({ status: 'revoked', revoked_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('kid', '=', bind('kid'))
    .where('status', '=', 'previous'),
);

const generateRsa = promisify(generateKeyPair);

/** Makes the pair of a 2048-bit RSA key, on the thread pool. Takes long. */
export function generateSigningPair(): Promise<KeyPair> {
  return generateRsa('rsa', { modulusLength: 2048 });
}

/**
 * Makes a signing key and its certificate. Call before a unit of work, never in it.
 * @param makePair another source of pairs, for tests
 */
export async function generateSigningKey(domain: string, now: number, makePair = generateSigningPair): Promise<NewKey> {
  const { privateKey, publicKey } = await makePair();
  const certificate = await makeSigningCertificate({
    privateKey,
    publicKey,
    commonName: domain.replace(/:\d+$/, ''),
    now,
  });
  return {
    kid: randomSecret(16),
    certificate,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/** Adds a key with a place in the order. */
export async function addSigningKey(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  key: NewKey,
  status: 'next' | 'current',
  now: number,
): Promise<void> {
  await sql.run(insertKey, {
    tenant,
    kid: key.kid,
    status,
    certificate: key.certificate,
    private_key_sealed: sealer.seal(key.privateKey, SEALED_AS),
    created_at: now,
    current_since: status === 'current' ? now : null,
    rotated_at: null,
    revoked_at: null,
  });
}

/** All keys as stored, oldest first. */
export function listSigningKeys(sql: Sql, tenant: string): Promise<SigningKeyTable[]> {
  return sql.all(allKeys, { tenant });
}

/** `next` begins to sign, `current` becomes `previous`, and the fresh key is the new `next`. */
export async function rotateSigningKeys(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  fresh: NewKey,
  now: number,
): Promise<void> {
  await sql.run(moveOn, { tenant, from: 'current', to: 'previous', rotated: now, since: null });
  await sql.run(moveOn, { tenant, from: 'next', to: 'current', rotated: null, since: now });
  await addSigningKey(sql, sealer, tenant, fresh, 'next', now);
}

/** Revokes a previous key; answers false when the key is not a previous one. */
export async function revokeSigningKey(sql: Sql, tenant: string, kid: string, now: number): Promise<boolean> {
  return (await sql.run(revokeKey, { tenant, kid, now })) > 0;
}

/**
 * Reads and opens the keys in force.
 * @param namesAlgorithm whether published keys are said to be for RS256. Many libraries take a key for nothing else then,
 *   so who signs with another algorithm needs key sets without (RFC 7517 §4.4: `alg` may be left out).
 */
export async function loadKeySet(sql: Sql, sealer: Sealer, tenant: string, namesAlgorithm: boolean): Promise<KeySet> {
  const rows = (await listSigningKeys(sql, tenant)).filter((row) => row.status !== 'revoked');
  const verifying = new Map(rows.map((row) => [row.kid, openKey(row, sealer)]));
  const order = { current: 0, next: 1, previous: 2, revoked: 3 };
  const published = rows
    .toSorted((a, b) => order[a.status] - order[b.status])
    .map((row) => ({ ...verifying.get(row.kid)!.jwk, ...(namesAlgorithm ? { alg: 'RS256' } : {}) }));
  const current = rows.find((row) => row.status === 'current');
  if (!current) throw new Error(`Tenant ${tenant} has no current signing key.`);
  return { current: verifying.get(current.kid)!, verifying, jwks: JSON.stringify({ keys: published }) };
}

function openKey(row: SigningKeyTable, sealer: Sealer): SigningKey {
  const privateKey = createPrivateKey(sealer.open(row.private_key_sealed, SEALED_AS));
  const publicKey = createPublicKey(privateKey);
  const der = new X509Certificate(row.certificate).raw;
  const { n, e } = publicKey.export({ format: 'jwk' });
  const jwk = {
    kty: 'RSA',
    use: 'sig',
    n,
    e,
    kid: row.kid,
    // RFC 7517 §4.8: x5t is the SHA-1 of the DER certificate.
    x5t: createHash('sha1').update(der).digest('base64url'),
    x5c: [der.toString('base64')],
  };
  return { kid: row.kid, privateKey, publicKey, jwk };
}
