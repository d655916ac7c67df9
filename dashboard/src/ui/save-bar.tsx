import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Confirm } from './confirm.tsx';
import classes from './save-bar.module.css';
import { InlineFailure } from './states.tsx';

export type SaveBarProps = {
  changed: boolean;
  saving: boolean;
  /** Why the last try failed, unless a field shows it. */
  error: unknown;
  onDiscard: () => void;
  /** What is not made yet keeps the bar in sight, with the deed in words: "Create rule". */
  create?: string | undefined;
  /** What saving is called here: "Save draft". */
  action?: string;
};

/** Stays in sight at the foot of a form while something in it is not saved, and asks before that is left behind. */
export function SaveBar({ changed, saving, error, onDiscard, create, action = 'Save' }: SaveBarProps) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: changed,
    withResolver: true,
  });
  return (
    <>
      {(changed || create) && (
        <div className={classes.bar}>
          <Stack gap="sm">
            <InlineFailure error={error} />
            <Group justify="space-between" gap="sm">
              <Text size="sm" fw={600} role="status">
                {create ? 'Not created yet' : 'Unsaved changes'}
              </Text>
              <Group gap="sm">
                {changed && (
                  <Button variant="default" onClick={onDiscard} disabled={saving}>
                    Discard
                  </Button>
                )}
                <Button type="submit" loading={saving}>
                  {create ?? action}
                </Button>
              </Group>
            </Group>
          </Stack>
        </div>
      )}
      <Confirm
        opened={leaving.status === 'blocked'}
        onClose={() => leaving.reset?.()}
        onConfirm={() => leaving.proceed?.()}
        title="Leave without saving?"
        action="Leave"
      >
        What you changed on this page is lost when you leave it now.
      </Confirm>
    </>
  );
}
