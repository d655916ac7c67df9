/**
 * Checks an identifier and a password against a database connection, unless too many attempts went before. Unknown users
 * cost as much time as known ones (OWASP ASVS 2.2.1: no enumeration by time, see `even-time.ts`); what a failure was is
 * for the log, never for the answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../api/connections/schema.ts';
import { linkedLogin } from '../../api/users/linked.ts';
import { findUser, getPassword, type ProvenPassword, type StoredUser, upgradeHash } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { unlessBlocked } from './attempts.ts';
import { makeEvenTime } from './even-time.ts';
import { hashPassword, verifyNothing, verifyPassword } from './hash.ts';

export type Authentication =
  /** Who gives anything on it asks in the same unit of work whether the password is still theirs (`isStillTheirs`). */
  | { readonly user: StoredUser; readonly proven: ProvenPassword }
  /**
   * `fu`: no such user, `fp`: wrong password, `blocked`: right password of a blocked user. `reached`: it was the failure
   * that blocks the account from now on.
   */
  | { readonly failure: 'fu' | 'fp' | 'blocked'; readonly user?: StoredUser; readonly reached?: boolean }
  /** Refused without a look at the password: failures of the account (`limit_wc`), attempts of the address (`limit_mu`). */
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
    const wrong = 'failure' in result && result.failure !== 'blocked';
    return wrong ? { result, wrong: { userId: result.user?.user_id } } : { result };
  });
  if ('block' in outcome) return { failure: outcome.block === 'account' ? 'limit_wc' : 'limit_mu' };
  return outcome.reached ? ({ ...outcome.done, reached: true } as Authentication) : outcome.done;
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
  const place = `${tenant} ${connection.id}`;
  if (!user || !passwordId || !stored) {
    await evenOut(place, await verifyNothing(password));
    return { failure: 'fu' };
  }
  const { ok, rehash, own, took } = await verifyPassword(password, stored.hash);
  if (!own) evenTime.note(place, took, performance.now());
  if (!ok) {
    await evenOut(place, took);
    return { failure: 'fp', user };
  }
  if (user.blocked) return { failure: 'blocked', user };
  if (rehash) {
    const hash = await hashPassword(password);
    await database.write((sql) => upgradeHash(sql, tenant, passwordId, stored.hash, hash));
  }
  return { user, proven: { id: passwordId, changedAt: stored.changedAt } };
}

/** Of this process, as the hashing is that it is about. */
const evenTime = makeEvenTime();

async function evenOut(place: string, took: number): Promise<void> {
  const wait = evenTime.wait(place, took, performance.now());
  if (wait > 0) await sleep(wait);
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
