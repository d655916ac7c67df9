/** What the operations of `/actions/modules` do. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../../http/errors.ts';
import { withDefaults } from '../../../schema/resource.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import { numberedPage } from '../pages.ts';
import { secretsAfter, shownSecrets } from '../secrets.ts';
import { actionStore, actionVersionStore } from '../store.ts';
import {
  createModule,
  deleteModule,
  getModule,
  getModuleVersion,
  listModuleActions,
  listModules,
  listModuleVersions,
  publishModule,
  rollbackModule,
  updateModule,
} from './operations.ts';
import { type ActionModule, type ModuleUser, moduleResource } from './schema.ts';
import {
  type ModuleSource,
  moduleStore,
  moduleVersionStore,
  type StoredModule,
  type StoredModuleVersion,
} from './store.ts';

/** As long as the vendor's page of versions is. */
const VERSIONS_PER_PAGE = 20;

export const moduleRoutes: Route[] = [
  handle(listModules, async (call) => {
    const all = await moduleStore(call.services.vault).list(call.sql, call.context.tenant);
    // Without `per_page` there are no pages.
    const { items, answer } = numberedPage(call.query, 'modules', all, Math.max(all.length, 1));
    const shown = [];
    for (const module of items) {
      const { latest_version: _left, ...brief } = await view(call, module);
      shown.push(brief);
    }
    return answer(shown);
  }),

  handle(createModule, async (call) => {
    const { services, sql, context } = call;
    const body = withDefaults(moduleResource, call.body) as ActionModule;
    const at = new Date(context.now).toISOString();
    const module: StoredModule = {
      id: randomUUID(),
      name: body.name,
      code: body.code,
      dependencies: body.dependencies,
      secrets: secretsAfter([], body.secrets, at),
      ...(body.api_version ? { api_version: body.api_version } : {}),
      created_at: at,
      updated_at: at,
      all_changes_published: false,
    };
    if (await moduleStore(services.vault).find(sql, context.tenant, 'name', module.name))
      throw new ApiError(409, 'A module with the same name already exists', 'action_module_conflict');
    await moduleStore(services.vault).insert(sql, context.tenant, module, context.now);
    if (body.publish) await publish(call, module);
    await services.configurations.touch(sql, context.tenant);
    return view(call, { ...module, all_changes_published: body.publish === true });
  }),

  handle(getModule, async (call) => view(call, await requireModule(call, call.params.id))),

  handle(updateModule, async (call) => {
    const current = await requireModule(call, call.params.id);
    const at = new Date(call.context.now).toISOString();
    const { code, dependencies, secrets } = call.body as Partial<ActionModule>;
    const source: ModuleSource = {
      code: code ?? current.code,
      dependencies: dependencies ?? current.dependencies,
      secrets: secrets ? secretsAfter(current.secrets, secrets, at) : current.secrets,
    };
    return view(call, await saveDraft(call, current, source, false));
  }),

  handle(deleteModule, async (call) => {
    const { services, sql, context } = call;
    const { id } = await requireModule(call, call.params.id);
    const drafts = await actionStore(services.vault).findAll(sql, context.tenant, 'module', id);
    const users = await actionVersionStore(services.vault).findAll(sql, context.tenant, 'module', id);
    if (drafts.length > 0 || users.length > 0)
      throw new ApiError(412, 'The module is used by an action', 'action_module_in_use');
    const versions = moduleVersionStore(services.vault);
    for (const version of await versionsOf(call, id)) await versions.remove(sql, context.tenant, version.id);
    await moduleStore(services.vault).remove(sql, context.tenant, id);
    await services.configurations.touch(sql, context.tenant);
  }),

  handle(listModuleActions, async (call) => {
    const { id } = await requireModule(call, call.params.id);
    const { items, answer } = numberedPage(call.query, 'actions', await usersOf(call, id));
    return answer(items);
  }),

  handle(listModuleVersions, async (call) => {
    const { id } = await requireModule(call, call.params.id);
    const versions = (await versionsOf(call, id)).toReversed();
    const { items, answer } = numberedPage(call.query, 'versions', versions, VERSIONS_PER_PAGE);
    return answer(items.map(shownVersion));
  }),

  handle(publishModule, async (call) => {
    const module = await requireModule(call, call.params.id);
    if (module.all_changes_published)
      throw new ApiError(409, 'The draft has no changes that could be published', 'action_module_unchanged');
    const latest = (await versionsOf(call, module.id)).at(-1);
    const isNew = !latest || !isDeepStrictEqual(sourceOf(latest), sourceOf(module));
    const version = isNew ? await publish(call, module) : latest;
    if (!isNew) await saveDraft(call, module, sourceOf(module), true);
    await call.services.configurations.touch(call.sql, call.context.tenant);
    return shownVersion(version);
  }),

  handle(getModuleVersion, async (call) => {
    const { id } = await requireModule(call, call.params.id);
    return shownVersion(await requireVersion(call, id, call.params.versionId));
  }),

  handle(rollbackModule, async (call) => {
    const module = await requireModule(call, call.params.id);
    const version = await requireVersion(call, module.id, call.body.module_version_id);
    if (isDeepStrictEqual(sourceOf(module), sourceOf(version)))
      throw new ApiError(409, 'The version is what the draft is already', 'action_module_unchanged');
    const latest = (await versionsOf(call, module.id)).at(-1);
    return view(call, await saveDraft(call, module, sourceOf(version), version.id === latest?.id));
  }),
];

