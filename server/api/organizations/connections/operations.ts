/**
 * The operations of `/organizations/{id}/connections`, and of `/organizations/{id}/enabled_connections`, which are older
 * and speak of those that are enabled.
 */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { listOf, pageQuery } from '../../lists.ts';
import { enabledConnection, enabledConnectionAnswer, ORGANIZATION_NOT_FOUND, params, tag } from '../schema.ts';
import {
  connectionParams,
  enabledConnectionChange,
  enabledConnectionParams,
  organizationConnectionResource,
} from './schema.ts';

const NOT_FOUND = { 404: 'inexistent_connection' };
const CONFLICT = { ...ORGANIZATION_NOT_FOUND, 409: 'organization_connection_conflict' };

export const listConnections = operation({
  id: 'get_organization_connections',
  method: 'GET',
  path: '/organizations/{id}/connections',
  tag,
  summary: 'List the connections of an organization',
  scopes: ['read:organization_connections'],
  params,
  query: strict({ ...pageQuery, is_enabled: opt(Type.Boolean()) }),
  status: 200,
  response: listOf('connections', organizationConnectionResource.read),
  errors: ORGANIZATION_NOT_FOUND,
});

export const addOrganizationConnection = operation({
  id: 'post_organization_connection',
  method: 'POST',
  path: '/organizations/{id}/connections',
  tag,
  summary: 'Add a connection to an organization',
  scopes: ['create:organization_connections'],
  params,
  body: organizationConnectionResource.create,
  status: 201,
  response: organizationConnectionResource.read,
  errors: { 400: 'inexistent_connection', ...CONFLICT },
});

export const getConnection = operation({
  id: 'get_organization_connection',
  method: 'GET',
  path: '/organizations/{id}/connections/{connection_id}',
  tag,
  summary: 'Get a connection of an organization',
  scopes: ['read:organization_connections'],
  params: connectionParams,
  status: 200,
  response: organizationConnectionResource.read,
  errors: NOT_FOUND,
});

export const updateConnection = operation({
  id: 'patch_organization_connection',
  method: 'PATCH',
  path: '/organizations/{id}/connections/{connection_id}',
  tag,
  summary: 'Update a connection of an organization',
  scopes: ['update:organization_connections'],
  params: connectionParams,
  body: organizationConnectionResource.update,
  status: 200,
  response: organizationConnectionResource.read,
  errors: NOT_FOUND,
});

export const removeConnection = operation({
  id: 'delete_organization_connection',
  method: 'DELETE',
  path: '/organizations/{id}/connections/{connection_id}',
  tag,
  summary: 'Remove a connection from an organization',
  scopes: ['delete:organization_connections'],
  params: connectionParams,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});

export const listEnabledConnections = operation({
  id: 'get_enabled_connections',
  method: 'GET',
  path: '/organizations/{id}/enabled_connections',
  tag,
  summary: 'List the enabled connections of an organization',
  scopes: ['read:organization_connections'],
  params,
  query: strict(pageQuery),
  status: 200,
  response: listOf('enabled_connections', enabledConnectionAnswer),
  errors: ORGANIZATION_NOT_FOUND,
});

export const addEnabledConnection = operation({
  id: 'post_enabled_connections',
  method: 'POST',
  path: '/organizations/{id}/enabled_connections',
  tag,
  summary: 'Enable a connection for an organization',
  scopes: ['create:organization_connections'],
  params,
  body: enabledConnection,
  status: 201,
  response: enabledConnectionAnswer,
  errors: { 400: 'inexistent_connection', ...CONFLICT },
});

export const getEnabledConnection = operation({
  id: 'get_enabled_connections_by_connectionId',
  method: 'GET',
  path: '/organizations/{id}/enabled_connections/{connectionId}',
  tag,
  summary: 'Get an enabled connection of an organization',
  scopes: ['read:organization_connections'],
  params: enabledConnectionParams,
  status: 200,
  response: enabledConnectionAnswer,
  errors: NOT_FOUND,
});

export const updateEnabledConnection = operation({
  id: 'patch_enabled_connections_by_connectionId',
  method: 'PATCH',
  path: '/organizations/{id}/enabled_connections/{connectionId}',
  tag,
  summary: 'Update an enabled connection of an organization',
  scopes: ['update:organization_connections'],
  params: enabledConnectionParams,
  body: enabledConnectionChange,
  status: 200,
  response: enabledConnectionAnswer,
  errors: NOT_FOUND,
});

export const removeEnabledConnection = operation({
  id: 'delete_enabled_connections_by_connectionId',
  method: 'DELETE',
  path: '/organizations/{id}/enabled_connections/{connectionId}',
  tag,
  summary: 'Disable a connection for an organization',
  scopes: ['delete:organization_connections'],
  params: enabledConnectionParams,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});
