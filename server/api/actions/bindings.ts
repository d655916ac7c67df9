/** What the operations on bindings do: which actions a trigger has, in which order. */
import { randomUUID } from 'node:crypto';
import type { Static } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { invalidBody } from '../invalid.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { deployedVersion } from './lookup.ts';
import { listBindings, updateBindings } from './operations.ts';
import { numberedPage } from './pages.ts';
import type { newBindings } from './schema.ts';
import { secretsAfter } from './secrets.ts';
import { boundAction } from './show.ts';
import { actionStore, bindingStore, type StoredAction, type StoredBinding } from './store.ts';
import { TRIGGERS } from './triggers.ts';

export const bindingRoutes: Route[] = [
  handle(listBindings, async (call) => {
    const { services, sql, context, params, query } = call;
    const all = await bindingStore(services.vault).findAll(sql, context.tenant, 'trigger', params.triggerId);
    const { items, answer } = numberedPage(query, 'bindings', all);
    return answer(await shown(call, items));
  }),

  handle(updateBindings, async (call) => {
    const { services, sql, context, params, body } = call;
    const { tenant, now } = context;
    const store = bindingStore(services.vault);
    if (body.bindings.length > 0 && !isBindable(params.triggerId))
      throw invalidBody(`Actions of ${params.triggerId} are named by what uses them and not bound`, 'bindings');
    const before = await store.findAll(sql, tenant, 'trigger', params.triggerId);
    const after: StoredBinding[] = [];
    for (const given of body.bindings) after.push(await bindingFrom(call, params.triggerId, given, before));
    if (new Set(after.map(({ id }) => id)).size < after.length)
      throw invalidBody('A binding is named once', 'bindings');
    // All go and come again: their order is the order in which they are made.
    for (const { id } of before) await store.remove(sql, tenant, id);
    for (const binding of after) await store.insert(sql, tenant, binding, now);
    await services.configurations.touch(sql, tenant);
    return { bindings: await shown(call, after) };
  }),
];

type Given = Static<typeof newBindings>['bindings'][number];

function isBindable(trigger: string): boolean {
  return TRIGGERS.some(({ id, binding_policy }) => id === trigger && binding_policy === 'trigger-bound');
}

async function bindingFrom(
  call: Where,
  trigger_id: string,
  { ref, display_name, secrets = [] }: Given,
  before: readonly StoredBinding[],
): Promise<StoredBinding> {
  const at = new Date(call.context.now).toISOString();
  if (ref.type === 'binding_id') {
    const binding = before.find(({ id }) => id === ref.value);
    if (!binding) throw new ApiError(404, 'That binding does not exist.');
    return {
      ...binding,
      display_name: display_name ?? binding.display_name,
      secrets: secretsAfter(binding.secrets, secrets, at),
      updated_at: at,
    };
  }
  const action = await bindableAction(call, trigger_id, ref);
  return {
    id: randomUUID(),
    trigger_id,
    action_id: action.id,
    display_name: display_name ?? action.name,
    secrets: secretsAfter([], secrets, at),
    created_at: at,
    updated_at: at,
  };
}

/** The action that a reference names: it is for the trigger, and deployed. */
async function bindableAction(
  { services, sql, context }: Where,
  trigger: string,
  ref: Given['ref'],
): Promise<StoredAction> {
  const store = actionStore(services.vault);
  const action =
    ref.type === 'action_id'
      ? await store.get(sql, context.tenant, ref.value)
      : await store.find(sql, context.tenant, 'name', ref.value);
  if (!action) throw new ApiError(404, 'That action does not exist.');
  if (!action.supported_triggers.some(({ id }) => id === trigger))
    throw invalidBody(`Action ${action.name} is not for trigger ${trigger}`, 'bindings');
  if (action.deployed_version_id === undefined)
    throw invalidBody(`Action ${action.name} has not been deployed`, 'bindings');
  return action;
}

async function shown(call: Where, bindings: readonly StoredBinding[]): Promise<unknown[]> {
  const { services, sql, context } = call;
  const answers = [];
  for (const { id, trigger_id, action_id, display_name, created_at, updated_at } of bindings) {
    const action = await actionStore(services.vault).get(sql, context.tenant, action_id);
    // Between two reads another request may have taken the action away, and its bindings with it.
    if (!action) continue;
    const view = boundAction(action, await deployedVersion(call, action));
    answers.push({ id, trigger_id, action: view, created_at, updated_at, display_name });
  }
  return answers;
}
