/**
 * The form in a dialog: its fields, why the last try failed, and the way out beside the deed.
 */
import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { InlineFailure } from './states.tsx';

export type DialogFormProps = {
  onSubmit: () => void;
  /** Something was typed or chosen. */
  onChange?: () => void;
  onClose: () => void;
  /** The deed in words, such as "Create". */
  action: string;
  /** Whether what was entered can be sent. */
  ready?: boolean;
  pending: boolean;
  /** Why the last try failed, unless a field says so. */
  error: unknown;
  /** For what cannot be taken back. */
  danger?: boolean;
  children: ReactNode;
};

export function DialogForm(props: DialogFormProps) {
  const { onSubmit, onChange, onClose, action, ready = true, pending, error, danger = false, children } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A form that the dialog was opened from is an ancestor to React, though not to the browser: it is not submitted.
    event.stopPropagation();
    if (ready) onSubmit();
  };
  return (
    <form onSubmit={submit} onChange={onChange} noValidate autoComplete="off">
      <Stack gap="lg">
        {children}
        <InlineFailure error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} disabled={!ready} loading={pending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
