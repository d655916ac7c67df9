/**
 * How a user is shown wherever one is: by initials, never by the picture of the profile, which lies at somebody else's.
 */
import { Avatar, Badge, Group } from '@mantine/core';
import type { User } from '../api/types.ts';

type Named = Partial<Pick<User, 'name' | 'nickname' | 'email' | 'username' | 'phone_number' | 'user_id'>>;

/** What to call a user. The server fills `name` with the address when it knows no other. */
export function userTitle({ name, nickname, email, username, phone_number, user_id }: Named): string {
  return name || email || username || phone_number || nickname || user_id || '';
}

/** What a user signs in with, besides what the title says already. */
export function userSubtitle(user: Named): string {
  const title = userTitle(user);
  const { email, username, phone_number, user_id } = user;
  return [email, username, phone_number, user_id].find((text) => text && text !== title) ?? '';
}

export function UserAvatar({ user, size = 38 }: { user: Named; size?: number }) {
  return <Avatar name={userTitle(user).replace(/@.*/, '')} color="accent" size={size} alt="" aria-hidden />;
}

export function UserBadges({ user }: { user: User }) {
  return (
    <Group gap={6}>
      {user.blocked && (
        <Badge variant="outline" color="red">
          Blocked
        </Badge>
      )}
      {user.email && !user.email_verified && <Badge variant="default">Unverified</Badge>}
      {user.identities.length > 1 && <Badge variant="default">{user.identities.length} accounts</Badge>}
    </Group>
  );
}

/** The names of the connections that a user signs in by. */
export function connectionsOf(user: User): string {
  return [...new Set(user.identities.map(({ connection }) => connection))].join(', ');
}
