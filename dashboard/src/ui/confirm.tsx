import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { InlineFailure } from './states.tsx';

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
  const ready = props.typed === undefined || answer.trim() === props.typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A form that this dialog was opened from is an ancestor to React, though not to the browser: it is not submitted.
    event.stopPropagation();
    if (ready) props.onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
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
        <InlineFailure error={props.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" color={props.calm ? undefined : 'red'} disabled={!ready} loading={props.pending}>
            {props.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
