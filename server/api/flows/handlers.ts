/** What the operations of `/flows` do. Running flows is not theirs. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { formStore } from '../forms/store.ts';
import { isHydrated, pageAfter, pageAnswer, pageOf } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { requireSoundActions } from './checks.ts';
import {
  createFlow,
  deleteFlow,
  deleteFlowExecution,
  getFlow,
  getFlowExecution,
  listFlowExecutions,
  listFlows,
  updateFlow,
} from './operations.ts';
import { type Flow, flowResource } from './schema.ts';
import { flowExecutionStore, flowStore, removeExecutionsOf, type StoredExecution } from './store.ts';

export const flowRoutes: Route[] = [
  handle(listFlows, async (call) => {
    const { services, sql, context, query } = call;
    const store = flowStore(services.vault);
    const flows = await store.list(sql, context.tenant, pageOf(query));
    const shown = [];
    for (const { actions: _left, ...flow } of flows) shown.push({ ...flow, ...(await usage(call, flow.id)) });
    return pageAnswer(query, 'flows', shown, query.include_totals ? await store.count(sql, context.tenant) : 0);
  }),

  handle(createFlow, async (call) => {
    const { services, sql, context } = call;
    const at = new Date(context.now).toISOString();
    const body = withDefaults(flowResource, call.body) as Flow;
    const flow: Flow = { ...body, id: `af_${randomAlphanumeric(22)}`, created_at: at, updated_at: at };
    await requireSoundActions(call, flow.actions ?? []);
    await flowStore(services.vault).insert(sql, context.tenant, flow, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shownFlow(flow);
  }),

  handle(getFlow, async (call) => {
    const flow = await requireFlow(call, call.params.id);
    return { ...shownFlow(flow), ...(await usage(call, flow.id)) };
  }),

  handle(updateFlow, async (call) => {
    const { services, sql, context } = call;
    const flow = withChanges(flowResource, await requireFlow(call, call.params.id), call.body) as Flow;
    flow.updated_at = new Date(context.now).toISOString();
    await requireSoundActions(call, flow.actions ?? []);
    await flowStore(services.vault).replace(sql, context.tenant, flow, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shownFlow(flow);
  }),

  handle(deleteFlow, async (call) => {
    const { services, sql, context } = call;
    // Forms that name it stay as they are: they belong to whoever made them, and say what is missing.
    const { id } = await requireFlow(call, call.params.id);
    await removeExecutionsOf(sql, services.vault, context.tenant, id);
    await flowStore(services.vault).remove(sql, context.tenant, id);
    await services.configurations.touch(sql, context.tenant);
  }),

  handle(listFlowExecutions, async (call) => {
    const { services, sql, context, params, query } = call;
    const { id } = await requireFlow(call, params.flow_id);
    const all = (await flowExecutionStore(services.vault).findAll(sql, context.tenant, 'flow', id)).map(brief);
    if (query.take !== undefined) {
      const { page, next } = pageAfter(query, all, (execution) => execution.id);
      return { executions: page, ...next };
    }
    const { offset, limit } = pageOf(query);
    return pageAnswer(query, 'executions', all.slice(offset, offset + limit), all.length);
  }),

  handle(getFlowExecution, async (call) => {
    const { services, sql, context, params, query } = call;
    const execution = await flowExecutionStore(services.vault).get(sql, context.tenant, params.execution_id);
    if (execution?.flow_id !== params.flow_id) throw new ApiError(404, 'Execution not found');
    const { flow_id: _left, ...shown } = execution;
    return isHydrated(query, 'debug') ? shown : brief(execution);
  }),

  handle(deleteFlowExecution, async (call) => {
    const { services, sql, context, params } = call;
    await requireFlow(call, params.flow_id);
    const store = flowExecutionStore(services.vault);
    const execution = await store.get(sql, context.tenant, params.execution_id);
    if (execution?.flow_id === params.flow_id) await store.remove(sql, context.tenant, execution.id);
  }),
];

async function requireFlow({ services, sql, context }: Where, id: string): Promise<Flow> {
  const flow = await flowStore(services.vault).get(sql, context.tenant, id);
  // Recorded: no `errorCode`.
  if (!flow) throw new ApiError(404, 'Flow not found');
  return flow;
}

/** What the query asks for of the forms that use a flow. */
async function usage(call: Where & { readonly query: unknown }, id: string) {
  const query = call.query as { hydrate?: string | string[] };
  if (query.hydrate === undefined) return {};
  const forms = await formStore(call.services.vault).findAll(call.sql, call.context.tenant, 'flow', id);
  return {
    ...(isHydrated(query, 'form_count') && { form_count: forms.length }),
    ...(isHydrated(query, 'forms') && { forms: forms.map(({ id: form, name }) => ({ id: form, name })) }),
  };
}

/** Recorded: what is empty is not shown. */
function shownFlow({ actions, ...flow }: Flow): unknown & object {
  return actions && actions.length > 0 ? { ...flow, actions } : flow;
}

function brief({ flow_id: _left, debug: _long, ...execution }: StoredExecution) {
  return execution;
}
