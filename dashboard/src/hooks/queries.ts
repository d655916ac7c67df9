/**
 * What the screens of hooks ask the Management API, and what they change there.
 */
import { queryOptions } from '@tanstack/react-query';
import { type Hook, hookResource } from '../../../server/api/hooks/schema.ts';
import { useChange } from '../api/change.ts';
import { ApiFailure, fieldOf } from '../api/errors.ts';
import { everyItem } from '../api/paging.ts';
import type { Api } from '../api/request.ts';

export type { Hook };
export type ListedHook = Pick<Hook, 'id' | 'name' | 'triggerId' | 'enabled'>;
export type NewHook = Pick<Hook, 'name' | 'script' | 'triggerId'>;
export type HookChanges = Partial<Pick<Hook, 'name' | 'script' | 'enabled' | 'dependencies'>>;

/** Why hooks do nothing, as long as they do. */
export const HOOKS_INERT = hookResource.fields.script.inert;

const LIST = ['hooks', 'list'];
const one = (id: string, ...parts: string[]) => ['hooks', 'one', id, ...parts];

/** All hooks, without their code. */
export function hooksQuery(api: Api) {
  return queryOptions({
    queryKey: LIST,
    queryFn: ({ signal }) =>
      everyItem<ListedHook>(api, '/hooks', { query: { fields: 'id,name,triggerId,enabled' }, signal }),
  });
}

export function hookQuery(api: Api, id: string) {
  return queryOptions({ queryKey: one(id), queryFn: ({ signal }) => api<Hook>(pathOf(id), { signal }) });
}

/** The names of the secrets of a hook. */
export function hookSecretsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id, 'secrets'),
    queryFn: async ({ signal }) => Object.keys(await api<Record<string, string>>(pathOf(id, 'secrets'), { signal })),
  });
}

export function useCreateHook() {
  return useChange((api, body: NewHook) => api<Hook>('/hooks', { method: 'POST', body }), [LIST]);
}

export function useUpdateHook(id: string) {
  return useChange((api, body: HookChanges) => api<Hook>(pathOf(id), { method: 'PATCH', body }), [LIST, one(id)]);
}

export function useDeleteHook(id: string) {
  return useChange((api) => api<void>(pathOf(id), { method: 'DELETE' }), [LIST]);
}

/** Switches a hook on or off. One is on for each trigger, so that the one that was on goes off first. */
export function useSwitchHook() {
  return useChange(
    async (api, { hook, hooks, enabled }: { hook: ListedHook; hooks: readonly ListedHook[]; enabled: boolean }) => {
      const before = hooks.filter(
        (other) => other.enabled && other.triggerId === hook.triggerId && other.id !== hook.id,
      );
      const off = { method: 'PATCH', body: { enabled: false } } as const;
      if (enabled) for (const { id } of before) await api<Hook>(pathOf(id), off);
      await api<Hook>(pathOf(hook.id), { method: 'PATCH', body: { enabled } });
    },
    [LIST, ['hooks', 'one']],
  );
}

export function useSetHookSecret(id: string, known: readonly string[]) {
  return useChange(
    (api, { name, value }: { name: string; value: string }) =>
      api<unknown>(pathOf(id, 'secrets'), {
        method: known.includes(name) ? 'PATCH' : 'POST',
        body: { [name]: value },
      }),
    [one(id, 'secrets')],
  );
}

export function useDeleteHookSecret(id: string) {
  return useChange(
    (api, name: string) => api<void>(pathOf(id, 'secrets'), { method: 'DELETE', body: [name] }),
    [one(id, 'secrets')],
  );
}

/** The field that an error is about; that a name is taken is a conflict, which names no field. */
export function hookFieldOf(error: unknown): string | undefined {
  if (error instanceof ApiFailure && error.errorCode === 'hook_conflict') return 'name';
  return fieldOf(error);
}

function pathOf(id: string, ...parts: string[]) {
  return ['/hooks', encodeURIComponent(id), ...parts].join('/');
}
