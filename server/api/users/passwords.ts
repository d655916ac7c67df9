/**
 * Setting a password from outside: the policy and the history of the connection, then the hash. It takes long, so it is
 * done before the unit of work that stores it. Also what ends when a password changes.
 */
import { forgetFailures } from '../../connections/database/attempts.ts';
import { hashPassword, verifyPassword } from '../../connections/database/hash.ts';
import {
  type AboutUser,
  checkPassword,
  historySize,
  type PasswordOptions,
  type PasswordProblem,
  PROBLEMS,
} from '../../connections/database/policy.ts';
import { ApiError } from '../../http/errors.ts';
import { revokeAuthorizationsOf } from '../../oidc/refresh-tokens.ts';
import type { Sql } from '../../storage/database.ts';
import type { Connection } from '../connections/schema.ts';
import { getPassword } from './store.ts';

/** The options of a connection that concern passwords. */
export function passwordOptions(connection: Pick<Connection, 'options'>): PasswordOptions {
  return (connection.options ?? {}) as PasswordOptions;
}

/**
 * The hash of an acceptable password.
 * @throws ApiError 400 when the policy of the connection refuses it
 */
export async function hashAcceptable(connection: Connection, password: string, about: AboutUser): Promise<string> {
  const [problem] = checkPassword(password, passwordOptions(connection), about);
  if (problem) throw refused(problem);
  return hashPassword(password);
}

/** @throws ApiError 400 when the password is, or lately was, the user's. */
export async function refuseRepeated(
  sql: Sql,
  tenant: string,
  userId: string,
  connection: Connection,
  password: string,
): Promise<void> {
  const size = historySize(passwordOptions(connection));
  const stored = size > 0 ? await getPassword(sql, tenant, userId) : undefined;
  if (!stored) return;
  for (const hash of [stored.hash, ...stored.history].slice(0, size)) {
    if ((await verifyPassword(password, hash)).ok) throw refused(PROBLEMS.history);
  }
}

/**
 * Ends everything that a user got with the old password: sessions, refresh tokens, codes, links in mails. Access tokens
 * end at our own endpoints by what they tell (`isFromBefore`). OWASP ASVS 3.3.3; the vendor ends sessions only.
 */
export async function endAccess(sql: Sql, tenant: string, userId: string, now: number): Promise<void> {
  // Sessions before codes, and both before what codes give: whoever is making the next from one waits, or is found.
  for (const table of ['sessions', 'codes', 'tickets'] as const) {
    await sql.query(sql.build.deleteFrom(table).where('tenant', '=', tenant).where('user_id', '=', userId));
  }
  // Who could set a password need not wait for a block on the old one to end.
  await forgetFailures(sql, tenant, { user_id: userId });
  await revokeAuthorizationsOf(sql, tenant, { user_id: userId }, now);
}

function refused({ name, message }: PasswordProblem): ApiError {
  return new ApiError(400, `${name}: ${message}`, 'auth0_idp_error');
}
