import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pane } from '../code/workbench.tsx';
import { useDashboard } from '../dashboard.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { type Action, bindingsQuery, triggerOfAction, useDeleteAction } from './queries.ts';
import { wordsOfTrigger } from './words.ts';

/** Deletes an action, and says first what that does to the flow that it is in. */
export function DeleteAction({ action }: { action: Action }) {
  const [asking, dialog] = useDisclosure(false);
  const { api } = useDashboard();
  const trigger = triggerOfAction(action);
  const bindings = useQuery({ ...bindingsQuery(api, trigger), enabled: asking });
  const isBound = bindings.data?.some((binding) => binding.action.id === action.id) ?? false;
  const remove = useDeleteAction(action.id);
  const navigate = useNavigate();
  return (
    <Pane
      title="Delete"
      action={
        <Button
          color="red"
          size="xs"
          variant="outline"
          onClick={() => {
            remove.reset();
            dialog.open();
          }}
        >
          Delete action
        </Button>
      }
    >
      <Confirm
        opened={asking}
        onClose={dialog.close}
        onConfirm={() =>
          remove.mutate(
            { force: isBound },
            {
              onSuccess: () => {
                notifyDone(`${action.name} was deleted`);
                return navigate({ to: '/actions', ignoreBlocker: true });
              },
            },
          )
        }
        title="Delete this action?"
        action="Yes, delete action"
        typed={isBound ? action.name : undefined}
        pending={remove.isPending || bindings.isLoading}
        error={remove.error}
      >
        {isBound && (
          <Text fw={600} mb="xs">
            It is in the flow “{wordsOfTrigger(trigger).label}” and is taken out of it.
          </Text>
        )}
        The code of <strong>{action.name}</strong>, its secrets and all its versions are gone for good.
      </Confirm>
    </Pane>
  );
}
