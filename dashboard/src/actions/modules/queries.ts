/**
 * What the screens of modules ask the Management API, and what they change there.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { ActionModule, ModuleUser, moduleVersion } from '../../../../server/api/actions/modules/schema.ts';
import { useChange } from '../../api/change.ts';
import { ApiFailure, fieldOf } from '../../api/errors.ts';
import type { Api } from '../../api/request.ts';

export type Module = Omit<ActionModule, 'secrets' | 'latest_version'> & {
  secrets: { name: string; updated_at: string }[];
  latest_version?: { id: string; created_at: string };
};
export type ModuleVersion = Static<typeof moduleVersion>;
export type ModuleChanges = {
  code?: string;
  dependencies?: { name: string; version: string }[];
  /** All of them: the API keeps none that is not named with its value. */
  secrets?: { name: string; value: string }[];
};

export const VERSIONS_PER_PAGE = 20;
const LIST = ['modules', 'list'];
const one = (id: string, ...parts: (string | number)[]) => ['modules', 'one', id, ...parts];

/** All modules; the API makes no pages unless it is asked to. */
export function modulesQuery(api: Api) {
  return queryOptions({
    queryKey: LIST,
    queryFn: async ({ signal }) => (await api<{ modules: Module[] }>('/actions/modules', { signal })).modules,
  });
}

export function moduleQuery(api: Api, id: string) {
  return queryOptions({ queryKey: one(id), queryFn: ({ signal }) => api<Module>(pathOf(id), { signal }) });
}

export function moduleVersionsQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: one(id, 'versions', page),
    queryFn: ({ signal }) =>
      api<{ versions: ModuleVersion[]; total: number }>(pathOf(id, 'versions'), {
        query: { page: page - 1, per_page: VERSIONS_PER_PAGE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The deployed actions that use a module. */
export function moduleUsersQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id, 'actions'),
    queryFn: async ({ signal }) => (await api<{ actions: ModuleUser[] }>(pathOf(id, 'actions'), { signal })).actions,
  });
}

export function useCreateModule() {
  return useChange(
    (api, body: { name: string; code: string }) => api<Module>('/actions/modules', { method: 'POST', body }),
    [LIST],
  );
}

export function useUpdateModule(id: string) {
  return useChange((api, body: ModuleChanges) => api<Module>(pathOf(id), { method: 'PATCH', body }), [LIST, one(id)]);
}

/** Publishes the draft, after it was saved if there are changes. */
export function usePublishModule(id: string) {
  return useChange(
    async (api, changes: ModuleChanges | undefined) => {
      if (changes) await api<Module>(pathOf(id), { method: 'PATCH', body: changes });
      return api<ModuleVersion>(pathOf(id, 'versions'), { method: 'POST' });
    },
    [LIST, one(id)],
  );
}

/** Makes an earlier version the draft. */
export function useRestoreModule(id: string) {
  return useChange(
    (api, version: string) =>
      api<Module>(pathOf(id, 'rollback'), { method: 'POST', body: { module_version_id: version } }),
    [LIST, one(id)],
  );
}

export function useDeleteModule(id: string) {
  return useChange((api) => api<void>(pathOf(id), { method: 'DELETE' }), [LIST]);
}

/** The field that an error is about; that a name is taken is a conflict, which names no field. */
export function moduleFieldOf(error: unknown): string | undefined {
  if (error instanceof ApiFailure && error.errorCode === 'action_module_conflict') return 'name';
  return fieldOf(error);
}

function pathOf(id: string, ...parts: string[]) {
  return ['/actions/modules', encodeURIComponent(id), ...parts].join('/');
}
