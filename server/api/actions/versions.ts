/** Versions of actions: how a draft becomes one, and what the operations on them do. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../http/errors.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { requireAction } from './lookup.ts';
import { deployAction, deployActionVersion, getActionVersion, listActionVersions } from './operations.ts';
import { numberedPage } from './pages.ts';
import { deploying, shownVersion } from './show.ts';
import {
  actionStore,
  actionVersionStore,
  type Source,
  type StoredAction,
  type StoredVersion,
  sourceOnly,
} from './store.ts';

/** As long as the vendor's page of versions is. */
const PER_PAGE = 20;

export const actionVersionRoutes: Route[] = [
  handle(deployAction, async (call) => {
    const { services, sql, context } = call;
    const action = await requireAction(call, call.params.id);
    const version = await deploy(call, action, action);
    await services.configurations.touch(sql, context.tenant);
    return deploying(version, action);
  }),

  handle(listActionVersions, async (call) => {
    const action = await requireAction(call, call.params.actionId);
    const versions = await versionsOf(call, action);
    const { items, answer } = numberedPage(call.query, 'versions', versions.toReversed(), PER_PAGE);
    return answer(items.map((version) => shownVersion(version, action)));
  }),

  handle(getActionVersion, async (call) => {
    const action = await requireAction(call, call.params.actionId);
    return shownVersion(await requireVersion(call, action, call.params.id), action);
  }),

  handle(deployActionVersion, async (call) => {
    const { services, sql, context, params, body } = call;
    let action = await requireAction(call, params.actionId);
    const source = sourceOnly(await requireVersion(call, action, params.id));
    if (body?.update_draft) action = { ...withoutModules(action), ...source };
    const version = await deploy(call, action, source);
    await services.configurations.touch(sql, context.tenant);
    return deploying(version, action);
  }),
];

/** Makes the source the deployed version of the action, and keeps the action as it is given. */
export async function deploy({ services, sql, context }: Where, action: StoredAction, source: Source) {
  const { tenant, now } = context;
  const store = actionVersionStore(services.vault);
  const versions = await store.findAll(sql, tenant, 'action', action.id);
  const before = versions.find(({ deployed }) => deployed);
  if (before) await store.replace(sql, tenant, { ...before, deployed: false }, now);
  const at = new Date(now).toISOString();
  const version: StoredVersion = {
    ...structuredClone(sourceOnly(source)),
    id: randomUUID(),
    action_id: action.id,
    number: (versions.at(-1)?.number ?? 0) + 1,
    deployed: true,
    created_at: at,
    updated_at: at,
    built_at: at,
  };
  await store.insert(sql, tenant, version, now);
  const deployed: StoredAction = {
    ...action,
    deployed_version_id: version.id,
    all_changes_deployed: isDeepStrictEqual(sourceOnly(action), sourceOnly(source)),
  };
  await actionStore(services.vault).replace(sql, tenant, deployed, now);
  return version;
}

function versionsOf({ services, sql, context }: Where, action: StoredAction): Promise<StoredVersion[]> {
  return actionVersionStore(services.vault).findAll(sql, context.tenant, 'action', action.id);
}

async function requireVersion(
  { services, sql, context }: Where,
  action: StoredAction,
  id: string,
): Promise<StoredVersion> {
  const version = await actionVersionStore(services.vault).get(sql, context.tenant, id);
  if (version?.action_id !== action.id) throw new ApiError(404, 'That action version does not exist.');
  return version;
}

function withoutModules({ modules: _replaced, ...action }: StoredAction): StoredAction {
  return action;
}
