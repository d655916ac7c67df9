/** The operations of `/connections`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { checkpointQuery, fieldsQuery, pageQuery } from '../lists.ts';
import { connectionResource } from './schema.ts';
import { STRATEGY_NAMES } from './strategies/table.ts';

export const tag = 'Connections';
export const NOT_FOUND = { 404: 'inexistent_connection' };
export const connectionId = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const strategy = choice(STRATEGY_NAMES);

export const listConnections = operation({
  id: 'get_connections',
  method: 'GET',
  path: '/connections',
  tag,
  summary: 'List connections',
  scopes: ['read:connections'],
  query: strict({
    ...pageQuery,
    ...checkpointQuery,
    ...fieldsQuery,
    strategy: opt(Type.Union([strategy, Type.Array(strategy)])),
    name: opt(Type.String({ maxLength: 128 })),
  }),
  status: 200,
  response: Type.Array(connectionResource.read),
  resource: connectionResource,
});

export const createConnection = operation({
  id: 'post_connections',
  method: 'POST',
  path: '/connections',
  tag,
  summary: 'Create a connection',
  scopes: ['create:connections'],
  body: connectionResource.create,
  status: 201,
  response: connectionResource.read,
  errors: { 400: 'operation_not_supported', 409: 'connection_conflict' },
  resource: connectionResource,
});

export const getConnection = operation({
  id: 'get_connections_by_id',
  method: 'GET',
  path: '/connections/{id}',
  tag,
  summary: 'Get a connection',
  scopes: ['read:connections'],
  params: connectionId,
  query: strict(fieldsQuery),
  status: 200,
  response: connectionResource.read,
  errors: NOT_FOUND,
  resource: connectionResource,
});

export const updateConnection = operation({
  id: 'patch_connections_by_id',
  method: 'PATCH',
  path: '/connections/{id}',
  tag,
  summary: 'Update a connection',
  scopes: ['update:connections'],
  params: connectionId,
  body: { ...connectionResource.update, minProperties: 1 },
  status: 200,
  response: connectionResource.read,
  errors: NOT_FOUND,
  resource: connectionResource,
});

export const deleteConnection = operation({
  id: 'delete_connections_by_id',
  method: 'DELETE',
  path: '/connections/{id}',
  tag,
  summary: 'Delete a connection and all its users',
  scopes: ['delete:connections'],
  params: connectionId,
  status: 202,
  response: strict({ deleted_at: Type.String() }),
  resource: connectionResource,
});

export const listEnabledClients = operation({
  id: 'get_connection_clients',
  method: 'GET',
  path: '/connections/{id}/clients',
  tag,
  summary: 'List the clients a connection is enabled for',
  scopes: ['read:connections'],
  params: connectionId,
  query: strict({
    take: opt(Type.Integer({ minimum: 1, maximum: 1000 })),
    from: opt(Type.String({ maxLength: 1000 })),
  }),
  status: 200,
  response: strict({ clients: Type.Array(strict({ client_id: Type.String() })), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});

export const changeEnabledClients = operation({
  id: 'patch_clients',
  method: 'PATCH',
  path: '/connections/{id}/clients',
  tag,
  summary: 'Enable or disable a connection for clients',
  scopes: ['update:connections'],
  params: connectionId,
  body: Type.Array(strict({ client_id: Type.String({ minLength: 1, maxLength: 100 }), status: Type.Boolean() }), {
    minItems: 1,
    maxItems: 50,
  }),
  status: 204,
  errors: NOT_FOUND,
});

export const getConnectionStatus = operation({
  id: 'get_status',
  method: 'GET',
  path: '/connections/{id}/status',
  tag,
  summary: 'Tell whether the connector of a connection is online',
  scopes: ['read:connections'],
  params: connectionId,
  status: 200,
  response: strict({}),
  errors: { 404: 'connection_offline' },
});

export const deleteConnectionUser = operation({
  id: 'delete_users_by_email',
  method: 'DELETE',
  path: '/connections/{id}/users',
  tag,
  summary: 'Delete a user of a database connection by e-mail address',
  scopes: ['delete:users'],
  params: connectionId,
  query: strict({ email: Type.String({ maxLength: 320, format: 'email' }) }),
  status: 204,
  errors: { 400: 'operation_not_supported', ...NOT_FOUND },
});
