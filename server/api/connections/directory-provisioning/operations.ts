/** The operations of `/connections/{id}/directory-provisioning` and the list of all configurations. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { checkpointQuery } from '../../lists.ts';
import { connectionId, NOT_FOUND, tag } from '../operations.ts';
import { directoryProvisioningResource, groupSelection, newDirectoryProvisioning } from './schema.ts';

const answer = {
  status: 200,
  response: directoryProvisioningResource.read,
  errors: { 400: 'operation_not_supported', ...NOT_FOUND },
} as const;

export const listDirectoryProvisionings = operation({
  id: 'get_connections-directory-provisionings',
  method: 'GET',
  path: '/connections-directory-provisionings',
  tag,
  summary: 'List directory provisioning configurations',
  scopes: ['read:directory_provisionings'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({
    directory_provisionings: Type.Array(directoryProvisioningResource.read),
    next: opt(Type.String()),
  }),
});

export const getDirectoryProvisioning = operation({
  id: 'get_directory-provisioning',
  method: 'GET',
  path: '/connections/{id}/directory-provisioning',
  tag,
  summary: 'Get the directory provisioning of a connection',
  scopes: ['read:directory_provisionings'],
  params: connectionId,
  ...answer,
});

export const createDirectoryProvisioning = operation({
  id: 'post_directory-provisioning',
  method: 'POST',
  path: '/connections/{id}/directory-provisioning',
  tag,
  summary: 'Let users of a connection be read from its directory',
  scopes: ['create:directory_provisionings'],
  params: connectionId,
  body: newDirectoryProvisioning,
  ...answer,
  status: 201,
  errors: { ...answer.errors, 409: 'directory_provisioning_conflict' },
  resource: directoryProvisioningResource,
});

export const updateDirectoryProvisioning = operation({
  id: 'patch_directory-provisioning',
  method: 'PATCH',
  path: '/connections/{id}/directory-provisioning',
  tag,
  summary: 'Change the directory provisioning of a connection',
  scopes: ['update:directory_provisionings'],
  params: connectionId,
  body: newDirectoryProvisioning,
  ...answer,
  resource: directoryProvisioningResource,
});

export const deleteDirectoryProvisioning = operation({
  id: 'delete_directory-provisioning',
  method: 'DELETE',
  path: '/connections/{id}/directory-provisioning',
  tag,
  summary: 'End the directory provisioning of a connection',
  scopes: ['delete:directory_provisionings'],
  params: connectionId,
  status: 204,
  errors: NOT_FOUND,
});

export const getDefaultDirectoryMapping = operation({
  id: 'get_directory_provisioning_default_mapping',
  method: 'GET',
  path: '/connections/{id}/directory-provisioning/default-mapping',
  tag,
  summary: 'Get the mapping that directory provisioning begins with',
  scopes: ['read:directory_provisionings'],
  params: connectionId,
  status: 200,
  response: strict({ mapping: directoryProvisioningResource.fields.mapping.schema }),
  errors: answer.errors,
});

export const synchronizeDirectory = operation({
  id: 'post_synchronizations',
  method: 'POST',
  path: '/connections/{id}/directory-provisioning/synchronizations',
  tag,
  summary: 'Ask for the directory of a connection to be read',
  scopes: ['create:directory_provisionings'],
  params: connectionId,
  status: 201,
  response: strict({ connection_id: Type.String(), synchronization_id: Type.String(), status: Type.String() }),
  errors: NOT_FOUND,
});

const selection = { path: '/connections/{id}/directory-provisioning/synchronized-groups', tag } as const;

export const listSynchronizedGroups = operation({
  id: 'get_synchronized-groups',
  method: 'GET',
  ...selection,
  summary: 'List the groups that are read from the directory of a connection',
  scopes: ['read:directory_provisionings'],
  params: connectionId,
  query: strict({ ...checkpointQuery, q: opt(Type.String({ maxLength: 500 })) }),
  status: 200,
  response: strict({ groups: Type.Array(strict({ id: Type.String() })), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});

export const replaceSynchronizedGroups = operation({
  id: 'put_synchronized-groups',
  method: 'PUT',
  ...selection,
  summary: 'Say which groups are read from the directory of a connection',
  scopes: ['update:directory_provisionings'],
  params: connectionId,
  body: groupSelection,
  status: 204,
  errors: NOT_FOUND,
});

// The following two are in the vendor's SDKs (recorded), not in its OpenAPI document.
export const addSynchronizedGroups = operation({
  id: 'post_synchronized-groups',
  method: 'POST',
  ...selection,
  summary: 'Add to the groups that are read from the directory of a connection',
  scopes: ['update:directory_provisionings'],
  params: connectionId,
  body: groupSelection,
  status: 204,
  errors: NOT_FOUND,
});

export const removeSynchronizedGroups = operation({
  id: 'delete_synchronized-groups',
  method: 'DELETE',
  ...selection,
  summary: 'Take from the groups that are read from the directory of a connection',
  scopes: ['update:directory_provisionings'],
  params: connectionId,
  body: groupSelection,
  status: 204,
  errors: NOT_FOUND,
});
