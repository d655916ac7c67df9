import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { explain } from '../api/errors.ts';

/** How long (ms) a notice stays; longer while there is something to decide. */
const SHORT = 3000;
const LONG = 10_000;

/** For how many frames what had the focus may still be there. */
const FRAMES = 60;

const FRAME = { withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } } as const;

/** Says shortly that something was done, in the past tense: "Saved". */
export function notifyDone(message: string): void {
  notifications.show({ ...FRAME, message, icon: <IconCheck size={18} />, autoClose: SHORT });
}

/**
 * Says what was done, and offers to take it back.
 * @param undo takes it back; what it throws is told
 */
export function notifyUndoable(message: string, undo: () => Promise<unknown>): void {
  const takeBack = async () => {
    close();
    try {
      await undo();
      notifyDone('Taken back');
    } catch (error) {
      notifyFailed(error);
    }
  };
  const id = notifications.show({
    ...FRAME,
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        {message}
        <UndoButton onClick={takeBack} />
      </Group>
    ),
    icon: <IconCheck size={18} />,
    autoClose: LONG,
  });
  const close = () => notifications.hide(id);
}

/** The button of the row that is gone had the focus: whoever works by keyboard goes on here, and then in the content. */
function UndoButton({ onClick }: { onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const own = button.current;
    // The row goes within the next frames.
    let frame = 0;
    const look = (left: number) => {
      if (document.activeElement === document.body) own?.focus({ preventScroll: true });
      else if (left > 0) frame = requestAnimationFrame(() => look(left - 1));
    };
    look(FRAMES);
    return () => {
      cancelAnimationFrame(frame);
      if (document.activeElement === own) document.getElementById('content')?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <Button
      ref={button}
      variant="default"
      size="xs"
      flex="none"
      leftSection={<IconArrowBackUp size={15} aria-hidden />}
      onClick={onClick}
    >
      Undo
    </Button>
  );
}

function notifyFailed(error: unknown): void {
  const { title, detail } = explain(error);
  notifications.show({
    ...FRAME,
    title,
    message: detail,
    color: 'red',
    icon: <IconAlertTriangle size={18} />,
    autoClose: LONG,
  });
}
