import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useDashboard } from '../dashboard.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { SignInError } from './errors.ts';

/** Stands over everything while the server does not know who is here any more; what is below stays as it is. */
export function SignedOut() {
  const { session } = useDashboard();
  const { isLost, profile } = useSyncExternalStore(session.subscribe, session.state);
  const again = useMutation({ mutationFn: () => session.signInAgain() });
  const isBlocked = again.error instanceof SignInError && again.error.code === 'popup_blocked';
  return (
    <Modal
      opened={isLost}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="You were signed out"
      zIndex={400}
    >
      <Stack gap="lg">
        <Text>
          Your session has ended. Sign in again in a window, as {profile.email ?? profile.name ?? profile.sub}, and go
          on here: what you typed is still there, and what was being asked is asked again.
        </Text>
        <InlineFailure error={again.error} />
        <Group justify="flex-end" gap="sm">
          {isBlocked && (
            <Button variant="default" onClick={() => session.leaveToSignIn()}>
              Leave this page to sign in
            </Button>
          )}
          <Button data-autofocus onClick={() => again.mutate()}>
            Sign in again
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
