/** Where actions, their versions and bindings are kept. The values of secrets are sealed. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer, unsealed } from '../../storage/documents.ts';
import { removeTokenExchangeProfilesOfAction } from '../token-exchange-profiles/store.ts';
import type { ModuleReference } from './schema.ts';

export type StoredSecret = { name: string; value: string; updated_at: string };

/** What a version is made of and the draft can change. */
export type Source = {
  supported_triggers: { id: string; version: string }[];
  code: string;
  dependencies: { name?: string; version?: string; registry_url?: string }[];
  runtime: string;
  secrets: StoredSecret[];
  modules?: ModuleReference[];
};

/** What versions are made of. */
export function sourceOnly({ supported_triggers, code, dependencies, runtime, secrets, modules }: Source): Source {
  return { supported_triggers, code, dependencies, runtime, secrets, ...(modules && { modules }) };
}

export type StoredAction = Source & {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
  all_changes_deployed: boolean;
  deployed_version_id?: string;
};

export type StoredVersion = Source & {
  id: string;
  action_id: string;
  number: number;
  deployed: boolean;
  created_at: string;
  updated_at: string;
  built_at: string;
};

export type StoredBinding = {
  id: string;
  trigger_id: string;
  action_id: string;
  display_name: string;
  secrets: StoredSecret[];
  created_at: string;
  updated_at: string;
};

const moduleIds = ({ modules = [] }: Source): string[] => modules.map(({ module_id }) => module_id);

export function actionStore(sealer: Sealer): Collection<StoredAction> {
  return collection<StoredAction>(
    {
      kind: 'action',
      id: 'id',
      keys: { name: { of: (action) => action.name, unique: true }, module: { of: moduleIds } },
      sealed: ['secrets.value'],
    },
    sealer,
  );
}

export function actionVersionStore(sealer: Sealer): Collection<StoredVersion> {
  return collection<StoredVersion>(
    {
      kind: 'action_version',
      id: 'id',
      keys: {
        action: { of: (version) => version.action_id },
        /** Of two deployments at the same time one fails instead of both making the same version. */
        number: { of: ({ action_id, number }) => `${action_id} ${number}`, unique: true },
        /** Modules that deployed versions use. */
        module: { of: (version) => (version.deployed ? moduleIds(version) : []) },
      },
      sealed: ['secrets.value'],
    },
    sealer,
  );
}

/** Bindings of a trigger are in the order in which they run. */
export function bindingStore(sealer: Sealer): Collection<StoredBinding> {
  return collection<StoredBinding>(
    {
      kind: 'action_binding',
      id: 'id',
      keys: { trigger: { of: (binding) => binding.trigger_id }, action: { of: (binding) => binding.action_id } },
      sealed: ['secrets.value'],
    },
    sealer,
  );
}

/** What a run of the actions of a trigger came to. */
export type StoredExecution = { id: string; trigger_id: string; created_at: string };

export const executions: Collection<StoredExecution> = collection<StoredExecution>(
  { kind: 'action_execution', id: 'id', keys: {} },
  unsealed,
);

/** Takes an action away, if it is there, with its versions, its bindings and the profiles that need it. */
export async function removeAction(sql: Sql, sealer: Sealer, tenant: string, id: string): Promise<void> {
  const versions = actionVersionStore(sealer);
  const bindings = bindingStore(sealer);
  for (const version of await versions.findAll(sql, tenant, 'action', id))
    await versions.remove(sql, tenant, version.id);
  for (const binding of await bindings.findAll(sql, tenant, 'action', id))
    await bindings.remove(sql, tenant, binding.id);
  await removeTokenExchangeProfilesOfAction(sql, tenant, id);
  await actionStore(sealer).remove(sql, tenant, id);
}
