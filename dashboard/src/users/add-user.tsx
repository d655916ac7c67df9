import { Button, Group, Stack } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../api/types.ts';
import { notifyDone } from '../ui/notify.tsx';
import { InlineFailure } from '../ui/states.tsx';
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
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!user) return;
        add.mutate(user, {
          onSuccess: () => {
            onClose();
            notifyDone(`${userTitle(user)} ${done}`);
          },
        });
      }}
    >
      <Stack gap="lg">
        <UserPicker label="User" without={without} value={user} onChange={setUser} />
        <InlineFailure error={add.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!user} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
