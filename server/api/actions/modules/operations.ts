/** The operations of `/actions/modules`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { PATTERNS } from '../../../schema/patterns.ts';
import { strict } from '../../../schema/types.ts';
import { idInPath } from '../../invalid.ts';
import { pageQuery } from '../../lists.ts';
import { moduleResource, moduleUser, moduleVersion } from './schema.ts';

const tag = 'Action modules';
const params = strict({ id: idInPath() });
const { page, per_page } = pageQuery;
const query = strict({ page, per_page });
const counts = { total: Type.Integer(), page: Type.Integer(), per_page: Type.Integer() };
// As with actions there is no `errorCode`.
const NOT_FOUND = { 404: 'That module does not exist.' };
const NO_VERSION = { 404: 'That module version does not exist.' };

export const listModules = operation({
  id: 'get_action_modules',
  method: 'GET',
  path: '/actions/modules',
  tag,
  summary: 'List modules',
  scopes: ['read:actions'],
  query,
  status: 200,
  response: strict({ modules: Type.Array(moduleResource.read), ...counts }),
});

export const createModule = operation({
  id: 'post_action_module',
  method: 'POST',
  path: '/actions/modules',
  tag,
  summary: 'Create a module',
  scopes: ['create:actions'],
  body: moduleResource.create,
  status: 201,
  response: moduleResource.read,
  errors: { 409: 'action_module_conflict' },
  resource: moduleResource,
});

export const getModule = operation({
  id: 'get_action_module',
  method: 'GET',
  path: '/actions/modules/{id}',
  tag,
  summary: 'Get a module',
  scopes: ['read:actions'],
  params,
  status: 200,
  response: moduleResource.read,
  errors: NOT_FOUND,
});

export const updateModule = operation({
  id: 'patch_action_module',
  method: 'PATCH',
  path: '/actions/modules/{id}',
  tag,
  summary: 'Update the draft of a module',
  scopes: ['update:actions'],
  params,
  body: moduleResource.update,
  status: 200,
  response: moduleResource.read,
  errors: NOT_FOUND,
  resource: moduleResource,
});

export const deleteModule = operation({
  id: 'delete_action_module',
  method: 'DELETE',
  path: '/actions/modules/{id}',
  tag,
  summary: 'Delete a module that no action uses, and its versions',
  scopes: ['delete:actions'],
  params,
  status: 204,
  errors: { ...NOT_FOUND, 412: 'action_module_in_use' },
});

export const listModuleActions = operation({
  id: 'get_action_module_actions',
  method: 'GET',
  path: '/actions/modules/{id}/actions',
  tag,
  summary: 'List the deployed actions that use a module',
  scopes: ['read:actions'],
  params,
  query,
  status: 200,
  response: strict({ actions: Type.Array(moduleUser), ...counts }),
  errors: NOT_FOUND,
});

export const listModuleVersions = operation({
  id: 'get_action_module_versions',
  method: 'GET',
  path: '/actions/modules/{id}/versions',
  tag,
  summary: 'List the versions of a module, the latest first',
  scopes: ['read:actions'],
  params,
  query,
  status: 200,
  response: strict({ versions: Type.Array(moduleVersion), ...counts }),
  errors: NOT_FOUND,
});

export const publishModule = operation({
  id: 'post_action_module_version',
  method: 'POST',
  path: '/actions/modules/{id}/versions',
  tag,
  summary: 'Publish the draft of a module as a new version',
  scopes: ['update:actions'],
  params,
  status: 200,
  response: moduleVersion,
  errors: { ...NOT_FOUND, 409: 'action_module_unchanged' },
});

export const getModuleVersion = operation({
  id: 'get_action_module_version',
  method: 'GET',
  path: '/actions/modules/{id}/versions/{versionId}',
  tag,
  summary: 'Get a version of a module',
  scopes: ['read:actions'],
  params: strict({ id: idInPath(), versionId: idInPath() }),
  status: 200,
  response: moduleVersion,
  errors: NO_VERSION,
});

export const rollbackModule = operation({
  id: 'post_action_module_rollback',
  method: 'POST',
  path: '/actions/modules/{id}/rollback',
  tag,
  summary: 'Make an earlier version of a module its draft',
  scopes: ['update:actions'],
  params,
  body: strict({ module_version_id: Type.String({ minLength: 1, maxLength: 64, pattern: PATTERNS.id }) }),
  status: 200,
  response: moduleResource.read,
  errors: { ...NO_VERSION, 409: 'action_module_unchanged' },
  resource: moduleResource,
});
