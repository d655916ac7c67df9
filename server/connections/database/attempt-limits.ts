/**
 * Who may attempt how often, as the tenant's attack protection says, and what counts as one account or one address. The
 * counting is in `attempts.ts`.
 */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { bruteForce, suspiciousIp } from '../../api/attack-protection/schema.ts';
import { addressMatcher } from '../../http/addresses.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { type Singleton, singletonOf } from '../../tenants/singletons.ts';

/** Who tries what: the connection's name and the identifier as it was typed. */
export type Attempt = { readonly connection: string; readonly identifier: string };

/** What is attempted; each has a count of its own. */
export type Stage = 'pre-login' | 'pre-user-registration';

/** Whether failed logins block at all, as the tenant has it. */
export async function blocksLogins(services: Services, configuration: TenantConfiguration): Promise<boolean> {
  const { enabled, shields } = await singletonOf(services, configuration, bruteForce);
  return enabled === true && (shields?.includes('block') ?? false);
}

/** Failures in a row after which an account is blocked, unless the tenant has another count. */
export const DEFAULT_ATTEMPTS = 10;

/** `perAddress`: each address has a count of its own. `blocks`: or else it is only told. */
export type AccountLimit = { readonly attempts: number; readonly perAddress: boolean; readonly blocks: boolean };

/** Undefined when failed logins from this address are not counted. */
export async function accountLimit(
  services: Services,
  configuration: TenantConfiguration,
  ip: string,
): Promise<AccountLimit | undefined> {
  const { settings, isExempt } = await protectionOf(services, configuration, bruteForce);
  if (!settings.enabled || isExempt(ip)) return undefined;
  return {
    attempts: settings.max_attempts ?? DEFAULT_ATTEMPTS,
    perAddress: settings.mode !== 'count_per_identifier',
    blocks: settings.shields?.includes('block') ?? false,
  };
}

/** `rate`: milliseconds until one is given back. */
export type AddressPace = { readonly attempts: number; readonly rate: number };

/** Undefined when attempts from this address are not counted. */
export async function addressPace(
  services: Services,
  configuration: TenantConfiguration,
  ip: string,
  stage: Stage,
): Promise<AddressPace | undefined> {
  const { settings, isExempt } = await protectionOf(services, configuration, suspiciousIp);
  const { enabled, shields, stage: stages } = settings;
  if (!enabled || !shields?.includes('block') || isExempt(ip)) return undefined;
  const usual = suspiciousIp.defaults.stage![stage]!;
  const { max_attempts = usual.max_attempts!, rate = usual.rate! } = stages?.[stage] ?? usual;
  return { attempts: max_attempts, rate };
}

type Protection<Doc> = { readonly settings: Readonly<Doc>; readonly isExempt: (ip: string) => boolean };

/** The settings of a protection, with its allowlist ready to be asked: made once per configuration revision. */
function protectionOf<Doc extends { allowlist?: readonly string[] | null }>(
  services: Services,
  configuration: TenantConfiguration,
  protection: Singleton<Doc>,
): Promise<Protection<Doc>> {
  return configuration.memo(`protection ${protection.name}`, async () => {
    const settings = await singletonOf(services, configuration, protection);
    return { settings, isExempt: addressMatcher(settings.allowlist ?? []) };
  });
}

/** An identifier as it is counted: however it was written. */
export function normalised(identifier: string): string {
  return identifier.trim().toLowerCase().slice(0, 320);
}

/** What the failures of an account are counted under. @param ip empty where all addresses count together */
export function keyOf({ connection, identifier }: Attempt, ip: string): string {
  const parts = JSON.stringify([connection, normalised(identifier), networkOf(ip)]);
  return createHash('sha256').update(parts).digest('base64url');
}

/** What the attempts of an address are counted under. */
export function addressKey(stage: Stage, ip: string): string {
  return `${stage} ${networkOf(ip)}`;
}

/**
 * Who counts as one. Whoever has an IPv6 address has all 2^64 of its network (RFC 4291 §2.5.4), and could make each
 * attempt from another one.
 */
function networkOf(ip: string): string {
  if (isIP(ip) !== 6) return ip;
  // The URL parser writes every address in one way, an embedded IPv4 in hexadecimal too.
  const host = URL.parse(`http://[${ip}]`)?.hostname.slice(1, -1);
  if (host === undefined || host.startsWith('::ffff:')) return ip;
  const [left = [], right = []] = host.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
