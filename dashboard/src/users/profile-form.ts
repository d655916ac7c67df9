/**
 * The profile of a user as a form holds it, and what of it differs from the user.
 */
import type { User } from '../api/types.ts';
import type { UserChanges } from './queries.ts';

const TEXTS = ['name', 'given_name', 'family_name', 'nickname', 'email', 'username', 'phone_number'] as const;

export type Profile = Record<(typeof TEXTS)[number], string>;

export function profileOf(user: User): Profile {
  return Object.fromEntries(TEXTS.map((name) => [name, user[name] ?? ''])) as Profile;
}

/** The members to send for the user to become what the form says; null removes one. None when it is so already. */
export function profileChanges(user: User, profile: Profile): UserChanges {
  const changed = TEXTS.filter((name) => profile[name].trim() !== (user[name] ?? ''));
  return Object.fromEntries(changed.map((name) => [name, profile[name].trim() || null]));
}
