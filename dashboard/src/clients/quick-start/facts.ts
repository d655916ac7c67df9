/** What is filled into a guide for a client of this tenant. */
import type { Client, DashboardConfig } from '../../api/types.ts';
import { filledIn } from '../../ui/fill.ts';
import type { Addresses, Guide } from './catalogue.ts';

/** Stands in the code where a client has no secret that may be shown. */
const SECRET_PLACEHOLDER = 'YOUR_CLIENT_SECRET';

export type Facts = {
  readonly values: Readonly<Record<string, string>>;
  /** With the tenant's domain filled in. */
  readonly addresses: Addresses | undefined;
  readonly secret: string | undefined;
};

/** @param audience identifier of the API that a machine asks a token for */
export function factsFor(guide: Guide, client: Client, config: DashboardConfig, audience: string): Facts {
  const { domain, issuer } = config;
  const addresses = addressesFor(guide, domain);
  return {
    addresses,
    secret: client.client_secret,
    values: {
      domain,
      issuer,
      issuer_base_url: issuer.replace(/\/$/, ''),
      client_id: client.client_id,
      client_secret: client.client_secret ?? SECRET_PLACEHOLDER,
      callback: addresses?.callbacks[0] ?? '',
      logout_url: addresses?.allowed_logout_urls[0] ?? '',
      audience,
      api_example: audience.endsWith('/api/v2/') ? `${audience}clients` : 'https://api.example.com/orders',
    },
  };
}

/** The addresses of a guide with the tenant's domain filled in. */
export function addressesFor({ addresses }: Guide, domain: string): Addresses | undefined {
  return addresses && withDomain(addresses, domain);
}

function withDomain(addresses: Addresses, domain: string): Addresses {
  const lists = Object.entries(addresses).map(([name, list]) => [
    name,
    (list as readonly string[]).map((address) => filledIn(address, { domain })),
  ]);
  return Object.fromEntries(lists) as Addresses;
}
