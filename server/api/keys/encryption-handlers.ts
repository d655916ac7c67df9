/** What the operations of `/keys/encryption` do. A tenant's first keys are made when somebody first asks for them. */
import { ApiError } from '../../http/errors.ts';
import {
  activateRoot,
  addEncryptionKey,
  destroyEncryptionKey,
  type EncryptionKey,
  encryptionKeyStore,
  ensureEncryptionKeys,
  keepWrappingKey,
  listEncryptionKeys,
  makeWrappingKey,
  rekey,
  unwrapKey,
  type WrappingKey,
} from '../../keys/encryption.ts';
import { pageAnswer, pageOf } from '../lists.ts';
import { type Call, handle, type Route, requireEachScope, type Where } from '../pipeline.ts';
import {
  createEncryption,
  createWrappingKey,
  deleteEncryption,
  getEncryption,
  importEncryption,
  listEncryption,
  rekeyEncryption,
} from './encryption-operations.ts';

export const encryptionKeyRoutes: Route[] = [
  handle(
    listEncryption,
    async (call) => {
      const keys = await listEncryptionKeys(place(call));
      const { offset, limit } = pageOf(call.query);
      return pageAnswer(call.query, 'keys', keys.slice(offset, offset + limit).map(shown), keys.length);
    },
    ensure,
  ),

  handle(createEncryption, async (call) => shown(await addEncryptionKey(place(call), call.body.type)), ensure),

  handle(rekeyEncryption, async (call) => rekey(place(call)), prepareRekey),

  handle(getEncryption, async (call) => shown(await requireKey(call))),

  handle(importEncryption, async (call) => {
    const awaited = await requireKey(call);
    const wrapping = awaited.material?.wrapping;
    if (awaited.state !== 'pre-activation' || !wrapping) {
      throw new ApiError(409, 'The key is not waiting to be imported: make its wrapping key first', CONFLICT);
    }
    const key = unwrapKey(wrapping, call.body.wrapped_key as string);
    if (!key) {
      const message = 'Invalid input. Wrapped key material is invalid or unsupported key type.';
      throw new ApiError(400, message, 'invalid_body');
    }
    // Recorded: this answer alone leaves the public key out.
    const { public_key: _, ...active } = shown(await activateRoot(place(call), awaited, key));
    return active;
  }),

  handle(deleteEncryption, async (call) => {
    const key = await requireKey(call);
    if (key.state === 'destroyed') return;
    if (key.type === 'environment-root-key' || (key.type === 'tenant-master-key' && key.state === 'active')) {
      throw new ApiError(400, 'A key that is in force can only be replaced: rekey', 'operation_not_supported');
    }
    await destroyEncryptionKey(place(call), key);
  }),

  handle(
    createWrappingKey,
    async (call) => {
      const awaited = await requireKey(call);
      if (awaited.state !== 'pre-activation' || awaited.type !== 'customer-provided-root-key') {
        throw new ApiError(409, 'Only a root key that is to be imported is wrapped', CONFLICT);
      }
      await keepWrappingKey(place(call), awaited, call.prepared);
      return { public_key: call.prepared.publicKey, algorithm: 'CKM_RSA_AES_KEY_WRAP' };
    },
    prepareWrapping,
  ),
];

const CONFLICT = 'encryption_key_conflict';

function place({ services, sql, context }: Where) {
  return { sql, tenant: context.tenant, sealer: services.vault, now: context.now };
}

async function ensure({ services, context }: Where): Promise<undefined> {
  const at = { tenant: context.tenant, sealer: services.vault, now: context.now };
  if ((await encryptionKeyStore(services.vault).count(services.database.read, context.tenant)) > 0) return;
  await services.database.write((sql) => ensureEncryptionKeys({ ...at, sql }));
}

async function prepareRekey(call: Call<typeof rekeyEncryption>): Promise<undefined> {
  requireEachScope(call.caller, rekeyEncryption);
  await ensure(call);
}

async function prepareWrapping(call: Call<typeof createWrappingKey>): Promise<WrappingKey> {
  await requireKey(call);
  return makeWrappingKey();
}

async function requireKey({
  services,
  sql,
  context,
  params,
}: Where & { readonly params: { readonly kid: string } }): Promise<EncryptionKey> {
  const key = await encryptionKeyStore(services.vault).get(sql, context.tenant, params.kid);
  if (!key) throw new ApiError(404, 'The encryption key does not exist', 'inexistent_encryption_key');
  return key;
}

function shown({ material: _, ...key }: EncryptionKey): Omit<EncryptionKey, 'material'> {
  return key;
}
