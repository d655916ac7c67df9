/** The operations of `/connections/{id}/scim-configuration` and the list of all configurations. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { checkpointQuery } from '../../lists.ts';
import { connectionId, NOT_FOUND, tag } from '../operations.ts';
import {
  changedScimConfiguration,
  newScimConfiguration,
  newScimToken,
  scimConfigurationResource,
  scimTokenMade,
  scimTokenRead,
  scimTokenResource,
} from './schema.ts';

const answer = { status: 200, response: scimConfigurationResource.read, errors: NOT_FOUND } as const;
const mapping = scimConfigurationResource.fields.mapping.schema;

export const listScimConfigurations = operation({
  id: 'get_connections-scim-configurations',
  method: 'GET',
  path: '/connections-scim-configurations',
  tag,
  summary: 'List SCIM configurations',
  scopes: ['read:scim_config'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ scim_configurations: Type.Array(scimConfigurationResource.read), next: opt(Type.String()) }),
});

export const getScimConfiguration = operation({
  id: 'get_scim-configuration',
  method: 'GET',
  path: '/connections/{id}/scim-configuration',
  tag,
  summary: 'Get the SCIM configuration of a connection',
  scopes: ['read:scim_config'],
  params: connectionId,
  ...answer,
});

export const createScimConfiguration = operation({
  id: 'post_scim-configuration',
  method: 'POST',
  path: '/connections/{id}/scim-configuration',
  tag,
  summary: 'Let users of a connection be provisioned by SCIM',
  scopes: ['create:scim_config'],
  params: connectionId,
  body: newScimConfiguration,
  ...answer,
  status: 201,
  resource: scimConfigurationResource,
});

export const updateScimConfiguration = operation({
  id: 'patch_scim-configuration',
  method: 'PATCH',
  path: '/connections/{id}/scim-configuration',
  tag,
  summary: 'Change the SCIM configuration of a connection',
  scopes: ['update:scim_config'],
  params: connectionId,
  body: changedScimConfiguration,
  ...answer,
  resource: scimConfigurationResource,
});

export const deleteScimConfiguration = operation({
  id: 'delete_scim-configuration',
  method: 'DELETE',
  path: '/connections/{id}/scim-configuration',
  tag,
  summary: 'End the provisioning of a connection by SCIM',
  scopes: ['delete:scim_config'],
  params: connectionId,
  status: 204,
  errors: NOT_FOUND,
});

export const getDefaultScimMapping = operation({
  id: 'get_default-mapping',
  method: 'GET',
  path: '/connections/{id}/scim-configuration/default-mapping',
  tag,
  summary: 'Get the mapping that a SCIM configuration begins with',
  scopes: ['read:scim_config'],
  params: connectionId,
  status: 200,
  response: strict({ mapping }),
  errors: NOT_FOUND,
});

export const listScimTokens = operation({
  id: 'get_scim_tokens',
  method: 'GET',
  path: '/connections/{id}/scim-configuration/tokens',
  tag,
  summary: 'List the SCIM tokens of a connection',
  scopes: ['read:scim_token'],
  params: connectionId,
  status: 200,
  response: Type.Array(scimTokenRead),
  errors: NOT_FOUND,
});

export const createScimToken = operation({
  id: 'post_scim_token',
  method: 'POST',
  path: '/connections/{id}/scim-configuration/tokens',
  tag,
  summary: 'Make a SCIM token for a connection',
  scopes: ['create:scim_token'],
  params: connectionId,
  body: newScimToken,
  status: 201,
  response: scimTokenMade,
  errors: { ...NOT_FOUND, 409: 'scim_token_limit' },
  resource: scimTokenResource,
});

export const deleteScimToken = operation({
  id: 'delete_tokens_by_tokenId',
  method: 'DELETE',
  path: '/connections/{id}/scim-configuration/tokens/{tokenId}',
  tag,
  summary: 'Revoke a SCIM token of a connection',
  scopes: ['delete:scim_token'],
  params: strict({
    id: Type.String({ minLength: 1, maxLength: 100 }),
    tokenId: Type.String({ minLength: 1, maxLength: 100 }),
  }),
  status: 204,
  errors: NOT_FOUND,
});
