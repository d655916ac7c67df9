/**
 * What the screens of rules ask the Management API, and what they change there.
 */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Rule, ruleResource } from '../../../server/api/rules/schema.ts';
import { useChange } from '../api/change.ts';
import { ApiFailure, fieldOf } from '../api/errors.ts';
import { everyItem } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import { useDashboard } from '../dashboard.tsx';
import { afterChanges, inOrder, type OrderChange } from './order.ts';

export type { Rule };
export type ListedRule = Pick<Rule, 'id' | 'name' | 'enabled' | 'order'>;
export type NewRule = Pick<Rule, 'name' | 'script' | 'enabled'> & { order?: number };
export type RuleChanges = Partial<NewRule>;

const LIST = ['rules', 'list'];
const VALUES = ['rules', 'values'];
const one = (id: string) => ['rules', 'one', id];

/** Why rules do nothing, as long as they do. */
export const RULES_INERT = ruleResource.fields.script.inert;

/** All rules as they run, without their code. */
export function rulesQuery(api: Api) {
  return queryOptions({
    queryKey: LIST,
    queryFn: async ({ signal }) =>
      inOrder(await everyItem<ListedRule>(api, '/rules', { query: { fields: 'id,name,enabled,order' }, signal })),
  });
}

export function ruleQuery(api: Api, id: string) {
  return queryOptions({ queryKey: one(id), queryFn: ({ signal }) => api<Rule>(pathOf(id), { signal }) });
}

export function useCreateRule() {
  return useChange((api, body: NewRule) => api<Rule>('/rules', { method: 'POST', body }), [LIST]);
}

export function useUpdateRule(id: string) {
  return useChange((api, body: RuleChanges) => api<Rule>(pathOf(id), { method: 'PATCH', body }), [LIST, one(id)]);
}

export function useDeleteRule() {
  return useChange((api, id: string) => api<void>(pathOf(id), { method: 'DELETE' }), [LIST]);
}

/** Switches a rule on or off from the list, which shows it at once. */
export function useSwitchRule() {
  return useListChange<{ id: string; enabled: boolean }>(
    async (api, { id, enabled }) => {
      await api<Rule>(pathOf(id), { method: 'PATCH', body: { enabled } });
    },
    (rules, { id, enabled }) => rules.map((rule) => (rule.id === id ? { ...rule, enabled } : rule)),
  );
}

/** Gives rules other places, one request after the other. */
export function useMoveRule() {
  return useListChange<readonly OrderChange[]>(async (api, changes) => {
    for (const { id, order } of changes) await api<Rule>(pathOf(id), { method: 'PATCH', body: { order } });
  }, afterChanges);
}

/** A change that the list shows before the server has it. Several wait for each other; the last asks what is true. */
function useListChange<Input>(
  send: (api: Api, input: Input) => Promise<void>,
  applied: (rules: readonly ListedRule[], input: Input) => ListedRule[],
) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation<void, Error, Input>({
    mutationKey: LIST,
    scope: { id: 'rules' },
    mutationFn: (input) => send(api, input),
    onMutate: async (input) => {
      queries.setQueryData<ListedRule[]>(LIST, (rules) => rules && applied(rules, input));
      await queries.cancelQueries({ queryKey: LIST });
    },
    onSettled: () => {
      if (queries.isMutating({ mutationKey: LIST }) > 1) return;
      return Promise.all([LIST, ['rules', 'one']].map((queryKey) => queries.invalidateQueries({ queryKey }))).then();
    },
  });
}

/** The keys of the settings of rules; nothing shows their values. */
export function ruleValuesQuery(api: Api) {
  return queryOptions({
    queryKey: VALUES,
    queryFn: ({ signal }) => api<{ key: string }[]>('/rules-configs', { signal }),
  });
}

export function useSetRuleValue() {
  return useChange(
    (api, { name, value }: { name: string; value: string }) =>
      api<unknown>(valuePath(name), { method: 'PUT', body: { value } }),
    [VALUES],
  );
}

export function useDeleteRuleValue() {
  return useChange((api, name: string) => api<void>(valuePath(name), { method: 'DELETE' }), [VALUES]);
}

/** The field that an error is about; of two rules with the same name or order only the message tells. */
export function ruleFieldOf(error: unknown): string | undefined {
  if (error instanceof ApiFailure && error.errorCode === 'rule_conflict')
    return /the same (name|order)/.exec(error.message)?.[1];
  return fieldOf(error);
}

function pathOf(id: string) {
  return `/rules/${encodeURIComponent(id)}`;
}

function valuePath(key: string) {
  return `/rules-configs/${encodeURIComponent(key)}`;
}
