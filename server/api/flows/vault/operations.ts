/** The operations of `/flows/vault/connections`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { strict } from '../../../schema/types.ts';
import { idInPath } from '../../invalid.ts';
import { pageQuery } from '../../lists.ts';
import { newVaultConnection, vaultConnectionResource } from './schema.ts';

const tag = 'Flows';
const params = strict({ id: idInPath(30) });
// Recorded: errors of the vault carry no `errorCode`.
const NOT_FOUND = { 404: 'Connection not found' };

export const listVaultConnections = operation({
  id: 'get_flows_vault_connections',
  method: 'GET',
  path: '/flows/vault/connections',
  tag,
  summary: 'List the connections of flows',
  scopes: ['read:flows_vault_connections'],
  query: strict(pageQuery),
  status: 200,
  response: Type.Array(vaultConnectionResource.read),
});

export const createVaultConnection = operation({
  id: 'post_flows_vault_connections',
  method: 'POST',
  path: '/flows/vault/connections',
  tag,
  summary: 'Create a connection for flows',
  scopes: ['create:flows_vault_connections'],
  body: newVaultConnection,
  status: 201,
  response: vaultConnectionResource.read,
  resource: vaultConnectionResource,
});

export const getVaultConnection = operation({
  id: 'get_flows_vault_connections_by_id',
  method: 'GET',
  path: '/flows/vault/connections/{id}',
  tag,
  summary: 'Get a connection of flows',
  scopes: ['read:flows_vault_connections'],
  params,
  status: 200,
  response: vaultConnectionResource.read,
  errors: NOT_FOUND,
});

export const updateVaultConnection = operation({
  id: 'patch_flows_vault_connections_by_id',
  method: 'PATCH',
  path: '/flows/vault/connections/{id}',
  tag,
  summary: 'Update a connection of flows',
  scopes: ['update:flows_vault_connections'],
  params,
  body: vaultConnectionResource.update,
  status: 200,
  response: vaultConnectionResource.read,
  errors: NOT_FOUND,
  resource: vaultConnectionResource,
});

export const deleteVaultConnection = operation({
  id: 'delete_flows_vault_connections_by_id',
  method: 'DELETE',
  path: '/flows/vault/connections/{id}',
  tag,
  summary: 'Delete a connection of flows',
  scopes: ['delete:flows_vault_connections'],
  params,
  status: 204,
});
