import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../api/types.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { userTitle } from './person.tsx';
import { UserPicker } from './picker.tsx';

export type AddUserProps = {
  /** Ids of users who are not offered. */
  without: string[];
  add: UseMutationResult<unknown, Error, User>;
  /** What has become of the user: "is a member". */
  done: string;
  onClose: () => void;
};

/** Adds one user to something. Mount it when its dialog opens, so that it starts empty each time. */
export function AddUser({ without, add, done, onClose }: AddUserProps) {
  const [user, setUser] = useState<User>();
  const submit = () =>
    user &&
    add.mutate(user, {
      onSuccess: () => {
        onClose();
        notifyDone(`${userTitle(user)} ${done}`);
      },
    });
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Add"
      ready={user !== undefined}
      pending={add.isPending}
      error={add.error}
    >
      <UserPicker label="User" without={without} value={user} onChange={setUser} />
    </DialogForm>
  );
}
