/** Changes that are asked about first: the question, the change itself, and what is said when it worked. */
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Confirm, type ConfirmProps } from './confirm.tsx';
import { notifyDone } from './notify.tsx';

type ConfirmChangeProps<Input> = Omit<ConfirmProps, 'onConfirm' | 'pending' | 'error'> & {
  /** As much of a mutation as is needed. */
  change: {
    mutate: (input: Input, options: { onSuccess: () => void }) => void;
    reset: () => void;
    error: Error | null;
    isPending: boolean;
  };
  input: Input;
  /** What is said when it worked, in the past tense. */
  done: string;
};

/** The question, which is opened from elsewhere. */
export function ConfirmChange<Input>({ change, input, done, onClose, ...question }: ConfirmChangeProps<Input>) {
  const close = () => {
    change.reset();
    onClose();
  };
  const confirm = () =>
    change.mutate(input, {
      onSuccess: () => {
        onClose();
        notifyDone(done);
      },
    });
  return <Confirm {...question} onClose={close} onConfirm={confirm} pending={change.isPending} error={change.error} />;
}

type AskedChangeProps<Input> = Omit<ConfirmChangeProps<Input>, 'opened' | 'onClose'> & {
  /** The button that asks. */
  button: (ask: () => void) => ReactNode;
};

/** The question with the button that opens it. */
export function AskedChange<Input>({ button, ...question }: AskedChangeProps<Input>) {
  const [asking, dialog] = useDisclosure(false);
  return (
    <>
      {button(dialog.open)}
      <ConfirmChange {...question} opened={asking} onClose={dialog.close} />
    </>
  );
}
