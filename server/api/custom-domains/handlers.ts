/** What the operations of `/custom-domains` do. The DNS is asked before the unit of work that believes it. */
import { randomUUID } from 'node:crypto';
import dns from 'node:dns/promises';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { listCollection, pickFields } from '../lists.ts';
import { type Call, handle, type Route, type Where } from '../pipeline.ts';
import {
  createCustomDomain,
  deleteCustomDomain,
  getCustomDomain,
  getDefaultDomain,
  listCustomDomains,
  setDefaultDomain,
  testCustomDomain,
  updateCustomDomain,
  verifyCustomDomain,
} from './operations.ts';
import { type CustomDomain, customDomainResource } from './schema.ts';
import { listFilter, listOrder } from './search.ts';
import { addHost, customDomainStore, removeHost, tenantOfHost } from './store.ts';
import { isLocalHost, type Verdict, verifyDomain } from './verify.ts';

export const customDomainRoutes: Route[] = [
  handle(listCustomDomains, async ({ services, sql, context, query }) => {
    const store = customDomainStore(services.vault);
    const show = (domain: CustomDomain) => pickFields(domain, query);
    const filter = listFilter(query.q);
    if (query.take !== undefined)
      return listCollection(sql, context.tenant, store, customDomainResource, query, show, filter);
    // Recorded: without `take` the whole list, bare.
    const all = (await store.list(sql, context.tenant)).filter(filter ?? (() => true));
    return all.toSorted(listOrder(query.sort)).map(show);
  }),

  handle(createCustomDomain, async (call) => {
    const { services, sql, context, configuration } = call;
    const body = withDefaults(customDomainResource, call.body) as CustomDomain;
    const { verification_method: _, ...given } = body as CustomDomain & { verification_method?: string };
    const host = given.domain.toLowerCase();
    const store = customDomainStore(services.vault);
    const taken =
      (await store.find(sql, context.tenant, 'domain', host)) ||
      host === hostOf(configuration.domain) ||
      (await tenantOfHost(sql, host)) !== undefined;
    if (taken) throw new ApiError(409, 'The custom domain is already in use', 'custom_domain_exists');
    const managed = given.type === 'auth0_managed_certs';
    const metadata = Object.entries(given.domain_metadata ?? {}).filter(([, value]) => value !== null);
    const domain: CustomDomain = {
      ...given,
      ...(given.domain_metadata ? { domain_metadata: Object.fromEntries(metadata) } : {}),
      custom_domain_id: `cd_${randomAlphanumeric(16)}`,
      domain: host,
      // Recorded: the first one that is managed is primary; self-managed ones never are.
      primary: managed && (await store.count(sql, context.tenant)) === 0,
      is_default: false,
      status: 'pending_verification',
      verification: { methods: [managed ? cname(host, configuration.domain) : txt(host)] },
      // Recorded: each type has its own field, set or not.
      ...(managed
        ? { tls_policy: given.tls_policy ?? 'recommended' }
        : { custom_client_ip_header: given.custom_client_ip_header ?? null }),
      created_at: new Date(context.now).toISOString(),
    };
    await store.insert(sql, context.tenant, domain, context.now);
    await services.configurations.touch(sql, context.tenant);
    return domain;
  }),

  handle(getDefaultDomain, async ({ services, sql, context, configuration }) => {
    const found = await customDomainStore(services.vault).find(sql, context.tenant, 'default', 'true');
    return found ?? { domain: configuration.domain };
  }),

  handle(setDefaultDomain, async ({ services, sql, context, configuration, body }) => {
    const store = customDomainStore(services.vault);
    const host = body.domain.toLowerCase();
    const next = await store.find(sql, context.tenant, 'domain', host);
    if (!next && host !== configuration.domain)
      throw new ApiError(400, 'The domain is not one of this tenant', 'inexistent_custom_domain');
    if (next && next.status !== 'ready')
      throw new ApiError(400, 'Only a verified domain can be the default', 'custom_domain_not_ready');
    const before = await store.find(sql, context.tenant, 'default', 'true');
    if (before) await store.replace(sql, context.tenant, { ...before, is_default: false }, context.now);
    const chosen = next && { ...next, is_default: true };
    if (chosen) await store.replace(sql, context.tenant, chosen, context.now);
    await services.configurations.touch(sql, context.tenant);
    return chosen ?? { domain: configuration.domain };
  }),

  handle(getCustomDomain, requireDomain),

  handle(updateCustomDomain, async (call) => {
    const { services, sql, context } = call;
    const current = await requireDomain(call);
    const managed = current.type === 'auth0_managed_certs';
    const foreign = managed ? 'custom_client_ip_header' : 'tls_policy';
    if (call.body[foreign] !== undefined && call.body[foreign] !== null)
      throw new ApiError(400, `${foreign} is not for domains of the type ${current.type}`, 'invalid_body');
    const domain = withChanges(customDomainResource, current, call.body) as CustomDomain;
    await customDomainStore(services.vault).replace(sql, context.tenant, domain, context.now);
    await services.configurations.touch(sql, context.tenant);
    return domain;
  }),

  handle(deleteCustomDomain, async ({ services, sql, context, params }) => {
    const store = customDomainStore(services.vault);
    const domain = await store.get(sql, context.tenant, params.id);
    if (!domain) return;
    if (domain.is_default) {
      const message =
        'Cannot delete the default custom domain. Please set another domain as default before deleting this one.';
      throw new ApiError(409, message, 'custom_domain_is_default');
    }
    await store.remove(sql, context.tenant, domain.custom_domain_id);
    await removeHost(sql, context.tenant, domain.domain);
    await services.configurations.touch(sql, context.tenant);
  }),

  handle(
    testCustomDomain,
    async ({ prepared }) => (prepared.verified ? { success: true } : { success: false, message: prepared.reason }),
    prepareTest,
  ),

  handle(
    verifyCustomDomain,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const domain = verified(await requireDomain(call), prepared, call);
      if (prepared.verified) {
        const holder = await tenantOfHost(sql, domain.domain);
        if (holder !== undefined && holder !== context.tenant)
          throw new ApiError(409, 'The custom domain is already in use', 'custom_domain_exists');
        await addHost(sql, context.tenant, domain.domain);
      }
      await customDomainStore(services.vault).replace(sql, context.tenant, domain, context.now);
      await services.configurations.touch(sql, context.tenant);
      return domain;
    },
    prepareVerify,
  ),
];

