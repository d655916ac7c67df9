/**
 * Network ACLs at work: asked for every request before anything else, in the order of their priority. Blocking and
 * redirecting end the request, allowing ends the asking, logging goes on.
 *
 * Autonomous systems, countries, TLS fingerprints and curated lists are not known here. A rule that asks for one of
 * them applies to nobody, rather than to everybody.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressMatcher } from '../../http/addresses.ts';
import { ApiError, PageError } from '../../http/errors.ts';
import { redirectTo } from '../../http/redirect.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { wildcardMatcher } from '../wildcards.ts';
import type { AclConditions, NetworkAcl } from './schema.ts';
import { networkAclStore } from './store.ts';

type Visitor = { readonly ip: string; readonly peer: string; readonly userAgent: string; readonly host: string };
type Test = (visitor: Visitor) => boolean;
type Rule = { readonly acl: NetworkAcl; readonly applies: Test };

export function registerNetworkAcls(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request, reply) => {
    const configuration = await services.configurations.of(request.context.tenant);
    const rules = await rulesOf(services, configuration);
    if (rules.length > 0) return decide(services, request, reply, rules);
    return undefined;
  });
}

/** Whether any request of a tenant may be kept from what it asks for. */
export async function hasNetworkAcls(services: Services, tenant: string): Promise<boolean> {
  return (await rulesOf(services, await services.configurations.of(tenant))).length > 0;
}

function rulesOf({ database, vault }: Services, configuration: TenantConfiguration): Promise<readonly Rule[]> {
  return configuration.memo('network acls', async () => {
    const all = await networkAclStore(vault).list(database.read, configuration.tenant);
    return all
      .filter(({ active }) => active)
      .toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
      .flatMap((acl) => {
        const applies = testOf(acl);
        return applies ? [{ acl, applies }] : [];
      });
  });
}

async function decide(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  rules: readonly Rule[],
): Promise<FastifyReply | undefined> {
  // The path of the route that answers, since a path can be written in many ways (`/%61pi/v2/`).
  const path = request.routeOptions.url ?? request.url.split('?')[0]!;
  const { context } = request;
  const visitor: Visitor = {
    ip: plainAddress(context.ip),
    peer: plainAddress(request.socket.remoteAddress ?? ''),
    userAgent: context.userAgent,
    host: context.site.host.replace(/:\d+$/, ''),
  };
  const rule = rules.find(({ acl, applies }) => {
    if (!isAbout(acl.rule.scope, path) || !applies(visitor)) return false;
    if (!acl.rule.action.log) return true;
    services.log.info({ acl: acl.id, ip: visitor.ip, path }, 'A network ACL matched.');
    return false;
  });
  if (!rule || rule.acl.rule.action.allow) return undefined;
  const { redirect_uri } = rule.acl.rule.action;
  if (redirect_uri) return redirectTo(reply.header('cache-control', 'no-store'), redirect_uri);
  if (path.startsWith('/api/')) throw new ApiError(403, 'Access is denied by a network ACL', 'access_denied');
  throw new PageError('access_denied', 'Access denied', 'Your network may not use this page.', 403);
}

function isAbout(scope: NetworkAcl['rule']['scope'], path: string): boolean {
  if (scope === 'tenant') return true;
  if (scope === 'management') return path.startsWith('/api/v2/');
  if (scope === 'dynamic_client_registration') return path === '/oidc/register';
  return !path.startsWith('/api/');
}

/** Both halves must hold; undefined when one of them cannot be answered. */
function testOf({ rule }: NetworkAcl): Test | undefined {
  const match = rule.match && all(rule.match);
  const not = rule.not_match && all(rule.not_match);
  if ((rule.match && !match) || (rule.not_match && !not)) return undefined;
  return (visitor) => (!match || match(visitor)) && !not?.(visitor);
}

/** Every kind of condition must hold, of one kind any. */
function all(conditions: AclConditions): Test | undefined {
  const tests: Test[] = [];
  for (const [name, values] of Object.entries(conditions)) {
    const make = TESTS[name as keyof AclConditions];
    if (!make) return undefined;
    tests.push(make(values as readonly string[]));
  }
  return (visitor) => tests.every((test) => test(visitor));
}

const TESTS: Partial<Record<keyof AclConditions, (values: readonly string[]) => Test>> = {
  ipv4_cidrs: (values) => inAny(values, ({ ip }) => ip),
  ipv6_cidrs: (values) => inAny(values, ({ ip }) => ip),
  connecting_ipv4_cidrs: (values) => inAny(values, ({ peer }) => peer),
  connecting_ipv6_cidrs: (values) => inAny(values, ({ peer }) => peer),
  hostnames: (values) => {
    const hosts = new Set(values.map((value) => value.toLowerCase()));
    return ({ host }) => hosts.has(host);
  },
  user_agents: (values) => {
    const patterns = values.map(wildcardMatcher);
    return ({ userAgent }) => patterns.some((matches) => matches(userAgent));
  },
};

function inAny(cidrs: readonly string[], read: (visitor: Visitor) => string): Test {
  const isListed = addressMatcher(cidrs);
  return (visitor) => isListed(read(visitor));
}

/** RFC 4291 §2.5.5.2: an IPv4 address that comes as `::ffff:…`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
