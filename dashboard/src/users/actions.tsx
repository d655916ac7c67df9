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
import { useState } from 'react';
import { useMay } from '../api/may.tsx';
import type { User } from '../api/types.ts';
import { ConfirmChange } from '../ui/confirm-change.tsx';
import { ConfirmDelete } from '../ui/delete.tsx';
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

function Block({ user, ...dialog }: DialogProps) {
  const update = useUpdateUser(user.user_id);
  // What the dialog asks stays as it was asked while the answer closes it.
  const blocked = useValueWhenOpened(dialog.opened, user.blocked === true);
  const person = <strong>{userTitle(user)}</strong>;
  if (blocked)
    return (
      <ConfirmChange
        {...dialog}
        change={update}
        input={{ blocked: false }}
        done="The user may sign in again"
        title="Unblock this user?"
        action="Unblock"
      >
        {person} may sign in to every client again.
      </ConfirmChange>
    );
  return (
    <ConfirmChange
      {...dialog}
      change={update}
      input={{ blocked: true }}
      done="The user is blocked"
      title="Block this user?"
      action="Block"
    >
      {person} can no longer sign in or get tokens. Nothing is deleted, and you can unblock them at any time.
    </ConfirmChange>
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

function Verify({ user, ...dialog }: DialogProps) {
  return (
    <ConfirmChange
      {...dialog}
      change={useUpdateUser(user.user_id)}
      input={{ email_verified: true }}
      done="The address counts as verified"
      title="Mark the address as verified?"
      action="Mark as verified"
    >
      Applications will trust that <strong>{user.email}</strong> belongs to this user. Do so only when you know.
    </ConfirmChange>
  );
}

function SendMail({ user, ...dialog }: DialogProps) {
  const { user_id } = user;
  return (
    <ConfirmChange
      {...dialog}
      change={useUserDeed(user_id, () => ({ path: '/jobs/verification-email', method: 'POST', body: { user_id } }))}
      input={undefined}
      done="The mail is on its way"
      title="Send a verification mail?"
      action="Send"
      calm
    >
      <strong>{user.email}</strong> gets a link. Opening it shows that the address is theirs.
    </ConfirmChange>
  );
}

function SignOut({ user, ...dialog }: DialogProps) {
  const { user_id } = user;
  return (
    <ConfirmChange
      {...dialog}
      change={useUserDeed(user_id, () => ({ path: userPath(user_id, 'revoke-access'), method: 'POST', body: {} }))}
      input={undefined}
      done="Signed out everywhere"
      title="Sign this user out everywhere?"
      action="Sign out everywhere"
    >
      All sessions of <strong>{userTitle(user)}</strong> end and all refresh tokens stop working. Access tokens that are
      out already stay good until they expire.
    </ConfirmChange>
  );
}

function DeleteUser({ user, ...dialog }: DialogProps) {
  const name = userTitle(user);
  const remove = useDeleteUser(user.user_id);
  return (
    <ConfirmDelete {...dialog} thing="user" name={name} to="/users" remove={remove} typed={name}>
      The profile of <strong>{name}</strong> is removed with its sessions, roles and permissions. This cannot be undone;
      blocking can.
    </ConfirmDelete>
  );
}
