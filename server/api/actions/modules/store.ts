/** Where modules of actions and their versions are kept. The values of secrets are sealed. */
import { type Collection, collection, type Sealer } from '../../../storage/documents.ts';
import type { StoredSecret } from '../store.ts';

export type ModuleSource = {
  code: string;
  dependencies: { name: string; version: string }[];
  secrets: StoredSecret[];
};

export type StoredModule = ModuleSource & {
  id: string;
  name: string;
  api_version?: string;
  created_at: string;
  updated_at: string;
  all_changes_published: boolean;
};

export type StoredModuleVersion = ModuleSource & {
  id: string;
  module_id: string;
  version_number: number;
  created_at: string;
};

export function moduleStore(sealer: Sealer): Collection<StoredModule> {
  return collection<StoredModule>(
    {
      kind: 'action_module',
      id: 'id',
      keys: { name: { of: (module) => module.name, unique: true } },
      sealed: ['secrets.value'],
    },
    sealer,
  );
}

export function moduleVersionStore(sealer: Sealer): Collection<StoredModuleVersion> {
  return collection<StoredModuleVersion>(
    {
      kind: 'action_module_version',
      id: 'id',
      keys: {
        module: { of: (version) => version.module_id },
        /** Of two publications at the same time one fails instead of both making the same version. */
        number: { of: ({ module_id, version_number }) => `${module_id} ${version_number}`, unique: true },
      },
      sealed: ['secrets.value'],
    },
    sealer,
  );
}