async function requireModule({ services, sql, context }: Where, id: string): Promise<StoredModule> {
  const module = await moduleStore(services.vault).get(sql, context.tenant, id);
  if (!module) throw new ApiError(404, 'That module does not exist.');
  return module;
}

async function requireVersion({ services, sql, context }: Where, moduleId: string, id: string) {
  const version = await moduleVersionStore(services.vault).get(sql, context.tenant, id);
  if (version?.module_id !== moduleId) throw new ApiError(404, 'That module version does not exist.');
  return version;
}

function versionsOf({ services, sql, context }: Where, id: string): Promise<StoredModuleVersion[]> {
  return moduleVersionStore(services.vault).findAll(sql, context.tenant, 'module', id);
}

/**
 * Keeps a new draft. One that an update wrote can be published even if it says nothing new, which makes no version: tools
 * that deploy write what they have and publish it then.
 */
async function saveDraft(
  call: Where,
  current: StoredModule,
  source: ModuleSource,
  published: boolean,
): Promise<StoredModule> {
  const { services, sql, context } = call;
  const module: StoredModule = {
    ...current,
    ...source,
    updated_at: new Date(context.now).toISOString(),
    all_changes_published: published,
  };
  await moduleStore(services.vault).replace(sql, context.tenant, module, context.now);
  await services.configurations.touch(sql, context.tenant);
  return module;
}

/** Makes a version of the draft. */
async function publish(call: Where, module: StoredModule): Promise<StoredModuleVersion> {
  const { services, sql, context } = call;
  const version: StoredModuleVersion = {
    ...structuredClone(sourceOf(module)),
    id: randomUUID(),
    module_id: module.id,
    version_number: ((await versionsOf(call, module.id)).at(-1)?.version_number ?? 0) + 1,
    created_at: new Date(context.now).toISOString(),
  };
  await moduleVersionStore(services.vault).insert(sql, context.tenant, version, context.now);
  const published = { ...module, all_changes_published: true };
  await moduleStore(services.vault).replace(sql, context.tenant, published, context.now);
  return version;
}

/** The deployed actions that use a module. */
async function usersOf({ services, sql, context }: Where, id: string): Promise<ModuleUser[]> {
  const users: ModuleUser[] = [];
  for (const version of await actionVersionStore(services.vault).findAll(sql, context.tenant, 'module', id)) {
    const action = await actionStore(services.vault).get(sql, context.tenant, version.action_id);
    const used = version.modules?.find(({ module_id }) => module_id === id);
    if (!action || !used) continue;
    users.push({
      action_id: action.id,
      action_name: action.name,
      module_version_id: used.module_version_id,
      module_version_number: used.module_version_number,
      supported_triggers: version.supported_triggers,
    } as ModuleUser);
  }
  return users;
}

function sourceOf({ code, dependencies, secrets }: ModuleSource): ModuleSource {
  return { code, dependencies, secrets };
}

function shownVersion({ id, module_id, version_number, code, secrets, dependencies, created_at }: StoredModuleVersion) {
  return { id, module_id, version_number, code, secrets: shownSecrets(secrets), dependencies, created_at };
}

/** A module as it is shown. */
async function view(call: Where, module: StoredModule) {
  const { api_version: _kept, ...shown } = module;
  const latest = (await versionsOf(call, module.id)).at(-1);
  const brief = latest && (({ module_id: _left, ...rest }) => rest)(shownVersion(latest));
  return {
    ...shown,
    secrets: shownSecrets(module.secrets),
    actions_using_module_total: (await usersOf(call, module.id)).length,
    ...(latest && { latest_version_number: latest.version_number }),
    latest_version: brief,
  };
}
