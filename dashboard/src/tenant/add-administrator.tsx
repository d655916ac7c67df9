import { Alert, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiFailure, fieldOf, reasonOf } from '../api/errors.ts';
import type { User } from '../api/types.ts';
import { CopyField } from '../ui/copy.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { userTitle } from '../users/person.tsx';
import { UserPicker } from '../users/picker.tsx';
import {
  type AdministratorInvitation,
  type AdministratorRole,
  useAddAdministrator,
  useInvite,
} from './administrator-queries.ts';
import { RoleFields, withoutSpare } from './administrator-roles.tsx';

const WAYS = [
  { value: 'user', label: 'A user of this tenant' },
  { value: 'invite', label: 'Invite by email' },
];

/** Makes somebody an administrator: a user who is there, or somebody who makes an account by the link of a mail. */
export function AddAdministrator({ without, onClose }: { without: readonly string[]; onClose: () => void }) {
  const [way, setWay] = useState('user');
  const [user, setUser] = useState<User>();
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<AdministratorRole[]>([]);
  const add = useAddAdministrator();
  const invite = useInvite();
  const isInvitation = way === 'invite';
  const { error } = isInvitation ? invite : add;
  const submit = () => {
    const given = { roles: withoutSpare(roles) };
    if (isInvitation) return invite.mutate({ ...given, email: email.trim() });
    if (!user) return;
    add.mutate(
      { ...given, user_id: user.user_id },
      {
        onSuccess: () => {
          onClose();
          notifyDone(`${userTitle(user)} is an administrator`);
        },
      },
    );
  };
  if (invite.data) return <Invited invitation={invite.data} onClose={onClose} />;
  const emailError = isInvitation && (fieldOf(error) === 'email' || isKnown(error)) ? reasonOf(error) : undefined;
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action={isInvitation ? 'Send invitation' : 'Add'}
      ready={roles.length > 0 && (isInvitation ? email.trim() !== '' : user !== undefined)}
      pending={add.isPending || invite.isPending}
      error={emailError ? undefined : error}
    >
      <SegmentedControl fullWidth aria-label="Who" data={WAYS} value={way} onChange={setWay} />
      {isInvitation ? (
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          description="They get a link, choose a password, and are in."
          value={email}
          error={emailError}
          onChange={(event) => {
            invite.reset();
            setEmail(event.currentTarget.value);
          }}
        />
      ) : (
        <UserPicker label="User" without={without} value={user} onChange={setUser} />
      )}
      <RoleFields value={roles} onChange={setRoles} />
    </DialogForm>
  );
}

/** Somebody has this address: they are chosen, not invited. */
function isKnown(error: unknown) {
  return error instanceof ApiFailure && error.errorCode === 'user_exists';
}

function Invited({ invitation, onClose }: { invitation: AdministratorInvitation; onClose: () => void }) {
  return (
    <Stack gap="lg">
      <Alert color="accent" icon={<IconMailForward />} title="The invitation is on its way">
        <Text size="sm">
          <strong>{invitation.email}</strong> gets a mail with a link. It works once, for three days.
        </Text>
      </Alert>
      <CopyField
        label="The link, if the mail does not arrive"
        name="link of the invitation"
        value={invitation.url ?? ''}
        description="It is shown only now. Whoever has it can use it: hand it to nobody else."
        secret
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
