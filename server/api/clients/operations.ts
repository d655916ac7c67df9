/** The operations of `/clients` but those of credentials and client metadata documents, which have files of their own. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { STRATEGY_NAMES } from '../connections/strategies/table.ts';
import { checkpointQuery, fieldsQuery, pageQuery } from '../lists.ts';
import { clientResource } from './schema.ts';

const tag = 'Clients';
const NOT_FOUND = { 404: 'inexistent_client' };
export const clientId = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const READ = ['read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary'];

export const listClients = operation({
  id: 'get_clients',
  method: 'GET',
  path: '/clients',
  tag,
  summary: 'List clients',
  scopes: READ,
  query: strict({
    ...fieldsQuery,
    ...pageQuery,
    ...checkpointQuery,
    is_global: opt(Type.Boolean()),
    is_first_party: opt(Type.Boolean()),
    app_type: opt(Type.String({ maxLength: 500 })),
    external_client_id: opt(Type.String({ maxLength: 500 })),
    q: opt(Type.String({ maxLength: 1000 })),
  }),
  status: 200,
  response: Type.Array(clientResource.read),
  resource: clientResource,
});

export const createClient = operation({
  id: 'post_clients',
  method: 'POST',
  path: '/clients',
  tag,
  summary: 'Create a client',
  scopes: ['create:clients'],
  body: clientResource.create,
  status: 201,
  response: clientResource.read,
  errors: { 409: 'resource_server_already_linked' },
  resource: clientResource,
});

export const getClient = operation({
  id: 'get_clients_by_id',
  method: 'GET',
  path: '/clients/{id}',
  tag,
  summary: 'Get a client',
  scopes: READ,
  params: clientId,
  query: strict(fieldsQuery),
  status: 200,
  response: clientResource.read,
  errors: NOT_FOUND,
  resource: clientResource,
});

export const updateClient = operation({
  id: 'patch_clients_by_id',
  method: 'PATCH',
  path: '/clients/{id}',
  tag,
  summary: 'Update a client',
  scopes: [
    'update:clients',
    'update:client_keys',
    'update:client_credentials',
    'update:client_token_vault_privileged_access',
  ],
  params: clientId,
  body: clientResource.update,
  status: 200,
  response: clientResource.read,
  errors: NOT_FOUND,
  resource: clientResource,
});

export const deleteClient = operation({
  id: 'delete_clients_by_id',
  method: 'DELETE',
  path: '/clients/{id}',
  tag,
  summary: 'Delete a client',
  scopes: ['delete:clients'],
  params: clientId,
  status: 204,
  resource: clientResource,
});

export const rotateClientSecret = operation({
  id: 'post_rotate-secret',
  method: 'POST',
  path: '/clients/{id}/rotate-secret',
  tag,
  summary: 'Rotate a client secret',
  scopes: ['update:client_keys'],
  params: clientId,
  status: 200,
  response: clientResource.read,
  errors: NOT_FOUND,
  resource: clientResource,
});

export const listClientConnections = operation({
  id: 'get_client_connections',
  method: 'GET',
  path: '/clients/{id}/connections',
  tag,
  summary: 'List the connections enabled for a client',
  scopes: ['read:connections', 'read:clients', 'read:client_summary'],
  params: clientId,
  query: strict({
    ...checkpointQuery,
    ...fieldsQuery,
    strategy: opt(Type.Union([choice(STRATEGY_NAMES), Type.Array(choice(STRATEGY_NAMES))])),
  }),
  status: 200,
  response: strict({ connections: Type.Array(Type.Object({})), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});
