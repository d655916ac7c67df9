/** The operations of `/keys/encryption`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { choice, strict } from '../../schema/types.ts';
import { pageQuery } from '../lists.ts';
import { encryptionKeyResource, importedKeyResource } from './encryption-schema.ts';

const tag = 'Keys';
/** Recorded: keys are named by UUIDs, and the description promises 400 for anything else. */
const params = strict({ kid: Type.String({ pattern: PATTERNS.uuidInShort }) });
const NOT_FOUND = { 404: 'inexistent_encryption_key' };
const response = encryptionKeyResource.read;

export const listEncryption = operation({
  id: 'get_encryption_keys',
  method: 'GET',
  path: '/keys/encryption',
  tag,
  summary: 'List encryption keys',
  scopes: ['read:encryption_keys'],
  query: strict(pageQuery),
  status: 200,
  response: Type.Array(response),
});

export const createEncryption = operation({
  id: 'post_encryption',
  method: 'POST',
  path: '/keys/encryption',
  tag,
  summary: 'Create an encryption key',
  scopes: ['create:encryption_keys'],
  body: strict({ type: choice(['customer-provided-root-key', 'tenant-encryption-key']) }),
  status: 201,
  response,
});

export const rekeyEncryption = operation({
  id: 'post_encryption_rekey',
  method: 'POST',
  path: '/keys/encryption/rekey',
  tag,
  summary: 'Replace the tenant master key',
  scopes: ['create:encryption_keys', 'update:encryption_keys'],
  status: 204,
});

export const getEncryption = operation({
  id: 'get_encryption_key',
  method: 'GET',
  path: '/keys/encryption/{kid}',
  tag,
  summary: 'Get an encryption key',
  scopes: ['read:encryption_keys'],
  params,
  status: 200,
  response,
  errors: NOT_FOUND,
});

export const importEncryption = operation({
  id: 'post_encryption_key',
  method: 'POST',
  path: '/keys/encryption/{kid}',
  tag,
  summary: 'Import a wrapped root key',
  scopes: ['update:encryption_keys'],
  params,
  body: importedKeyResource.create,
  status: 201,
  response,
  errors: { ...NOT_FOUND, 409: 'encryption_key_conflict' },
  resource: importedKeyResource,
});

export const deleteEncryption = operation({
  id: 'delete_encryption_key',
  method: 'DELETE',
  path: '/keys/encryption/{kid}',
  tag,
  summary: 'Destroy an encryption key',
  scopes: ['delete:encryption_keys'],
  params,
  status: 204,
  errors: NOT_FOUND,
});

export const createWrappingKey = operation({
  id: 'post_encryption_wrapping_key',
  method: 'POST',
  path: '/keys/encryption/{kid}/wrapping-key',
  tag,
  summary: 'Create the key that wraps a root key for its way here',
  scopes: ['create:encryption_keys'],
  params,
  status: 201,
  response: strict({ public_key: Type.String(), algorithm: choice(['CKM_RSA_AES_KEY_WRAP']) }),
  errors: { ...NOT_FOUND, 409: 'encryption_key_conflict' },
});
