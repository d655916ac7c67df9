/**
 * Guessing is stopped here, as the tenant's attack protection says. Two counts stand against it: failed logins of one
 * account in a row (brute force), and attempts from one address, of which one is given back at a fixed pace (suspicious
 * addresses). Accounts that do not exist are counted as well: a block tells nothing about who is there.
 *
 * The counts are in the database, for all processes. A login that succeeds, with no failure before it, only reads. What
 * comes at once waits for its turn within a process (`attempt-gate.ts`). Processes do not wait for each other: there the
 * counting decides. Of failures no more are told than may happen, and a success is none when others have reached the
 * limit meanwhile. So a process too many can add to the passwords that are looked at what it has under way, and that is
 * one at a time once an account has a failure.
 * @see https://auth0.com/docs/secure/attack-protection
 */
import { bruteForce } from '../../api/attack-protection/schema.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import type { FailedLoginTable } from '../../storage/tables.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { singletonOf } from '../../tenants/singletons.ts';
import {
  clearFailures,
  countFailure,
  readAddress,
  readFailures,
  removeAddress,
  takeAttempt,
} from './attempt-counts.ts';
import { inTurn } from './attempt-gate.ts';
import {
  type AccountLimit,
  type AddressPace,
  type Attempt,
  accountLimit,
  addressKey,
  addressPace,
  DEFAULT_ATTEMPTS,
  keyOf,
  normalised,
  type Stage,
} from './attempt-limits.ts';

/** A block ends this long after the last failed login, in milliseconds. */
const BLOCK_LIFE = 30 * 86_400_000;

/** Attempts at one account that are looked at side by side while it has no failure; with one, they follow each other. */
const TOGETHER = 4;

/** What an attempt came to. `wrong`: it counts as a failure, of this user if it is anybody's. */
export type Tried<T> = { readonly result: T; readonly wrong?: { readonly userId: string | undefined } };

/**
 * How it ended: with a result, which `reached` the limit if it was the last failure that may be; or blocked, and then
 * the result, if there was one, is not for telling.
 */
export type Outcome<T> = { readonly done: T; readonly reached: boolean } | { readonly block: 'account' | 'address' };

/** What stands against an attempt. Undefined where nothing is counted. */
type Guard = {
  readonly services: Services;
  /** Whether other processes count as well. Nobody shares an SQLite database: there what was read at the gate holds. */
  readonly shared: boolean;
  readonly context: RequestContext;
  readonly attempt: Attempt;
  readonly account: (AccountLimit & { readonly key: string }) | undefined;
  readonly address: (AddressPace & { readonly key: string }) | undefined;
  /** The rows of failures that were there before. */
  before: readonly Failures[] | undefined;
};

type Failures = { readonly key: string; readonly attempts: number };

/**
 * Makes an attempt unless the account is blocked, or the address, and counts what comes of it.
 * @param attempted verifies the password
 */
export async function unlessBlocked<T>(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  attempt: Attempt,
  attempted: () => Promise<Tried<T>>,
): Promise<Outcome<T>> {
  const { tenant, ip } = context;
  const limit = await accountLimit(services, configuration, ip);
  const pace = await addressPace(services, configuration, ip, 'pre-login');
  const account = limit && { ...limit, key: keyOf(attempt, limit.perAddress ? ip : '') };
  const address = pace && { ...pace, key: addressKey('pre-login', ip) };
  const shared = services.database.engine === 'postgres';
  const guard: Guard = { services, shared, context, attempt, account, address, before: undefined };

  const tryIt = async () => {
    const { result, wrong } = await attempted();
    return wrong ? countWrong(guard, result, wrong.userId) : settleRight(guard, result);
  };
  const atAccount = account?.blocks
    ? () => inTurn(`${tenant} ${account.key}`, () => roomAtAccount(guard), tryIt)
    : async () => ({ done: await tryIt() });
  const passed = address
    ? await inTurn(`${tenant} ${address.key}`, () => attemptsLeft(services, context, address), atAccount)
    : { done: await atAccount() };
  if (!passed) return { block: 'address' };
  return passed.done ? passed.done.done : { block: 'account' };
}

async function roomAtAccount(guard: Guard): Promise<number> {
  const { key, attempts } = guard.account!;
  guard.before = await failuresOf(guard);
  const row = guard.before.find((one) => one.key === key);
  return row ? Math.min(attempts - row.attempts, 1) : Math.min(attempts, TOGETHER);
}

/** The failures of the account, counted in either way: the setting may have changed since a row was written. */
function failuresOf({ services, context, attempt }: Guard): Promise<Failures[]> {
  const { tenant, ip, now } = context;
  const keys = { one: keyOf(attempt, ip), other: keyOf(attempt, '') };
  return services.database.read.all(readFailures, { tenant, ...keys, since: now - BLOCK_LIFE });
}

