import { Text } from '@mantine/core';
import { useState } from 'react';
import type { User } from '../api/types.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { userTitle } from './person.tsx';
import { UserPicker } from './picker.tsx';
import { useLinkUser } from './queries.ts';

/** Makes another account a second way to sign in as this user. */
export const LinkAccount = dialogOf('Link another account', Choose);

function Choose({ user, onClose }: { user: User; onClose: () => void }) {
  const [other, setOther] = useState<User>();
  const link = useLinkUser(user.user_id);
  const submit = () =>
    other &&
    link.mutate(other, {
      onSuccess: () => {
        onClose();
        notifyDone('The accounts are linked');
      },
    });
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Link accounts"
      ready={other !== undefined}
      pending={link.isPending}
      error={link.error}
      danger
    >
      <Text>
        The account you choose becomes another way to sign in as <strong>{userTitle(user)}</strong>. It is no user of
        its own any more: its metadata, roles and sessions are lost. Its profile is kept and comes back when you unlink
        it.
      </Text>
      <UserPicker label="Account to link" without={[user.user_id]} value={other} onChange={setOther} />
    </DialogForm>
  );
}
