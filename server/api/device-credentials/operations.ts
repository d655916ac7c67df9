/** The operations of `/device-credentials`: public keys of devices, and refresh tokens seen as what a device holds. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { fieldsQuery, listOf, pageQuery } from '../lists.ts';

const tag = 'Device credentials';
const clientId = Type.String({ minLength: 1, maxLength: 100 });
const type = choice(['public_key', 'refresh_token', 'rotating_refresh_token']);

export const deviceCredential = Type.Object({
  id: Type.String(),
  device_name: Type.String(),
  device_id: opt(Type.String()),
  type,
  user_id: Type.String(),
  client_id: opt(Type.String()),
});

export const listDeviceCredentials = operation({
  id: 'get_device-credentials',
  method: 'GET',
  path: '/device-credentials',
  tag,
  summary: 'List device credentials',
  scopes: ['read:device_credentials'],
  query: strict({
    ...pageQuery,
    ...fieldsQuery,
    user_id: opt(Type.String({ minLength: 1, maxLength: 300 })),
    client_id: opt(clientId),
    type: opt(type),
  }),
  status: 200,
  response: listOf('device_credentials', Type.Partial(deviceCredential)),
});

export const createDeviceCredential = operation({
  id: 'post_device-credentials',
  method: 'POST',
  path: '/device-credentials',
  tag,
  summary: "Keep the public key of one of the caller's own devices",
  scopes: ['create:current_user_device_credentials'],
  body: strict({
    device_name: Type.String({ minLength: 1, maxLength: 300 }),
    type: choice(['public_key']),
    value: Type.String({ minLength: 1, maxLength: 8192, description: 'The public key' }),
    device_id: Type.String({ minLength: 1, maxLength: 36, pattern: PATTERNS.deviceId }),
    client_id: opt(clientId),
  }),
  status: 201,
  response: strict({ id: Type.String() }),
  errors: { 403: 'operation_not_supported', 409: 'device_credential_conflict' },
});

export const deleteDeviceCredential = operation({
  id: 'delete_device-credentials_by_id',
  method: 'DELETE',
  path: '/device-credentials/{id}',
  tag,
  summary: 'Delete a device credential',
  scopes: ['delete:device_credentials', 'delete:current_user_device_credentials'],
  params: strict({ id: Type.String({ minLength: 1, maxLength: 100 }) }),
  status: 204,
});
