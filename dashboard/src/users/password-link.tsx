import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { User } from '../api/types.ts';
import { CopyField } from '../ui/copy.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { userTitle } from './person.tsx';
import { useUserDeed } from './queries.ts';

/** Makes a link by which a user chooses a new password, for the administrator to hand on. */
export function PasswordLink({ user, opened, onClose }: { user: User; opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Password reset link">
      <MakeLink user={user} onClose={onClose} />
    </Modal>
  );
}

// Apart from the dialog, so that the next one starts without the link of the last.
function MakeLink({ user, onClose }: { user: User; onClose: () => void }) {
  const [verifies, setVerifies] = useState(false);
  const make = useUserDeed<void, { ticket: string }>(user.user_id, () => ({
    path: '/tickets/password-change',
    method: 'POST',
    body: { user_id: user.user_id, mark_email_as_verified: verifies },
  }));
  if (make.data) {
    return (
      <Stack gap="lg">
        <Text>
          Give this link to <strong>{userTitle(user)}</strong> and to nobody else: whoever opens it may set the
          password. It works once.
        </Text>
        <CopyField label="Link" name="link" value={make.data.ticket} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <DialogForm
      onSubmit={() => make.mutate()}
      onClose={onClose}
      action="Make link"
      pending={make.isPending}
      error={make.error}
    >
      <Text>
        Makes a link by which <strong>{userTitle(user)}</strong> chooses a new password. No mail is sent; you hand it on
        yourself.
      </Text>
      {user.email && !user.email_verified && (
        <Checkbox
          label="Whoever uses the link has shown that the address is theirs"
          checked={verifies}
          onChange={(event) => setVerifies(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  );
}
