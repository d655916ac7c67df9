/**
 * What the screens of actions ask the Management API, and what they change there.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import {
  actionResource,
  type actionVersion,
  type binding,
  type Action as StoredAction,
} from '../../../server/api/actions/schema.ts';
import { useChange } from '../api/change.ts';
import { ApiFailure, fieldOf } from '../api/errors.ts';
import type { Api } from '../api/request.ts';

export type Dependency = { name?: string; version?: string };
export type Action = Omit<StoredAction, 'secrets' | 'deployed_version' | 'deploy'> & {
  secrets: { name: string; updated_at: string }[];
  deployed_version?: { id: string; number: number; built_at: string };
};
export type ActionVersion = Static<typeof actionVersion>;
export type Binding = Static<typeof binding> & { action: Pick<Action, 'id' | 'name' | 'deployed_version'> };
export type NewBinding = { ref: { type: 'binding_id' | 'action_id'; value: string }; display_name: string };
export type ActionChanges = {
  name?: string;
  code?: string;
  runtime?: string;
  secrets?: { name: string; value?: string }[];
  dependencies?: Dependency[];
  modules?: { module_id: string; module_version_id?: string }[];
};
export type NewAction = {
  name: string;
  supported_triggers: { id: string; version: string }[];
  code: string;
  runtime: string;
};
type Counted = { total: number; page: number; per_page: number };

/** Why actions do nothing, as long as they do. */
export const ACTIONS_INERT = actionResource.fields.code.inert;

export const PER_PAGE = 50;
export const VERSIONS_PER_PAGE = 20;
/** As many as one request answers. */
const MOST = 100;
const LIST = ['actions', 'list'];
const FLOWS = ['actions', 'flows'];
const one = (id: string) => ['actions', 'one', id];

/** A page of the actions, of one trigger if it is named. `page` counts from 1, as the address does. */
export function actionListQuery(api: Api, { trigger, page }: { trigger?: string | undefined; page: number }) {
  return queryOptions({
    queryKey: [...LIST, trigger, page],
    queryFn: ({ signal }) =>
      api<{ actions: Action[] } & Counted>('/actions/actions', {
        query: { triggerId: trigger, page: page - 1, per_page: PER_PAGE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The actions that a trigger can be given, deployed or not. */
export function actionChoicesQuery(api: Api, trigger: string) {
  return queryOptions({
    queryKey: [...LIST, 'choices', trigger],
    queryFn: async ({ signal }) => {
      const query = { triggerId: trigger, per_page: MOST };
      return (await api<{ actions: Action[] }>('/actions/actions', { query, signal })).actions;
    },
  });
}

export function actionQuery(api: Api, id: string) {
  return queryOptions({ queryKey: one(id), queryFn: ({ signal }) => api<Action>(pathOf(id), { signal }) });
}

export function versionsQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: [...one(id), 'versions', page],
    queryFn: ({ signal }) =>
      api<{ versions: ActionVersion[] } & Counted>(pathOf(id, 'versions'), {
        query: { page: page - 1, per_page: VERSIONS_PER_PAGE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The actions of a trigger in the order in which they run. */
export function bindingsQuery(api: Api, trigger: string) {
  return queryOptions({
    queryKey: [...FLOWS, trigger],
    queryFn: async ({ signal }) =>
      (await api<{ bindings: Binding[] }>(bindingsPath(trigger), { query: { per_page: MOST }, signal })).bindings,
  });
}

export function useCreateAction() {
  return useChange((api, body: NewAction) => api<Action>('/actions/actions', { method: 'POST', body }), [LIST]);
}

export function useUpdateAction(id: string) {
  return useChange(
    (api, body: ActionChanges) => api<Action>(pathOf(id), { method: 'PATCH', body }),
    [LIST, FLOWS, one(id)],
  );
}

/** Deploys the draft, after it was saved if there are changes. */
export function useDeployAction(id: string) {
  return useChange(
    async (api, changes: ActionChanges | undefined) => {
      if (changes) await api<Action>(pathOf(id), { method: 'PATCH', body: changes });
      return api<ActionVersion>(pathOf(id, 'deploy'), { method: 'POST' });
    },
    [LIST, FLOWS, one(id)],
  );
}

/** Deploys an earlier version once more. */
export function useDeployVersion(id: string) {
  return useChange(
    (api, { version, updateDraft }: { version: string; updateDraft: boolean }) =>
      api<ActionVersion>(pathOf(id, 'versions', version, 'deploy'), {
        method: 'POST',
        body: { update_draft: updateDraft },
      }),
    [LIST, FLOWS, one(id)],
  );
}

/** With `force` the action is taken out of its flow as well. */
export function useDeleteAction(id: string) {
  return useChange(
    (api, { force }: { force: boolean }) =>
      api<void>(pathOf(id), { method: 'DELETE', query: { force: force || undefined } }),
    [LIST, FLOWS],
  );
}

export function useSaveBindings(trigger: string) {
  return useChange(
    (api, bindings: NewBinding[]) => api<unknown>(bindingsPath(trigger), { method: 'PATCH', body: { bindings } }),
    [FLOWS],
  );
}

/** The field that an error is about; that a name is taken is a conflict, which names no field. */
export function actionFieldOf(error: unknown): string | undefined {
  if (error instanceof ApiFailure && error.errorCode === 'action_conflict') return 'name';
  return fieldOf(error);
}

export function triggerOfAction({ supported_triggers }: Pick<Action, 'supported_triggers'>): string {
  return supported_triggers[0]?.id ?? '';
}

function pathOf(id: string, ...parts: string[]) {
  return ['/actions/actions', encodeURIComponent(id), ...parts.map(encodeURIComponent)].join('/');
}

function bindingsPath(trigger: string) {
  return `/actions/triggers/${encodeURIComponent(trigger)}/bindings`;
}
