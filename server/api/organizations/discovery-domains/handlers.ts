/** What the operations of `/organizations/{id}/discovery-domains` do. */
import { ApiError } from '../../../http/errors.ts';
import { randomAlphanumeric, randomHex } from '../../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../../schema/resource.ts';
import { pageAfter } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import { requireOrganization } from '../store.ts';
import { createDomain, deleteDomain, getDomain, getDomainByName, listDomains, updateDomain } from './operations.ts';
import { type DiscoveryDomain, discoveryDomainResource } from './schema.ts';
import { discoveryDomains, domainKey } from './store.ts';

export const discoveryDomainRoutes: Route[] = [
  handle(listDomains, async (call) => {
    const { sql, context, query } = call;
    const { id } = await requireOrganization(call, call.params.id);
    const all = await discoveryDomains.findAll(sql, context.tenant, 'organization', id);
    const { page, next } = pageAfter(query, all, (domain) => domain.id);
    return { domains: page.map(shown), ...next };
  }),

  handle(createDomain, async (call) => {
    const { sql, context, body } = call;
    const organization = await requireOrganization(call, call.params.id);
    const name = String(body.domain).toLowerCase();
    if (await discoveryDomains.find(sql, context.tenant, 'domain', domainKey(organization.id, name))) {
      throw new ApiError(
        409,
        'An organization discovery domain with this domain is already registered to this organization.',
        'discovery_domain_conflict',
      );
    }
    const domain = {
      ...withDefaults(discoveryDomainResource, body),
      id: `ord_${randomAlphanumeric(22)}`,
      organization_id: organization.id,
      domain: name,
      verification_host: `_ss-verification.${organization.id}.${name}`,
      verification_txt: randomHex(32),
    } as DiscoveryDomain;
    await discoveryDomains.insert(sql, context.tenant, domain, context.now);
    return shown(domain);
  }),

  handle(getDomainByName, async (call) => {
    const { sql, context, params } = call;
    const { id } = await requireOrganization(call, params.id);
    const key = domainKey(id, params.discovery_domain);
    return shown(existing(await discoveryDomains.find(sql, context.tenant, 'domain', key)));
  }),

  handle(getDomain, async (call) => shown(await requireDomain(call))),

  handle(updateDomain, async (call) => {
    const current = await requireDomain(call);
    const domain = { ...current, ...withChanges(discoveryDomainResource, current, call.body) };
    await discoveryDomains.replace(call.sql, call.context.tenant, domain, call.context.now);
    return shown(domain);
  }),

  handle(deleteDomain, async (call) => {
    const { id } = await requireDomain(call);
    await discoveryDomains.remove(call.sql, call.context.tenant, id);
  }),
];

async function requireDomain(
  call: Where & { params: { id: string; discovery_domain_id: string } },
): Promise<DiscoveryDomain> {
  const { sql, context, params } = call;
  const { id } = await requireOrganization(call, params.id);
  const domain = await discoveryDomains.get(sql, context.tenant, params.discovery_domain_id);
  return existing(domain?.organization_id === id ? domain : undefined);
}

function existing(domain: DiscoveryDomain | undefined): DiscoveryDomain {
  if (!domain) throw new ApiError(404, 'The discovery domain does not exist.', 'inexistent_discovery_domain');
  return domain;
}

function shown({ organization_id: _, ...domain }: DiscoveryDomain): unknown {
  return domain;
}
