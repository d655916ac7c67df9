/** The operations of `/keys/signing`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { signingKeyResource } from './schema.ts';

const tag = 'Keys';
const keyId = strict({ kid: Type.String({ minLength: 1, maxLength: 200 }) });
const NOT_FOUND = { 404: 'inexistent_signing_key' };
const changed = strict({ kid: Type.String(), cert: Type.String() });

export const listKeys = operation({
  id: 'get_signing_keys',
  method: 'GET',
  path: '/keys/signing',
  tag,
  summary: 'List signing keys',
  scopes: ['read:signing_keys'],
  status: 200,
  response: Type.Array(signingKeyResource.read),
});

export const getKey = operation({
  id: 'get_signing_key',
  method: 'GET',
  path: '/keys/signing/{kid}',
  tag,
  summary: 'Get a signing key',
  scopes: ['read:signing_keys'],
  params: keyId,
  status: 200,
  response: signingKeyResource.read,
  errors: NOT_FOUND,
});

export const rotateKeys = operation({
  id: 'post_signing_keys',
  method: 'POST',
  path: '/keys/signing/rotate',
  tag,
  summary: 'Rotate the signing key',
  scopes: ['create:signing_keys', 'update:signing_keys'],
  status: 201,
  response: changed,
});

export const revokeKey = operation({
  id: 'put_signing_keys',
  method: 'PUT',
  path: '/keys/signing/{kid}/revoke',
  tag,
  summary: 'Revoke a signing key',
  scopes: ['update:signing_keys'],
  params: keyId,
  status: 200,
  response: changed,
  errors: NOT_FOUND,
});
