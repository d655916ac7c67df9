/**
 * Guessing is stopped here, as the tenant's attack protection says. Two counts stand against it: failed logins of one
 * account in a row (brute force), and attempts from one address, of which one is given back at a fixed pace (suspicious
 * addresses). Accounts that do not exist are counted as well: a block tells nothing about who is there.
 * @see https://auth0.com/docs/secure/attack-protection
 */
import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { sql as text } from 'kysely';
import { bruteForce, suspiciousIp } from '../../api/attack-protection/schema.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { FailedLoginTable, IpAttemptTable } from '../../storage/tables.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { singletonOf } from '../../tenants/singletons.ts';
import { inTurn } from './attempt-gate.ts';

/** A block ends this long after the last failed login, in milliseconds. */
export const BLOCK_LIFE = 30 * 86_400_000;

/** Who tries what: the connection's name and the identifier as it was typed. */
export type Attempt = { readonly connection: string; readonly identifier: string };

/** What is attempted; each has a count of its own. */
export type Stage = 'pre-login' | 'pre-user-registration';

type ByKey = { tenant: string; key: string };

const countFailure = statement<FailedLoginTable, { attempts: number }>((q, bind) =>
  q
    .insertInto('failed_logins')
    .values({
      tenant: bind('tenant'),
      key: bind('key'),
      connection: bind('connection'),
      identifier: bind('identifier'),
      ip: bind('ip'),
      user_id: bind('user_id'),
      attempts: bind('attempts'),
      last_at: bind('last_at'),
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet((e) => ({
        attempts: e('failed_logins.attempts', '+', 1),
        user_id: bind('user_id'),
        last_at: bind('last_at'),
      })),
    )
    .returning('attempts'),
);
const readFailures = statement<ByKey & { since: number }, { attempts: number }>((q, bind) =>
  q
    .selectFrom('failed_logins')
    .select('attempts')
    .where('tenant', '=', bind('tenant'))
    .where('key', '=', bind('key'))
    .where('last_at', '>', bind('since')),
);
const clearFailures = statement<ByKey>((q, bind) =>
  q.deleteFrom('failed_logins').where('tenant', '=', bind('tenant')).where('key', '=', bind('key')),
);
const readAddress = statement<ByKey, IpAttemptTable>((q, bind) =>
  q.selectFrom('ip_attempts').selectAll().where('tenant', '=', bind('tenant')).where('key', '=', bind('key')),
);
const countAddress = statement<ByKey & { now: number; rate: number }>((q, bind) => {
  // Whole attempts that were given back since the last count; the remainder of the time goes on counting.
  const given = text<number>`cast((${bind('now')} - ip_attempts.since) / ${bind('rate')} as bigint)`;
  return q
    .insertInto('ip_attempts')
    .values({ tenant: bind('tenant'), key: bind('key'), used: text<number>`1`, since: bind('now') })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet({
        used: text<number>`case when ip_attempts.used > ${given} then ip_attempts.used - ${given} else 0 end + 1`,
        since: text<number>`case when ip_attempts.used > ${given}
          then ip_attempts.since + ${given} * ${bind('rate')} else ${bind('now')} end`,
      }),
    );
});
const removeAddress = statement<ByKey>((q, bind) =>
  q.deleteFrom('ip_attempts').where('tenant', '=', bind('tenant')).where('key', '=', bind('key')),
);

export type Block = 'account' | 'address';

/**
 * Makes an attempt unless the account is blocked, or the address.
 * @param attempted verifies the password and counts its failure
 */
export async function unlessBlocked<T>(
  services: Services,
  configuration: TenantConfiguration,
  { tenant, ip, now }: RequestContext,
  attempt: Attempt,
  attempted: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly block: Block }> {
  if (await isAddressBlocked(services, configuration, ip, 'pre-login', now)) return { block: 'address' };
  const limit = await accountLimit(services, configuration, ip);
  if (!limit?.blocks) return { done: await attempted() };
  const key = keyOf(attempt, limit.perAddress ? ip : '');
  const left = async () => {
    const row = await services.database.read.first(readFailures, { tenant, key, since: now - BLOCK_LIFE });
    return limit.attempts - (row?.attempts ?? 0);
  };
  const done = await inTurn(`${tenant} ${key}`, left, async () => ({ done: await attempted() }));
  return done ?? { block: 'account' };
}

/**
 * Counts a failed login, in a unit of work of its own.
 * @returns whether it was the one that reached the limit
 */
