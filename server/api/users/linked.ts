/**
 * Linked identities: accounts that became part of another user. Each keeps its connection, what it is found by there and
 * its password, which stays under the id that the account had; the profile is the user's own.
 */
import type { StoredUser } from './store.ts';

export type Identity = StoredUser['identities'][number];

/** What a linked identity is found by and was called, before it was linked. */
const PROFILE = [
  'email',
  'email_verified',
  'username',
  'phone_number',
  'phone_verified',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'picture',
] as const;

/** The profile that an identity keeps of the user it was. */
export function profileOf(user: StoredUser): Record<string, unknown> {
  return Object.fromEntries(PROFILE.flatMap((name) => (user[name] === undefined ? [] : [[name, user[name]]])));
}

/** The id that an identity has, or had, as a user. */
export function userIdOf({ provider, user_id }: Pick<Identity, 'provider' | 'user_id'>): string {
  return `${provider}|${user_id}`;
}

/** Those of a user's identities that were linked to it: all but the one it was made with. */
export function linkedIdentities(user: Pick<StoredUser, 'user_id' | 'identities'>): Identity[] {
  return user.identities.filter((identity) => userIdOf(identity) !== user.user_id);
}

/** A linked identity by which somebody signs in. */
export type LinkedLogin = {
  readonly connection: string;
  /** What its password is kept under. */
  readonly password_id: string;
};

/** The linked identity that an identifier belongs to in a connection; undefined when it is the user's own. */
export function linkedLogin(user: StoredUser, connection: string, identifier: string): LinkedLogin | undefined {
  const value = identifier.trim().toLowerCase();
  const isCalled = (profile: Readonly<Record<string, unknown>>) =>
    [profile.email, profile.username, profile.phone_number].some((name) => String(name).toLowerCase() === value);
  if (user.connection === connection && isCalled(user as Readonly<Record<string, unknown>>)) return undefined;
  const identity = linkedIdentities(user).find(
    (linked) => linked.connection === connection && linked.profileData && isCalled(linked.profileData),
  );
  return identity && { connection, password_id: userIdOf(identity) };
}
