/**
 * A new user of a connection, whoever makes it: the Management API or a sign-up. What is left open gets the values
 * that the vendor's service answers with (recorded). Whether the password is good enough and whether the address may
 * sign up at all is decided by the callers.
 */
import { createHash } from 'node:crypto';
import { randomHex } from '../../keys/secrets.ts';
import type { Sql } from '../../storage/database.ts';
import type { Connection } from '../connections/schema.ts';
import { insertUser, type StoredUser, setPassword } from './store.ts';

export type NewUserInput = {
  readonly email?: string | null;
  readonly username?: string | null;
  readonly phone_number?: string | null;
  readonly email_verified?: boolean | null;
  readonly phone_verified?: boolean | null;
  readonly name?: string | null;
  readonly given_name?: string | null;
  readonly family_name?: string | null;
  readonly nickname?: string | null;
  readonly picture?: string | null;
  /** Without the prefix of the provider; one that is there already is kept as it is. */
  readonly user_id?: string | null;
  readonly user_metadata?: Record<string, unknown> | null;
  readonly app_metadata?: Record<string, unknown> | null;
  readonly blocked?: boolean | null;
};

/** The provider of a database connection: the prefix of its users' ids. */
const PROVIDER = 'auth0';

/** Digits of a generated id: an object id of the vendor's database is as long. */
const ID_DIGITS = 24;

/**
 * The record of a new user; nothing is written.
 * @param now milliseconds since the epoch
 */
export function newUser(connection: Pick<Connection, 'name'>, input: NewUserInput, now: number): StoredUser {
  const id = input.user_id?.replace(/^auth0\|/, '') || randomHex(ID_DIGITS);
  const { username, phone_number } = input;
  // An address means the same in any case, and is kept in one.
  const email = input.email?.toLowerCase();
  const label = email ?? username ?? phone_number ?? id;
  const instant = new Date(now).toISOString();
  return {
    user_id: `${PROVIDER}|${id}`,
    connection: connection.name,
    ...given({ email, username, phone_number }),
    ...(email ? { email_verified: input.email_verified ?? false } : {}),
    ...(phone_number ? { phone_verified: input.phone_verified ?? false } : {}),
    ...given({ given_name: input.given_name, family_name: input.family_name }),
    name: input.name ?? label,
    nickname: input.nickname ?? label.split('@')[0]!,
    picture: input.picture ?? defaultPicture(email ?? label),
    ...(input.blocked ? { blocked: true } : {}),
    ...given({ user_metadata: input.user_metadata }),
    ...(hasMembers(input.app_metadata) ? { app_metadata: input.app_metadata! } : {}),
    identities: [{ connection: connection.name, user_id: id, provider: PROVIDER, isSocial: false }],
    created_at: instant,
    updated_at: instant,
  };
}

/**
 * Writes a new user, and the password when there is one.
 * @throws UniqueViolation when the id, the address, the username or the phone number is taken in the connection
 */
export async function addUser(
  sql: Sql,
  tenant: string,
  user: StoredUser,
  passwordHash: string | undefined,
  now: number,
): Promise<void> {
  await insertUser(sql, tenant, user, now);
  if (passwordHash !== undefined) await setPassword(sql, tenant, user.user_id, passwordHash, { now, keep: 0 });
}

/** Gravatar's picture of an address, or its silhouette. The address is told by an MD5 only, as that service wants it. */
function defaultPicture(address: string): string {
  const digest = createHash('md5').update(address.trim().toLowerCase()).digest('hex');
  return `https://s.gravatar.com/avatar/${digest}?s=480&r=pg&d=mp`;
}

function hasMembers(value: Record<string, unknown> | null | undefined): boolean {
  return value !== undefined && value !== null && Object.keys(value).length > 0;
}

/** Without the members that are not given. */
function given<T extends Record<string, unknown>>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}
