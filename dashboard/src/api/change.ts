/** Changes through the API, by what they do to the answers that are kept. */
import { type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useDashboard } from '../dashboard.tsx';
import type { Api, RequestOptions } from './request.ts';

/** A request with its path below the API's base. */
export type Request = RequestOptions & { path: string };

/**
 * A change through the API. What is kept of answers under `keys` is asked for again before the change counts as done, so
 * that what is shown next is true.
 */
export function useChange<Input = void, Answer = unknown>(
  send: (api: Api, input: Input) => Promise<Answer>,
  keys: readonly QueryKey[],
) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) => send(api, input),
    onSuccess: () =>
      Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey, refetchType: 'all' }))).then(() => {}),
  });
}

/** Something that is done to what a thing has; what is shown of the thing is asked for again. */
export function useDeed<Input = void, Answer = unknown>(key: QueryKey, request: (input: Input) => Request) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) => {
      const { path, ...options } = request(input);
      return api<Answer>(path, options);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** A change that is answered with the thing as it is now: that is kept, and the lists that it is in are asked for again. */
export function useKept<Input, Thing>(
  send: (api: Api, input: Input) => Promise<Thing>,
  keyOf: (thing: Thing) => QueryKey,
  list: QueryKey,
) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation<Thing, Error, Input>({
    mutationFn: (input) => send(api, input),
    onSuccess: (thing) => {
      queries.setQueryData(keyOf(thing), thing);
      return queries.invalidateQueries({ queryKey: list });
    },
  });
}

/** The end of a thing, after which its list is what is seen next. */
export function useDeletion(path: string, key: QueryKey, list: QueryKey) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>(path, { method: 'DELETE' }),
    onSuccess: () => forget(queries, key, list),
  });
}

/** What is gone is not asked for again; the lists that it was in are, also while they are not on screen. */
export function forget(queries: QueryClient, key: QueryKey, list: QueryKey) {
  queries.invalidateQueries({ queryKey: key, refetchType: 'none' });
  return queries.invalidateQueries({ queryKey: list, refetchType: 'all' });
}
