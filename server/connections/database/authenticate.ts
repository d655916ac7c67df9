/**
 * Checks an identifier and a password against a database connection. Unknown users cost as much time as known ones
 * (OWASP ASVS 2.2.1: no enumeration by time); what a failure was is for the log, never for the answer.
 */
import type { Connection } from '../../api/connections/schema.ts';
import { linkedLogin } from '../../api/users/linked.ts';
import { findUser, getPassword, type StoredUser, upgradeHash } from '../../api/users/store.ts';
import type { Services } from '../../services.ts';
import { hashPassword, verifyNothing, verifyPassword } from './hash.ts';

export type Authentication =
  | { readonly user: StoredUser }
  /** `fu`: no such user, `fp`: wrong password, `blocked`: right password of a blocked user. */
  | { readonly failure: 'fu' | 'fp' | 'blocked'; readonly user?: StoredUser };

/** @param identifier e-mail address, or the username when the connection has usernames */
export async function authenticate(
  services: Services,
  tenant: string,
  connection: Connection,
  identifier: string,
  password: string,
): Promise<Authentication> {
  const { database } = services;
  const user = await findByIdentifier(services, tenant, connection, identifier);
  const passwordId = user && (linkedLogin(user, connection.name, identifier)?.password_id ?? user.user_id);
  const stored = passwordId && (await getPassword(database.read, tenant, passwordId));
  if (!user || !passwordId || !stored) {
    await verifyNothing(password);
    return { failure: 'fu' };
  }
  const { ok, rehash } = await verifyPassword(password, stored.hash);
  if (!ok) return { failure: 'fp', user };
  if (user.blocked) return { failure: 'blocked', user };
  if (rehash) {
    const hash = await hashPassword(password);
    await database.write((sql) => upgradeHash(sql, tenant, passwordId, stored.hash, hash));
  }
  return { user };
}

async function findByIdentifier(
  services: Services,
  tenant: string,
  connection: Connection,
  identifier: string,
): Promise<StoredUser | undefined> {
  const { read } = services.database;
  const text = identifier.trim();
  if (text.length === 0 || text.length > 320) return undefined;
  const byEmail = text.includes('@') ? await findUser(read, tenant, connection.name, 'email', text) : undefined;
  if (byEmail || !connection.options?.requires_username) return byEmail;
  return findUser(read, tenant, connection.name, 'username', text);
}
