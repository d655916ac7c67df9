/** Where discovery domains are kept: by id, by organization, and once for each organization and name. */
import { type Collection, collection, unsealed } from '../../../storage/documents.ts';
import type { DiscoveryDomain } from './schema.ts';

export const discoveryDomains: Collection<DiscoveryDomain> = collection<DiscoveryDomain>(
  {
    kind: 'discovery_domain',
    id: 'id',
    keys: {
      organization: { of: (doc) => doc.organization_id },
      domain: { of: (doc) => domainKey(doc.organization_id, doc.domain), unique: true },
    },
  },
  // The proof is public: it belongs into the DNS.
  unsealed,
);

/** The organization and the domain as one key. Domains are kept in lower case. */
export function domainKey(organizationId: string, domain: string): string {
  return `${organizationId}|${domain.toLowerCase()}`;
}
