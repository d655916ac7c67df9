/**
 * Whether a domain is the tenant's: its CNAME leads to us, or a TXT record holds the word we gave. Knows the DNS and
 * nothing else.
 */
import type { CustomDomain } from './schema.ts';

/** What is asked of the DNS; `node:dns/promises` has it. */
export type Resolver = {
  resolveCname(host: string): Promise<string[]>;
  resolveTxt(host: string): Promise<string[][]>;
};

export type Verdict = { readonly verified: true } | { readonly verified: false; readonly reason: string };

/** How long the DNS may take in all, in milliseconds. */
const TIMEOUT = 10_000;

/** Looks whether the DNS says what the owner of the domain was asked to enter. Never throws for what it finds there. */
export async function verifyDomain(domain: CustomDomain, resolver: Resolver): Promise<Verdict> {
  const [method] = domain.verification.methods;
  if (!method) return { verified: false, reason: 'There is nothing to verify it by.' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), TIMEOUT);
  });
  const check = method.name === 'TXT' ? hasText(resolver, method) : leadsTo(resolver, domain.domain, method.record);
  const verified = await Promise.race([check, late]).finally(() => clearTimeout(timer));
  if (verified) return { verified };
  return { verified, reason: `No ${method.name} record of ${method.domain} is ${method.record}.` };
}

async function hasText(resolver: Resolver, { domain, record }: { domain: string; record: string }): Promise<boolean> {
  // RFC 1035 §3.3.14: one record may come in several strings.
  const records = await resolver.resolveTxt(domain).catch((): string[][] => []);
  return records.some((parts) => parts.join('') === record);
}

/**
 * By its CNAME alone. Addresses that are the same would show nothing: another tenant's domain that leads to this server
 * has them too. A zone's apex, which can have no CNAME, is shown by a TXT record.
 */
async function leadsTo(resolver: Resolver, domain: string, target: string): Promise<boolean> {
  const names = await resolver.resolveCname(domain).catch((): string[] => []);
  return names.some((name) => name.replace(/\.$/, '').toLowerCase() === target.toLowerCase());
}

/** Names that no DNS leads to: RFC 6761 §6.3, and addresses of this machine. */
export function isLocalHost(host: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}
