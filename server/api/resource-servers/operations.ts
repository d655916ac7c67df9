/** The operations of `/resource-servers`. `{id}` is the record id or the URL-encoded identifier. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery, pageQuery } from '../lists.ts';
import { resourceServerResource } from './schema.ts';

const tag = 'Resource servers';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 600 }) });
const include_fields = opt(Type.Boolean());
const NOT_FOUND = { 404: 'inexistent_resource_server' };

export const listResourceServers = operation({
  id: 'get_resource-servers',
  method: 'GET',
  path: '/resource-servers',
  tag,
  summary: 'List APIs',
  scopes: ['read:resource_servers'],
  query: strict({
    ...pageQuery,
    ...checkpointQuery,
    include_fields,
    identifiers: opt(Type.Union([Type.Array(Type.String({ maxLength: 600 })), Type.String({ maxLength: 60_000 })])),
  }),
  status: 200,
  response: Type.Array(resourceServerResource.read),
});

export const createResourceServer = operation({
  id: 'post_resource-servers',
  method: 'POST',
  path: '/resource-servers',
  tag,
  summary: 'Create an API',
  scopes: ['create:resource_servers'],
  body: resourceServerResource.create,
  status: 201,
  response: resourceServerResource.read,
  errors: { 409: 'resource_conflict' },
  resource: resourceServerResource,
});

export const getResourceServer = operation({
  id: 'get_resource-servers_by_id',
  method: 'GET',
  path: '/resource-servers/{id}',
  tag,
  summary: 'Get an API',
  scopes: ['read:resource_servers'],
  params,
  query: strict({ include_fields }),
  status: 200,
  response: resourceServerResource.read,
  errors: NOT_FOUND,
});

export const updateResourceServer = operation({
  id: 'patch_resource-servers_by_id',
  method: 'PATCH',
  path: '/resource-servers/{id}',
  tag,
  summary: 'Update an API',
  scopes: ['update:resource_servers'],
  params,
  body: resourceServerResource.update,
  status: 200,
  response: resourceServerResource.read,
  errors: NOT_FOUND,
  resource: resourceServerResource,
});

export const deleteResourceServer = operation({
  id: 'delete_resource-servers_by_id',
  method: 'DELETE',
  path: '/resource-servers/{id}',
  tag,
  summary: 'Delete an API',
  scopes: ['delete:resource_servers'],
  params,
  status: 204,
});
