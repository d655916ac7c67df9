/** The operations of `/flows`; those of its vault are in `vault/`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { checkpointQuery, hydrateQuery, pageQuery } from '../lists.ts';
import { flowExecutionResource, flowResource } from './schema.ts';

const tag = 'Flows';
const params = strict({ id: idInPath(30) });
const execution = strict({ flow_id: idInPath(30), execution_id: idInPath(30) });
// Recorded: errors of flows carry no `errorCode`.
const NOT_FOUND = { 404: 'Flow not found' };
const NO_EXECUTION = { 404: 'Execution not found' };

export const listFlows = operation({
  id: 'get_flows',
  method: 'GET',
  path: '/flows',
  tag,
  summary: 'List flows, without their actions',
  scopes: ['read:flows'],
  query: strict({ ...pageQuery, hydrate: hydrateQuery(['form_count']), synchronous: opt(Type.Boolean()) }),
  status: 200,
  response: Type.Array(flowResource.read),
  inert: 'The parameter `synchronous` leaves nothing out. The list itself is right.',
});

export const createFlow = operation({
  id: 'post_flows',
  method: 'POST',
  path: '/flows',
  tag,
  summary: 'Create a flow',
  scopes: ['create:flows'],
  body: flowResource.create,
  status: 201,
  response: flowResource.read,
  resource: flowResource,
});

export const getFlow = operation({
  id: 'get_flows_by_id',
  method: 'GET',
  path: '/flows/{id}',
  tag,
  summary: 'Get a flow',
  scopes: ['read:flows'],
  params,
  query: strict({ hydrate: hydrateQuery(['form_count', 'forms']) }),
  status: 200,
  response: flowResource.read,
  errors: NOT_FOUND,
});

export const updateFlow = operation({
  id: 'patch_flows_by_id',
  method: 'PATCH',
  path: '/flows/{id}',
  tag,
  summary: 'Update a flow',
  scopes: ['update:flows'],
  params,
  body: flowResource.update,
  status: 200,
  response: flowResource.read,
  errors: NOT_FOUND,
  resource: flowResource,
});

export const deleteFlow = operation({
  id: 'delete_flows_by_id',
  method: 'DELETE',
  path: '/flows/{id}',
  tag,
  summary: 'Delete a flow and its executions',
  scopes: ['delete:flows'],
  params,
  status: 204,
  errors: NOT_FOUND,
});

const NOTHING_RUN = 'No flow runs yet, so there is no execution to tell of.';

export const listFlowExecutions = operation({
  id: 'get_flows_executions',
  method: 'GET',
  path: '/flows/{flow_id}/executions',
  tag,
  summary: 'List the executions of a flow',
  scopes: ['read:flows_executions'],
  params: strict({ flow_id: idInPath(30) }),
  query: strict({ ...pageQuery, ...checkpointQuery }),
  status: 200,
  response: Type.Array(flowExecutionResource.read),
  errors: NOT_FOUND,
  inert: NOTHING_RUN,
});

export const getFlowExecution = operation({
  id: 'get_flows_executions_by_execution_id',
  method: 'GET',
  path: '/flows/{flow_id}/executions/{execution_id}',
  tag,
  summary: 'Get an execution of a flow',
  scopes: ['read:flows_executions'],
  params: execution,
  query: strict({ hydrate: hydrateQuery(['debug']) }),
  status: 200,
  response: flowExecutionResource.read,
  errors: NO_EXECUTION,
  inert: NOTHING_RUN,
});

export const deleteFlowExecution = operation({
  id: 'delete_flows_executions_by_execution_id',
  method: 'DELETE',
  path: '/flows/{flow_id}/executions/{execution_id}',
  tag,
  summary: 'Delete an execution of a flow',
  scopes: ['delete:flows_executions'],
  params: execution,
  status: 204,
  errors: NOT_FOUND,
  inert: NOTHING_RUN,
});
