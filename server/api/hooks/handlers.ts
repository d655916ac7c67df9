/** What the operations of `/hooks` do. */
import { ApiError } from '../../http/errors.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { invalidBody } from '../invalid.ts';
import { listCollection, pickFields } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { hookId } from './id.ts';
import {
  addHookSecrets,
  createHook,
  deleteHook,
  deleteHookSecrets,
  getHook,
  listHookSecrets,
  listHooks,
  updateHook,
  updateHookSecrets,
} from './operations.ts';
import { type Hook, hookResource, SECRETS_LIMIT, type SecretNames } from './schema.ts';
import { hookStore, type StoredHook } from './store.ts';

/** What is shown in place of a secret. */
const MASK = '_VALUE_NOT_SHOWN_';

export const hookRoutes: Route[] = [
  handle(listHooks, ({ services, sql, context, query }) => {
    const { enabled, triggerId } = query;
    const filter = (hook: StoredHook) =>
      (enabled === undefined || hook.enabled === enabled) && (triggerId === undefined || hook.triggerId === triggerId);
    return listCollection(
      sql,
      context.tenant,
      hookStore(services.vault),
      hookResource,
      query,
      (hook) => pickFields(shown(hook), query),
      enabled === undefined && triggerId === undefined ? undefined : filter,
    );
  }),

  handle(createHook, async (call) => {
    const { services, sql, context, body } = call;
    const hook = { ...withDefaults(hookResource, body), id: hookId(context.now), secrets: {} } as StoredHook;
    await refuseTwin(call, hook);
    await hookStore(services.vault).insert(sql, context.tenant, hook, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shown(hook);
  }),

  handle(getHook, async (call) => pickFields(shown(await requireHook(call)), call.query)),

  handle(updateHook, async (call) => {
    const { secrets, ...current } = await requireHook(call);
    const hook = { ...withChanges(hookResource, current as Hook, call.body), secrets } as StoredHook;
    await refuseTwin(call, hook);
    await save(call, hook);
    return shown(hook);
  }),

  handle(deleteHook, async ({ services, sql, context, params }) => {
    await hookStore(services.vault).remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),

  handle(listHookSecrets, async (call) =>
    Object.fromEntries(Object.keys((await requireHook(call)).secrets).map((name) => [name, MASK])),
  ),

  handle(addHookSecrets, async (call) => {
    const hook = await requireHook(call);
    const twice = Object.keys(call.body).find((name) => Object.hasOwn(hook.secrets, name));
    if (twice !== undefined)
      throw new ApiError(409, 'A secret with the same name already exists', 'hook_secret_conflict');
    const secrets = { ...hook.secrets, ...call.body };
    const total = Object.keys(secrets).length;
    if (total > SECRETS_LIMIT) throw invalidBody(`Too many properties defined (${total}), maximum ${SECRETS_LIMIT}`);
    await save(call, { ...hook, secrets });
    return {};
  }),

  handle(updateHookSecrets, async (call) => {
    const hook = await requireHook(call);
    const missing = Object.keys(call.body).find((name) => !Object.hasOwn(hook.secrets, name));
    if (missing !== undefined) throw new ApiError(404, 'The secret does not exist', 'inexistent_hook_secret');
    await save(call, { ...hook, secrets: { ...hook.secrets, ...call.body } });
    return {};
  }),

  handle(deleteHookSecrets, async (call) => {
    const hook = await requireHook(call);
    const gone = new Set(call.body as SecretNames);
    const secrets = Object.fromEntries(Object.entries(hook.secrets).filter(([name]) => !gone.has(name)));
    await save(call, { ...hook, secrets });
  }),
];

type About = Where & { readonly params: unknown };

async function requireHook({ services, sql, context, params }: About): Promise<StoredHook> {
  const hook = await hookStore(services.vault).get(sql, context.tenant, (params as { id: string }).id);
  if (!hook) throw new ApiError(404, 'The hook does not exist', 'inexistent_hook');
  return hook;
}

async function save({ services, sql, context }: About, hook: StoredHook): Promise<void> {
  await hookStore(services.vault).replace(sql, context.tenant, hook, context.now);
  await services.configurations.touch(sql, context.tenant);
}

async function refuseTwin({ services, sql, context }: About, hook: StoredHook): Promise<void> {
  const other = await hookStore(services.vault).find(sql, context.tenant, 'name', hook.name);
  if (other && other.id !== hook.id)
    throw new ApiError(409, 'A hook with the same name already exists', 'hook_conflict');
}

function shown({ secrets: _kept, ...hook }: StoredHook): Hook {
  return hook;
}
