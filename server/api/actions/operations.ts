/** The operations of `/actions/actions`, `/actions/executions` and `/actions/triggers`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { anyObject, opt, orNull, strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { pageQuery } from '../lists.ts';
import { actionResource, actionVersion, binding, NOT_RUN, newBindings } from './schema.ts';
import { triggerId } from './triggers.ts';

const tag = 'Actions';
const params = strict({ id: idInPath() });
const { page, per_page } = pageQuery;
const pages = { page, per_page };
const counts = { total: Type.Integer(), page: Type.Integer(), per_page: Type.Integer() };
// Recorded: errors of actions carry no `errorCode`.
const NOT_FOUND = { 404: 'That action does not exist.' };
const NO_VERSION = { 404: 'That action version does not exist.' };

export const listActions = operation({
  id: 'get_actions',
  method: 'GET',
  path: '/actions/actions',
  tag,
  summary: 'List actions',
  scopes: ['read:actions'],
  query: strict({
    ...pages,
    triggerId: opt(triggerId),
    actionName: opt(Type.String({ maxLength: 255 })),
    deployed: opt(Type.Boolean()),
    installed: opt(Type.Boolean()),
  }),
  status: 200,
  response: strict({ actions: Type.Array(actionResource.read), ...counts }),
});

export const createAction = operation({
  id: 'post_action',
  method: 'POST',
  path: '/actions/actions',
  tag,
  summary: 'Create an action',
  scopes: ['create:actions'],
  body: actionResource.create,
  status: 201,
  response: actionResource.read,
  errors: { 409: 'action_conflict' },
  resource: actionResource,
});

export const getAction = operation({
  id: 'get_action',
  method: 'GET',
  path: '/actions/actions/{id}',
  tag,
  summary: 'Get an action',
  scopes: ['read:actions'],
  params,
  status: 200,
  response: actionResource.read,
  errors: NOT_FOUND,
});

export const updateAction = operation({
  id: 'patch_action',
  method: 'PATCH',
  path: '/actions/actions/{id}',
  tag,
  summary: 'Update the draft of an action',
  scopes: ['update:actions'],
  params,
  body: actionResource.update,
  status: 200,
  response: actionResource.read,
  errors: { ...NOT_FOUND, 409: 'action_conflict' },
  resource: actionResource,
});

export const deleteAction = operation({
  id: 'delete_action',
  method: 'DELETE',
  path: '/actions/actions/{id}',
  tag,
  summary: 'Delete an action with its versions, and with its bindings when forced to',
  scopes: ['delete:actions'],
  params,
  query: strict({ force: opt(Type.Boolean()) }),
  status: 204,
  errors: NOT_FOUND,
});

export const deployAction = operation({
  id: 'post_deploy_action',
  method: 'POST',
  path: '/actions/actions/{id}/deploy',
  tag,
  summary: 'Deploy the draft of an action as a new version',
  scopes: ['create:actions'],
  params,
  // Recorded: 200, where the description says 202.
  status: 200,
  response: actionVersion,
  errors: NOT_FOUND,
  inert: NOT_RUN,
});

export const testAction = operation({
  id: 'post_test_action',
  method: 'POST',
  path: '/actions/actions/{id}/test',
  tag,
  summary: 'Run the draft of an action with a payload',
  scopes: ['create:actions'],
  params,
  body: strict({ payload: anyObject() }),
  status: 200,
  response: strict({ payload: opt(anyObject()) }),
  errors: NOT_FOUND,
  inert: 'Answers 400 `operation_not_supported`: no action runs yet.',
});

export const listActionVersions = operation({
  id: 'get_action_versions',
  method: 'GET',
  path: '/actions/actions/{actionId}/versions',
  tag,
  summary: 'List the versions of an action, the latest first',
  scopes: ['read:actions'],
  params: strict({ actionId: idInPath() }),
  query: strict(pages),
  status: 200,
  response: strict({ versions: Type.Array(actionVersion), ...counts }),
  errors: NOT_FOUND,
});

export const getActionVersion = operation({
  id: 'get_action_version',
  method: 'GET',
  path: '/actions/actions/{actionId}/versions/{id}',
  tag,
  summary: 'Get a version of an action',
  scopes: ['read:actions'],
  params: strict({ actionId: idInPath(), id: idInPath() }),
  status: 200,
  response: actionVersion,
  errors: NO_VERSION,
});

export const deployActionVersion = operation({
  id: 'post_deploy_draft_version',
  method: 'POST',
  path: '/actions/actions/{actionId}/versions/{id}/deploy',
  tag,
  summary: 'Deploy an earlier version of an action once more, as a new version',
  scopes: ['create:actions'],
  params: strict({ actionId: idInPath(), id: idInPath() }),
  body: orNull(strict({ update_draft: opt(Type.Boolean()) })),
  status: 202,
  response: actionVersion,
  errors: NO_VERSION,
  inert: NOT_RUN,
});

export const getExecution = operation({
  id: 'get_execution',
  method: 'GET',
  path: '/actions/executions/{id}',
  tag,
  summary: 'Get what a run of the actions of a trigger came to',
  scopes: ['read:actions'],
  params,
  status: 200,
  response: anyObject(),
  errors: { 404: 'That execution does not exist.' },
  inert: 'Nothing is executed yet, so there is no execution to tell of.',
});

export const listTriggers = operation({
  id: 'get_triggers',
  method: 'GET',
  path: '/actions/triggers',
  tag,
  summary: 'List the triggers',
  scopes: ['read:actions'],
  status: 200,
  response: strict({ triggers: Type.Array(anyObject()) }),
});

const trigger = strict({ triggerId });

export const listBindings = operation({
  id: 'get_bindings',
  method: 'GET',
  path: '/actions/triggers/{triggerId}/bindings',
  tag,
  summary: 'List the actions of a trigger in the order in which they run',
  scopes: ['read:actions'],
  params: trigger,
  query: strict(pages),
  status: 200,
  response: strict({ bindings: Type.Array(binding), ...counts }),
});

export const updateBindings = operation({
  id: 'patch_bindings',
  method: 'PATCH',
  path: '/actions/triggers/{triggerId}/bindings',
  tag,
  summary: 'Replace the actions of a trigger',
  scopes: ['update:actions'],
  params: trigger,
  body: newBindings,
  status: 200,
  response: strict({ bindings: Type.Array(binding) }),
  errors: { ...NOT_FOUND },
  inert: NOT_RUN,
});
