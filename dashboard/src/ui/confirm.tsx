import { Code, Modal, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DialogForm } from './dialog-form.tsx';

export type ConfirmProps = {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  /** The question, such as "Delete this client?". */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The action in words, such as "Delete client". */
  action: string;
  /** What has to be typed first, for what cannot be undone. */
  typed?: string | undefined;
  /** For what can be taken back. */
  calm?: boolean;
  pending?: boolean;
  error?: unknown;
};

/** Asks before something that cannot be taken back. */
export function Confirm({ opened, onClose, title, ...rest }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Question onClose={onClose} {...rest} />
    </Modal>
  );
}

// Apart from the dialog, so that what was typed is gone when it closes.
function Question(props: Omit<ConfirmProps, 'opened' | 'title'>) {
  const [answer, setAnswer] = useState('');
  return (
    <DialogForm
      onSubmit={props.onConfirm}
      onClose={props.onClose}
      action={props.action}
      ready={props.typed === undefined || answer.trim() === props.typed}
      pending={props.pending ?? false}
      error={props.error}
      danger={!props.calm}
    >
      <Text component="div">{props.children}</Text>
      {props.typed !== undefined && (
        <TextInput
          data-autofocus
          autoComplete="off"
          label={
            <>
              Type <Code>{props.typed}</Code> to confirm
            </>
          }
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  );
}
