/**
 * A tenant's encryption keys: a root key (ours, or one that the customer brings) wraps the tenant master key. Key
 * material is sealed with the installation's master key and never leaves; what is shown is the hierarchy and its history.
 *
 * A key that the customer brings arrives wrapped as PKCS #11 `CKM_RSA_AES_KEY_WRAP` says: a one-time AES key encrypted
 * for our wrapping key with RSA-OAEP, followed by the key itself wrapped with that AES key (RFC 5649).
 */
import {
  constants,
  createDecipheriv,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Sql } from '../storage/database.ts';
import { type Collection, collection, type Sealer } from '../storage/documents.ts';

export type EncryptionKeyType =
  | 'customer-provided-root-key'
  | 'environment-root-key'
  | 'tenant-master-key'
  | 'tenant-encryption-key';

export type EncryptionKey = {
  readonly kid: string;
  readonly type: EncryptionKeyType;
  readonly state: 'pre-activation' | 'active' | 'deactivated' | 'destroyed';
  readonly created_at: string;
  readonly updated_at: string;
  readonly parent_kid: string | null;
  readonly public_key: string | null;
  /** The key itself, base64; while a customer's key is awaited, the private half of the wrapping key, PEM. */
  readonly material?: { readonly key?: string; readonly wrapping?: string };
};

export function encryptionKeyStore(sealer: Sealer): Collection<EncryptionKey> {
  return collection<EncryptionKey>(
    {
      kind: 'encryption_key',
      id: 'kid',
      keys: { active: { of: (key) => (key.state === 'active' ? key.type : undefined) } },
      sealed: ['material'],
    },
    sealer,
  );
}

/** AES-256. */
const KEY_BYTES = 32;
const WRAPPING_BITS = 3072;
/** RFC 5649 §3: the alternative initial value. */
const KWP_IV = Buffer.from('a65959a6', 'hex');

type Keys = { readonly sql: Sql; readonly tenant: string; readonly sealer: Sealer; readonly now: number };

/** Makes the first root key and master key of a tenant, unless it has them. */
export async function ensureEncryptionKeys(at: Keys): Promise<void> {
  if (await activeRoot(at)) return;
  const root = fresh('environment-root-key', 'active', at.now);
  // The master key first: lists go backwards, and the root comes before what it wraps.
  await insert(at, fresh('tenant-master-key', 'active', at.now, root.kid));
  await insert(at, root);
}

/** All keys, the newest first. */
export async function listEncryptionKeys({ sql, tenant, sealer }: Omit<Keys, 'now'>): Promise<EncryptionKey[]> {
  return (await encryptionKeyStore(sealer).list(sql, tenant)).reverse();
}

/** A key whose material is given later, for a root, or made now, for an encryption key. */
export async function addEncryptionKey(at: Keys, type: EncryptionKeyType): Promise<EncryptionKey> {
  if (type === 'customer-provided-root-key') {
    const { material: _, ...awaited } = fresh(type, 'pre-activation', at.now);
    await insert(at, awaited);
    return awaited;
  }
  const master = await activeOf(at, 'tenant-master-key');
  const key = fresh(type, 'active', at.now, master?.kid ?? null);
  await insert(at, key);
  return key;
}

/** A new master key takes over; the one before is destroyed. */
export async function rekey(at: Keys): Promise<void> {
  const root = await activeRoot(at);
  await replaceMaster(at, root?.kid ?? null);
}

/** The awaited root key has come: it and a new master key take over. */
export async function activateRoot(at: Keys, awaited: EncryptionKey, key: Buffer): Promise<EncryptionKey> {
  const before = await activeRoot(at);
  const root = { ...awaited, state: 'active', material: { key: key.toString('base64') } } as const;
  const active = await change(at, root);
  if (before) await destroy(at, before);
  await replaceMaster(at, root.kid);
  return active;
}

/** Destroys a key. When it was the root in force, a root of our own takes over. */
export async function destroyEncryptionKey(at: Keys, key: EncryptionKey): Promise<void> {
  await destroy(at, key);
  if (key.state !== 'active' || !ROOTS.includes(key.type)) return;
  const root = fresh('environment-root-key', 'active', at.now);
  await insert(at, root);
  await replaceMaster(at, root.kid);
}

