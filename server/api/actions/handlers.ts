/** What the operations of `/actions/actions` do, versions apart. Running actions is not theirs. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../http/errors.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { eventStreamStore } from '../event-streams/store.ts';
import { invalidBody } from '../invalid.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { deployedVersion, requireAction } from './lookup.ts';
import { resolveModules } from './modules/references.ts';
import {
  createAction,
  deleteAction,
  getAction,
  getExecution,
  listActions,
  listTriggers,
  testAction,
  updateAction,
} from './operations.ts';
import { numberedPage } from './pages.ts';
import { type Action, actionResource } from './schema.ts';
import { secretsAfter } from './secrets.ts';
import { shownAction } from './show.ts';
import {
  actionStore,
  bindingStore,
  executions,
  removeAction,
  type Source,
  type StoredAction,
  sourceOnly,
} from './store.ts';
import { defaultRuntime, TRIGGERS, triggerOf } from './triggers.ts';
import { deploy } from './versions.ts';

export const actionRoutes: Route[] = [
  handle(listActions, async (call) => {
    const { services, sql, context, query } = call;
    const all = await actionStore(services.vault).list(sql, context.tenant);
    const { items, answer } = numberedPage(
      query,
      'actions',
      all.filter((action) => matches(action, query)),
    );
    const shown = [];
    for (const action of items) shown.push(shownAction(action, await deployedVersion(call, action)));
    return answer(shown);
  }),

  handle(createAction, async (call) => {
    const { services, sql, context } = call;
    const { deploy: atOnce, ...body } = withDefaults(actionResource, call.body) as Action & { deploy?: boolean };
    const at = new Date(context.now).toISOString();
    const action: StoredAction = {
      id: randomUUID(),
      name: body.name,
      ...(await sourceOf(call, body, [], at)),
      created_at: at,
      updated_at: at,
      all_changes_deployed: false,
    };
    await refuseTwin(call, action);
    await actionStore(services.vault).insert(sql, context.tenant, action, context.now);
    const version = atOnce ? await deploy(call, action, action) : undefined;
    await services.configurations.touch(sql, context.tenant);
    return shownAction({ ...action, all_changes_deployed: version !== undefined }, version);
  }),

  handle(getAction, async (call) => {
    const action = await requireAction(call, call.params.id);
    return shownAction(action, await deployedVersion(call, action));
  }),

  handle(updateAction, async (call) => {
    const { services, sql, context } = call;
    const current = await requireAction(call, call.params.id);
    const at = new Date(context.now).toISOString();
    // What is kept of a secret has no place in a body: unless the body names secrets, they stay.
    const { secrets, ...shape } = current;
    const body = withChanges(actionResource, shape as unknown as Action, call.body) as Action;
    const source = await sourceOf(call, { ...body, secrets: body.secrets ?? secrets }, secrets, at);
    const changed = !isDeepStrictEqual(source, sourceOnly(current));
    const action: StoredAction = {
      ...current,
      ...source,
      name: body.name,
      updated_at: at,
      all_changes_deployed: current.all_changes_deployed && !changed,
    };
    if (!source.modules) delete action.modules;
    await refuseTwin(call, action);
    await actionStore(services.vault).replace(sql, context.tenant, action, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shownAction(action, await deployedVersion(call, action));
  }),

  handle(deleteAction, async (call) => {
    const { services, sql, context, query } = call;
    const { id } = await requireAction(call, call.params.id);
    const bound = await bindingStore(services.vault).findAll(sql, context.tenant, 'action', id);
    if (bound.length > 0 && !query.force)
      throw new ApiError(
        400,
        'The action is bound to a trigger. Take the binding away first, or use force=true.',
        'action_bound',
      );
    if ((await eventStreamStore(services.vault).findAll(sql, context.tenant, 'action', id)).length > 0)
      throw new ApiError(400, 'The action is the destination of an event stream', 'action_bound');
    await removeAction(sql, services.vault, context.tenant, id);
    await services.configurations.touch(sql, context.tenant);
  }),

  handle(testAction, async (call) => {
    await requireAction(call, call.params.id);
    throw new ApiError(400, 'Actions are kept, but do not run yet: none can be tested', 'operation_not_supported');
  }),

  handle(getExecution, async ({ sql, context, params }) => {
    const execution = await executions.get(sql, context.tenant, params.id);
    if (!execution) throw new ApiError(404, 'That execution does not exist.');
    return execution;
  }),

  handle(listTriggers, async () => ({ triggers: TRIGGERS })),
];

function matches(
  { name, supported_triggers, deployed_version_id }: StoredAction,
  query: { triggerId?: string; actionName?: string; deployed?: boolean; installed?: boolean },
): boolean {
  if (query.actionName !== undefined && query.actionName !== name) return false;
  if (query.triggerId !== undefined && !supported_triggers.some(({ id }) => id === query.triggerId)) return false;
  if (query.deployed !== undefined && query.deployed !== (deployed_version_id !== undefined)) return false;
  // Actions are installed from the vendor's marketplace only, so there are none.
  return query.installed !== true;
}

/** What a body says of the source, completed and checked. */
async function sourceOf(call: Where, body: Action, known: Source['secrets'], at: string): Promise<Source> {
  const triggers = body.supported_triggers.map(({ id, version }) => {
    const trigger = triggerOf(id, version);
    if (!trigger) throw invalidBody(`Trigger ${id} has no version ${version}`, 'supported_triggers');
    return trigger;
  });
  return {
    supported_triggers: triggers.map(({ id, version }) => ({ id, version })),
    code: body.code,
    dependencies: body.dependencies,
    runtime: body.runtime ?? defaultRuntime(triggers[0]!),
    secrets: secretsAfter(known, body.secrets, at),
    ...(body.modules ? { modules: await resolveModules(call, body.modules) } : {}),
  };
}

async function refuseTwin({ services, sql, context }: Where, action: StoredAction): Promise<void> {
  const other = await actionStore(services.vault).find(sql, context.tenant, 'name', action.name);
  if (other && other.id !== action.id)
    throw new ApiError(409, 'An action with the same name already exists', 'action_conflict');
}
