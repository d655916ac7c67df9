/** The operations of `/connections/{id}/keys`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { connectionId, NOT_FOUND, tag } from '../operations.ts';
import { connectionKeyResource, keyRequest } from './schema.ts';

export const listConnectionKeys = operation({
  id: 'get_keys',
  method: 'GET',
  path: '/connections/{id}/keys',
  tag,
  summary: 'List the keys of a connection',
  scopes: ['read:connections_keys'],
  params: connectionId,
  status: 200,
  response: Type.Array(connectionKeyResource.read),
  errors: NOT_FOUND,
});

export const createConnectionKeys = operation({
  id: 'post_keys',
  method: 'POST',
  path: '/connections/{id}/keys',
  tag,
  summary: 'Make the first keys of a connection',
  scopes: ['create:connections_keys'],
  params: connectionId,
  body: keyRequest,
  status: 201,
  response: Type.Array(connectionKeyResource.read),
  errors: { 400: 'operation_not_supported', ...NOT_FOUND, 409: 'connection_keys_conflict' },
});

export const rotateConnectionKeys = operation({
  id: 'post_rotate',
  method: 'POST',
  path: '/connections/{id}/keys/rotate',
  tag,
  summary: 'Sign with the next key of a connection from now on',
  // Both are needed: the pipeline asks for one, the handler for the other.
  scopes: ['create:connections_keys', 'update:connections_keys'],
  params: connectionId,
  body: keyRequest,
  status: 201,
  response: connectionKeyResource.read,
  errors: { 400: 'operation_not_supported', ...NOT_FOUND },
});