async function requireDomain({
  services,
  sql,
  context,
  params,
}: Where & { readonly params: { readonly id: string } }): Promise<CustomDomain> {
  const domain = await customDomainStore(services.vault).get(sql, context.tenant, params.id);
  if (!domain) throw new ApiError(404, 'The custom domain does not exist', 'inexistent_custom_domain');
  return domain;
}

async function prepareTest(call: Call<typeof testCustomDomain>): Promise<Verdict> {
  const domain = await requireDomain(call);
  if (domain.status !== 'ready') throw new ApiError(409, 'The domain is not verified yet', 'custom_domain_not_ready');
  return verdictOf(call, domain);
}

async function prepareVerify(call: Call<typeof verifyCustomDomain>): Promise<Verdict> {
  return verdictOf(call, await requireDomain(call));
}

/**
 * An installation on localhost has no name that a record could lead to, and whoever may call its API owns the machine:
 * there every domain is taken as shown.
 */
async function verdictOf({ configuration }: Pick<Call, 'configuration'>, domain: CustomDomain): Promise<Verdict> {
  return isLocalHost(configuration.domain) ? { verified: true } : verifyDomain(domain, dns);
}

function verified(
  domain: CustomDomain,
  verdict: Verdict,
  { context, configuration }: Pick<Call, 'context' | 'configuration'>,
): CustomDomain {
  const { methods, last_verified_at } = domain.verification;
  const before = last_verified_at === undefined ? {} : { last_verified_at };
  if (!verdict.verified) {
    const verification = { methods, status: 'pending', error_msg: verdict.reason, ...before } as const;
    return { ...domain, verification };
  }
  const instant = new Date(context.now).toISOString();
  return {
    ...domain,
    status: 'ready',
    origin_domain_name: hostOf(configuration.domain),
    verification: { methods, status: 'verified', last_verified_at: instant },
  };
}

function cname(domain: string, target: string) {
  return { name: 'CNAME', record: hostOf(target), domain } as const;
}

function txt(domain: string) {
  return { name: 'TXT', record: randomUUID(), domain: `_cf-custom-hostname.${domain}` } as const;
}

/** Without its port. */
function hostOf(domain: string): string {
  return domain.replace(/:\d+$/, '').toLowerCase();
}