export type WrappingKey = { readonly publicKey: string; readonly privateKey: string };

const generateRsa = promisify(generateKeyPair);

/** Makes a pair for a key that is awaited. Takes long: call before a unit of work. */
export async function makeWrappingKey(): Promise<WrappingKey> {
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: WRAPPING_BITS });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/** Keeps the private half with the awaited key; a former one is forgotten. */
export async function keepWrappingKey(at: Keys, awaited: EncryptionKey, wrapping: WrappingKey): Promise<void> {
  await change(at, { ...awaited, material: { wrapping: wrapping.privateKey } });
}

/**
 * Opens a key that was wrapped for us.
 * @returns undefined when it is not wrapped as told, or is no AES-256 key
 */
export function unwrapKey(wrappingKey: string, wrapped: string): Buffer | undefined {
  const privateKey = createPrivateKey(wrappingKey);
  const bytes = Buffer.from(wrapped, 'base64');
  const size = WRAPPING_BITS / 8;
  if (bytes.length <= size) return undefined;
  for (const oaepHash of ['sha256', 'sha1']) {
    const key = unwrapWith(privateKey, oaepHash, bytes.subarray(0, size), bytes.subarray(size));
    if (key) return key;
  }
  return undefined;
}

function unwrapWith(key: KeyObject, oaepHash: string, encrypted: Buffer, wrapped: Buffer): Buffer | undefined {
  try {
    const once = privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, encrypted);
    const cipher = createDecipheriv('id-aes256-wrap-pad', once, KWP_IV);
    const opened = Buffer.concat([cipher.update(wrapped), cipher.final()]);
    return opened.length === KEY_BYTES ? opened : undefined;
  } catch {
    // Wrapped for another key, with another hash, or not at all: all the same to the caller.
    return undefined;
  }
}

const ROOTS: readonly EncryptionKeyType[] = ['customer-provided-root-key', 'environment-root-key'];

function fresh(
  type: EncryptionKeyType,
  state: EncryptionKey['state'],
  now: number,
  parent: string | null = null,
): EncryptionKey {
  const instant = new Date(now).toISOString();
  return {
    kid: randomUUID(),
    type,
    state,
    created_at: instant,
    updated_at: instant,
    parent_kid: parent,
    public_key: null,
    material: { key: randomBytes(KEY_BYTES).toString('base64') },
  };
}

async function insert({ sql, tenant, sealer, now }: Keys, key: EncryptionKey): Promise<void> {
  await encryptionKeyStore(sealer).insert(sql, tenant, key, now);
}

async function change({ sql, tenant, sealer, now }: Keys, key: EncryptionKey): Promise<EncryptionKey> {
  const changed = { ...key, updated_at: new Date(now).toISOString() };
  await encryptionKeyStore(sealer).replace(sql, tenant, changed, now);
  return changed;
}

/** What is destroyed is remembered without its material. */
async function destroy(at: Keys, { material: _, ...key }: EncryptionKey): Promise<void> {
  await change(at, { ...key, state: 'destroyed' });
}

async function activeOf({ sql, tenant, sealer }: Keys, type: EncryptionKeyType): Promise<EncryptionKey | undefined> {
  return (await encryptionKeyStore(sealer).findAll(sql, tenant, 'active', type))[0];
}

async function activeRoot(at: Keys): Promise<EncryptionKey | undefined> {
  for (const type of ROOTS) {
    const root = await activeOf(at, type);
    if (root) return root;
  }
  return undefined;
}

/** Recorded: the master key that goes was wrapped anew by the root in force before it is destroyed. */
async function replaceMaster(at: Keys, rootKid: string | null): Promise<void> {
  const before = await activeOf(at, 'tenant-master-key');
  await insert(at, fresh('tenant-master-key', 'active', at.now, rootKid));
  if (before) await destroy(at, { ...before, parent_kid: rootKid });
}