export async function noteFailure(
  services: Services,
  configuration: TenantConfiguration,
  { tenant, ip, now }: RequestContext,
  attempt: Attempt,
  userId: string | undefined,
): Promise<boolean> {
  const limit = await accountLimit(services, configuration, ip);
  const pace = await addressPace(services, configuration, ip, 'pre-login');
  return services.database.write(async (sql) => {
    if (pace) await sql.run(countAddress, { tenant, key: addressKey('pre-login', ip), now, rate: pace.rate });
    if (!limit) return false;
    const counted = limit.perAddress ? ip : '';
    const row = await sql.first(countFailure, {
      tenant,
      key: keyOf(attempt, counted),
      connection: attempt.connection,
      identifier: identifierOf(attempt),
      ip: counted,
      user_id: userId ?? null,
      attempts: 1,
      last_at: now,
    });
    return row?.attempts === limit.attempts;
  });
}

/** A login that succeeded ends the row of failures. */
export async function noteSuccess(
  services: Services,
  { tenant, ip, now }: RequestContext,
  attempt: Attempt,
): Promise<void> {
  const { database } = services;
  for (const key of [keyOf(attempt, ip), keyOf(attempt, '')]) {
    if (!(await database.read.first(readFailures, { tenant, key, since: now - BLOCK_LIFE }))) continue;
    await database.write((sql) => sql.run(clearFailures, { tenant, key }));
  }
}

/** Counts a sign-up. Answers whether the address made too many before it. */
export async function noteSignup(
  services: Services,
  configuration: TenantConfiguration,
  { tenant, ip, now }: RequestContext,
): Promise<boolean> {
  const stage = 'pre-user-registration';
  if (await isAddressBlocked(services, configuration, ip, stage, now)) return true;
  const pace = await addressPace(services, configuration, ip, stage);
  if (pace) {
    const counted = { tenant, key: addressKey(stage, ip), now, rate: pace.rate };
    await services.database.write((sql) => sql.run(countAddress, counted));
  }
  return false;
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
  const row = await services.database.read.first(readAddress, { tenant, key: addressKey(stage, ip) });
  return row !== undefined && row.used - Math.floor((now - row.since) / pace.rate) >= pace.attempts;
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

/** Whether failed logins block at all, as the tenant has it. */
export async function blocksLogins(services: Services, configuration: TenantConfiguration): Promise<boolean> {
  const { enabled, shields } = await singletonOf(services, configuration, bruteForce);
  return enabled === true && (shields?.includes('block') ?? false);
}

const DEFAULT_ATTEMPTS = 10;

type AccountLimit = { readonly attempts: number; readonly perAddress: boolean; readonly blocks: boolean };

/** Undefined when failed logins from this address are not counted. */
async function accountLimit(
  services: Services,
  configuration: TenantConfiguration,
  ip: string,
): Promise<AccountLimit | undefined> {
  const settings = await singletonOf(services, configuration, bruteForce);
  if (!settings.enabled || isListed(settings.allowlist, ip)) return undefined;
  return {
    attempts: settings.max_attempts ?? DEFAULT_ATTEMPTS,
    perAddress: settings.mode !== 'count_per_identifier',
    blocks: settings.shields?.includes('block') ?? false,
  };
}

/** Undefined when attempts from this address are not counted. `rate`: milliseconds until one is given back. */
async function addressPace(
  services: Services,
  configuration: TenantConfiguration,
  ip: string,
  stage: Stage,
): Promise<{ attempts: number; rate: number } | undefined> {
  const { enabled, shields, allowlist, stage: stages } = await singletonOf(services, configuration, suspiciousIp);
  if (!enabled || !shields?.includes('block') || isListed(allowlist, ip)) return undefined;
  const usual = suspiciousIp.defaults.stage![stage]!;
  const { max_attempts = usual.max_attempts!, rate = usual.rate! } = stages?.[stage] ?? usual;
  return { attempts: max_attempts, rate };
}

/** Whether an address is one of a list of addresses and subnets. */
function isListed(list: readonly string[] | null | undefined, ip: string): boolean {
  if (!list || list.length === 0) return false;
  const allowed = new BlockList();
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) allowed.addAddress(address, family);
    else allowed.addSubnet(address, Number(bits), family);
  }
  return allowed.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

function normalised(identifier: string): string {
  return identifier.trim().toLowerCase().slice(0, 320);
}

function identifierOf(attempt: Attempt): string {
  return normalised(attempt.identifier);
}

function keyOf(attempt: Attempt, ip: string): string {
  const parts = JSON.stringify([attempt.connection, identifierOf(attempt), ip]);
  return createHash('sha256').update(parts).digest('base64url');
}

function addressKey(stage: Stage, ip: string): string {
  return `${stage} ${ip}`;
}
