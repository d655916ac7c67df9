import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DeletePane } from '../code/delete-pane.tsx';
import { useDashboard } from '../dashboard.tsx';
import { type Action, bindingsQuery, triggerOfAction, useDeleteAction } from './queries.ts';
import { wordsOfTrigger } from './words.ts';

/** Deletes an action, and says first what that does to the flow that it is in. */
export function DeleteAction({ action }: { action: Action }) {
  const [isAsked, setAsked] = useState(false);
  const { api } = useDashboard();
  const trigger = triggerOfAction(action);
  const bindings = useQuery({ ...bindingsQuery(api, trigger), enabled: isAsked });
  const isBound = bindings.data?.some((binding) => binding.action.id === action.id) ?? false;
  const remove = useDeleteAction(action.id);
  return (
    <DeletePane
      thing="action"
      name={action.name}
      to="/actions"
      remove={{
        ...remove,
        mutate: (_, options) => remove.mutate({ force: isBound }, options),
        isPending: remove.isPending || bindings.isLoading,
      }}
      typed={isBound ? action.name : undefined}
      onAsk={() => setAsked(true)}
    >
      {isBound && (
        <Text fw={600} mb="xs">
          It is in the flow “{wordsOfTrigger(trigger).label}” and is taken out of it.
        </Text>
      )}
      The code of <strong>{action.name}</strong>, its secrets and all its versions are gone for good.
    </DeletePane>
  );
}
