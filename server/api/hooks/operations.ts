/** The operations of `/hooks`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { fieldsQuery, pageQuery } from '../lists.ts';
import { HOOK_TRIGGERS, hookResource, hookSecrets, secretNames } from './schema.ts';

const tag = 'Hooks';
const params = strict({ id: idInPath() });
const NOT_FOUND = { 404: 'inexistent_hook' };
const CONFLICT = { 409: 'hook_conflict' };
const { fields } = fieldsQuery;

export const listHooks = operation({
  id: 'get_hooks',
  method: 'GET',
  path: '/hooks',
  tag,
  summary: 'List hooks',
  scopes: ['read:hooks'],
  query: strict({ ...pageQuery, fields, enabled: opt(Type.Boolean()), triggerId: opt(choice(HOOK_TRIGGERS)) }),
  status: 200,
  response: Type.Array(hookResource.read),
});

export const createHook = operation({
  id: 'post_hooks',
  method: 'POST',
  path: '/hooks',
  tag,
  summary: 'Create a hook',
  scopes: ['create:hooks'],
  body: hookResource.create,
  status: 201,
  response: hookResource.read,
  errors: CONFLICT,
  resource: hookResource,
});

export const getHook = operation({
  id: 'get_hooks_by_id',
  method: 'GET',
  path: '/hooks/{id}',
  tag,
  summary: 'Get a hook',
  scopes: ['read:hooks'],
  params,
  query: strict({ fields }),
  status: 200,
  response: hookResource.read,
  errors: NOT_FOUND,
});

export const updateHook = operation({
  id: 'patch_hooks_by_id',
  method: 'PATCH',
  path: '/hooks/{id}',
  tag,
  summary: 'Update a hook',
  scopes: ['update:hooks'],
  params,
  body: { ...hookResource.update, minProperties: 1 },
  // Recorded: 200, where the description says 201.
  status: 200,
  response: hookResource.read,
  errors: { ...NOT_FOUND, ...CONFLICT },
  resource: hookResource,
});

export const deleteHook = operation({
  id: 'delete_hooks_by_id',
  method: 'DELETE',
  path: '/hooks/{id}',
  tag,
  summary: 'Delete a hook and its secrets',
  scopes: ['delete:hooks'],
  params,
  status: 204,
});

export const listHookSecrets = operation({
  id: 'get_secrets',
  method: 'GET',
  path: '/hooks/{id}/secrets',
  tag,
  summary: 'List the names of the secrets of a hook',
  scopes: ['read:hooks'],
  params,
  status: 200,
  response: Type.Record(Type.String(), Type.String()),
  errors: NOT_FOUND,
});

const secretsInert = 'Secrets are kept sealed; no hook runs yet that could read them.';

export const addHookSecrets = operation({
  id: 'post_secrets',
  method: 'POST',
  path: '/hooks/{id}/secrets',
  tag,
  summary: 'Add secrets to a hook',
  scopes: ['update:hooks'],
  params,
  body: hookSecrets,
  status: 201,
  response: strict({}),
  errors: { ...NOT_FOUND, 409: 'hook_secret_conflict' },
  inert: secretsInert,
});

export const updateHookSecrets = operation({
  id: 'patch_secrets',
  method: 'PATCH',
  path: '/hooks/{id}/secrets',
  tag,
  summary: 'Change secrets of a hook',
  scopes: ['update:hooks'],
  params,
  body: hookSecrets,
  status: 201,
  response: strict({}),
  errors: { 404: 'inexistent_hook, inexistent_hook_secret' },
  inert: secretsInert,
});

export const deleteHookSecrets = operation({
  id: 'delete_secrets',
  method: 'DELETE',
  path: '/hooks/{id}/secrets',
  tag,
  summary: 'Delete secrets of a hook',
  scopes: ['delete:hooks'],
  params,
  body: secretNames,
  status: 204,
  errors: NOT_FOUND,
});