/** Counts a failed login, in a unit of work of its own. */
async function countWrong<T>(guard: Guard, result: T, userId: string | undefined): Promise<Outcome<T>> {
  const { services, context, attempt, account, address } = guard;
  const { tenant, ip, now } = context;
  if (!account && !address) return { done: result, reached: false };
  const { taken, failures } = await services.database.write(async (sql) => ({
    taken: address && (await take(sql, context, address)),
    failures:
      account &&
      (await sql.first(countFailure, {
        tenant,
        key: account.key,
        connection: attempt.connection,
        identifier: normalised(attempt.identifier),
        ip: account.perAddress ? ip : '',
        user_id: userId ?? null,
        attempts: 1,
        last_at: now,
        since: now - BLOCK_LIFE,
      })),
  }));
  if (taken === false) return { block: 'address' };
  if (account?.blocks && failures!.attempts > account.attempts) return { block: 'account' };
  return { done: result, reached: failures?.attempts === account?.attempts };
}

/** A login that succeeded ends the row of failures, unless there were too many of them by the time it did. */
async function settleRight<T>(guard: Guard, result: T): Promise<Outcome<T>> {
  const { services, shared, context, account, address } = guard;
  const { database } = services;
  const { tenant } = context;
  if (shared && address && (await attemptsLeft(services, context, address)) <= 0) return { block: 'address' };
  const rows = shared || !guard.before ? await failuresOf(guard) : guard.before;
  for (const { key } of rows) {
    const counted = account?.blocks === true && key === account.key;
    const limit = counted ? account.attempts : Number.MAX_SAFE_INTEGER;
    const cleared = await database.write((sql) => sql.run(clearFailures, { tenant, key, limit }));
    if (cleared === 0 && counted && (await roomAtAccount(guard)) <= 0) return { block: 'account' };
  }
  return { done: result, reached: false };
}

/** Counts a sign-up. Answers whether the address made too many before it. */
export async function noteSignup(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
): Promise<boolean> {
  const stage = 'pre-user-registration';
  const pace = await addressPace(services, configuration, context.ip, stage);
  if (!pace) return false;
  const address = { ...pace, key: addressKey(stage, context.ip) };
  if ((await attemptsLeft(services, context, address)) <= 0) return true;
  return !(await services.database.write((sql) => take(sql, context, address)));
}

/** Takes one of an address's attempts. Answers whether there was one. */
async function take(
  sql: Sql,
  { tenant, now }: RequestContext,
  { key, rate, attempts }: AddressPace & { readonly key: string },
): Promise<boolean> {
  return (await sql.first(takeAttempt, { tenant, key, now, rate, limit: attempts })) !== undefined;
}

async function attemptsLeft(
  services: Services,
  { tenant, now }: Pick<RequestContext, 'tenant' | 'now'>,
  { key, rate, attempts }: AddressPace & { readonly key: string },
): Promise<number> {
  const row = await services.database.read.first(readAddress, { tenant, key });
  return row ? attempts - Math.max(0, row.used - Math.floor((now - row.since) / rate)) : attempts;
}

/** Whether an address has used up its attempts of a stage. */
export async function isAddressBlocked(
  services: Services,
  configuration: TenantConfiguration,
  ip: string,
  stage: Stage,
  now: number,
): Promise<boolean> {
  const pace = await addressPace(services, configuration, ip, stage);
  if (!pace) return false;
  const { tenant } = configuration;
  return (await attemptsLeft(services, { tenant, now }, { ...pace, key: addressKey(stage, ip) })) <= 0;
}

/** Gives an address all its attempts back. */
export async function unblockAddress(sql: Sql, tenant: string, ip: string): Promise<void> {
  for (const stage of ['pre-login', 'pre-user-registration'] as const) {
    await sql.run(removeAddress, { tenant, key: addressKey(stage, ip) });
  }
}

/** Whose blocks: those of a user, or of what was typed. */
export type BlockedWho = { readonly user_id: string } | { readonly identifier: string };

/** The accounts that are blocked now. `ip` is empty when the block is for every address. */
export async function blocksOf(
  services: Services,
  configuration: TenantConfiguration,
  who: BlockedWho,
  now: number,
): Promise<FailedLoginTable[]> {
  const settings = await singletonOf(services, configuration, bruteForce);
  const { build, query } = services.database.read;
  let rows = build
    .selectFrom('failed_logins')
    .selectAll()
    .where('tenant', '=', configuration.tenant)
    .where('attempts', '>=', settings.max_attempts ?? DEFAULT_ATTEMPTS)
    .where('last_at', '>', now - BLOCK_LIFE)
    .orderBy('identifier')
    .orderBy('ip');
  rows =
    'user_id' in who
      ? rows.where('user_id', '=', who.user_id)
      : rows.where('identifier', '=', normalised(who.identifier));
  return query(rows);
}

/** Forgets the failed logins. Answers how many accounts had any. */
export async function forgetFailures(sql: Sql, tenant: string, who: BlockedWho): Promise<number> {
  const rows = sql.build.deleteFrom('failed_logins').where('tenant', '=', tenant);
  const theirs =
    'user_id' in who
      ? rows.where('user_id', '=', who.user_id)
      : rows.where('identifier', '=', normalised(who.identifier));
  return (await sql.query(theirs.returning('key'))).length;
}
