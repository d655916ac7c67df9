/**
 * Checks an identifier and a password against a database connection, unless too many attempts went before. Unknown users cost as much time as known ones
 * (OWASP ASVS 2.2.1: no enumeration by time); what a failure was is for the log, never for the answer.
 */
import type { Connection } from '../../api/connections/schema.ts';
import { linkedLogin } from '../../api/users/linked.ts';
import { findUser, getPassword, type StoredUser, upgradeHash } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { noteFailure, noteSuccess, unlessBlocked } from './attempts.ts';
import { hashPassword, verifyNothing, verifyPassword } from './hash.ts';

export type Authentication =
  | { readonly user: StoredUser }
  /**
   * `fu`: no such user, `fp`: wrong password, `blocked`: right password of a blocked user. `reached`: it was the failure
   * that blocks the account from now on.
   */
  | { readonly failure: 'fu' | 'fp' | 'blocked'; readonly user?: StoredUser; readonly reached?: boolean }
  /** Refused without a look at the password: failures of this account (`limit_wc`), or attempts of this address (`limit_mu`). */
  | { readonly failure: 'limit_wc' | 'limit_mu'; readonly user?: undefined; readonly reached?: undefined };

/** What each failure is called in the log. */
export const FAILURES = {
  fu: 'Wrong email or password.',
  fp: 'Wrong email or password.',
  blocked: 'user is blocked',
  limit_wc: 'Blocked account: too many failed logins from one address',
  limit_mu: 'Blocked address: too many attempts',
} as const;

/** @param identifier e-mail address, or the username when the connection has usernames */
export async function authenticate(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  connection: Connection,
  identifier: string,
  password: string,
): Promise<Authentication> {
  const attempt = { connection: connection.name, identifier };
  const outcome = await unlessBlocked<Authentication>(services, configuration, context, attempt, async () => {
    const result = await compare(services, context.tenant, connection, identifier, password);
    if (!('failure' in result) || result.failure === 'blocked') {
      await noteSuccess(services, context, attempt);
      return result;
    }
    const reached = await noteFailure(services, configuration, context, attempt, result.user?.user_id);
    return { ...result, ...(reached ? { reached } : {}) } as Authentication;
  });
  if ('done' in outcome) return outcome.done;
  return { failure: outcome.block === 'account' ? 'limit_wc' : 'limit_mu' };
}

async function compare(
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
