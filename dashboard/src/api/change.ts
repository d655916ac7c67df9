import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useDashboard } from '../dashboard.tsx';
import type { Api } from './request.ts';

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
