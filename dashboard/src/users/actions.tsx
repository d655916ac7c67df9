/**
 * What can be done to a user as a whole, in one menu. What cannot be taken back asks first.
 */
import { Button, Menu } from '@mantine/core';
import {
  IconBan,
  IconChevronDown,
  IconCircleCheck,
  IconKey,
  IconLink,
  IconLogout2,
  IconMail,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../api/may.tsx';
import type { User } from '../api/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { LinkAccount } from './link.tsx';
import { PasswordLink } from './password-link.tsx';
import { userTitle } from './person.tsx';
import { useDeleteUser, userPath, useUpdateUser, useUserDeed } from './queries.ts';

type Asking = 'block' | 'unblock' | 'verify' | 'mail' | 'sign-out' | 'delete' | 'password' | 'link';

export function UserActions({ user }: { user: User }) {
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const isUnverified = user.email && !user.email_verified;
  const may = useActions();
  const hasPassword = user.identities.some(({ provider }) => provider === 'auth0');
  const props = { user, onClose: close };
  if (!Object.values(may).some(Boolean)) return null;
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            Actions
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {hasPassword && may.makeTickets && (
            <Item Icon={IconKey} onClick={() => setAsking('password')}>
              Password reset link
            </Item>
          )}
          {isUnverified && may.change && (
            <>
              <Item Icon={IconMail} onClick={() => setAsking('mail')}>
                Send verification mail
              </Item>
              <Item Icon={IconCircleCheck} onClick={() => setAsking('verify')}>
                Mark email as verified
              </Item>
            </>
          )}
          {may.change && (
            <Item Icon={IconLink} onClick={() => setAsking('link')}>
              Link another account
            </Item>
          )}
          {may.signOut && (
            <Item Icon={IconLogout2} onClick={() => setAsking('sign-out')}>
              Sign out everywhere
            </Item>
          )}
          {may.change && (
            <>
              <Menu.Divider />
              <Item Icon={IconBan} onClick={() => setAsking(user.blocked ? 'unblock' : 'block')}>
                {user.blocked ? 'Unblock' : 'Block'}
              </Item>
            </>
          )}
          {may.remove && (
            <Menu.Item
              color="red"
              c="var(--mantine-color-error)"
              leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />}
              onClick={() => setAsking('delete')}
            >
              Delete
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <PasswordLink user={user} opened={asking === 'password'} onClose={close} />
      <LinkAccount user={user} opened={asking === 'link'} onClose={close} />
      <Block opened={asking === 'block' || asking === 'unblock'} {...props} />
      <Verify opened={asking === 'verify'} {...props} />
      <SendMail opened={asking === 'mail'} {...props} />
      <SignOut opened={asking === 'sign-out'} {...props} />
      <DeleteUser opened={asking === 'delete'} {...props} />
    </>
  );
}

function useActions() {
  return {
    change: useMay('update:users'),
    makeTickets: useMay('create:user_tickets'),
    signOut: useMay('delete:sessions', 'delete:refresh_tokens'),
    remove: useMay('delete:users'),
  };
}

function Item({ Icon, onClick, children }: { Icon: typeof IconKey; onClick: () => void; children: string }) {
  return (
    <Menu.Item leftSection={<Icon size={17} stroke={1.7} aria-hidden />} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}

type DialogProps = { user: User; opened: boolean; onClose: () => void };

function Block({ user, opened, onClose }: DialogProps) {
  const update = useUpdateUser(user.user_id);
  // What the dialog asks stays as it was asked while the answer closes it.
  const blocked = useValueWhenOpened(opened, user.blocked === true);
  const confirm = () =>
    update.mutate(
      { blocked: !blocked },
      {
        onSuccess: () => {
          onClose();
          notifyDone(blocked ? 'The user may sign in again' : 'The user is blocked');
        },
      },
    );
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title={blocked ? 'Unblock this user?' : 'Block this user?'}
      action={blocked ? 'Unblock' : 'Block'}
      pending={update.isPending}
      error={update.error}
    >
      {blocked ? (
        <>
          <strong>{userTitle(user)}</strong> may sign in to every client again.
        </>
      ) : (
        <>
          <strong>{userTitle(user)}</strong> can no longer sign in or get tokens. Nothing is deleted, and you can
          unblock them at any time.
        </>
      )}
    </Confirm>
  );
}

/** The value as it was when the dialog opened. */
function useValueWhenOpened<Value>(opened: boolean, value: Value): Value {
  const [kept, setKept] = useState(value);
  const [was, setWas] = useState(opened);
  if (was !== opened) {
    setWas(opened);
    if (opened) setKept(value);
  }
  return kept;
}

function Verify({ user, opened, onClose }: DialogProps) {
  const update = useUpdateUser(user.user_id);
  const confirm = () =>
    update.mutate(
      { email_verified: true },
      {
        onSuccess: () => {
          onClose();
          notifyDone('The address counts as verified');
        },
      },
    );
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title="Mark the address as verified?"
      action="Mark as verified"
      pending={update.isPending}
      error={update.error}
    >
      Applications will trust that <strong>{user.email}</strong> belongs to this user. Do so only when you know.
    </Confirm>
  );
}

function SendMail({ user, opened, onClose }: DialogProps) {
  const send = useUserDeed(user.user_id, () => ({
    path: '/jobs/verification-email',
    method: 'POST' as const,
    body: { user_id: user.user_id },
  }));
  const confirm = () =>
    send.mutate(undefined, {
      onSuccess: () => {
        onClose();
        notifyDone('The mail is on its way');
      },
    });
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title="Send a verification mail?"
      action="Send"
      pending={send.isPending}
      error={send.error}
    >
      <strong>{user.email}</strong> gets a link. Opening it shows that the address is theirs.
    </Confirm>
  );
}

function SignOut({ user, opened, onClose }: DialogProps) {
  const end = useUserDeed(user.user_id, () => ({
    path: userPath(user.user_id, 'revoke-access'),
    method: 'POST' as const,
    body: {},
  }));
  const confirm = () =>
    end.mutate(undefined, {
      onSuccess: () => {
        onClose();
        notifyDone('Signed out everywhere');
      },
    });
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title="Sign this user out everywhere?"
      action="Sign out everywhere"
      pending={end.isPending}
      error={end.error}
    >
      All sessions of <strong>{userTitle(user)}</strong> end and all refresh tokens stop working. Access tokens that are
      out already stay good until they expire.
    </Confirm>
  );
}

function DeleteUser({ user, opened, onClose }: DialogProps) {
  const remove = useDeleteUser(user.user_id);
  const navigate = useNavigate();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifyDone(`${userTitle(user)} was deleted`);
        return navigate({ to: '/users', ignoreBlocker: true });
      },
    });
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title="Delete this user?"
      action="Yes, delete user"
      typed={userTitle(user)}
      pending={remove.isPending}
      error={remove.error}
    >
      The profile of <strong>{userTitle(user)}</strong> is removed with its sessions, roles and permissions. This cannot
      be undone; blocking can.
    </Confirm>
  );
}
