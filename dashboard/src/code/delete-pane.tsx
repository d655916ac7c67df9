import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDelete, type Deletion } from '../ui/delete.tsx';
import { Pane } from './workbench.tsx';

/** Deletes what some code belongs to; `onAsk` is told when somebody is about to. */
export function DeletePane({ onAsk, ...deletion }: Deletion & { onAsk?: () => void }) {
  const [asking, dialog] = useDisclosure(false);
  const ask = () => {
    onAsk?.();
    dialog.open();
  };
  return (
    <Pane
      title="Delete"
      action={
        <Button color="red" size="xs" variant="outline" onClick={ask}>
          Delete {deletion.thing}
        </Button>
      }
    >
      <ConfirmDelete {...deletion} opened={asking} onClose={dialog.close} />
    </Pane>
  );
}
