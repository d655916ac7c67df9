/** Asking a user to confirm their address. */
import type { Client } from '../../api/clients/schema.ts';
import { chooseTemplate } from '../../api/email-templates/store.ts';
import type { StoredUser } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { prepareMailLink } from '../mail-links.ts';

/** Five days, as the vendor's links work. */
const TTL = 432_000;

/**
 * @param issuer where the link leads, with a slash at the end; the site of the request unless given
 * @returns what writes the mail, in the caller's unit of work
 */
export function prepareVerification(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  user: StoredUser,
  client: Client | undefined,
  issuer?: string,
): Promise<(sql: Sql) => Promise<void>> {
  return prepareMailLink(services, context, configuration, {
    name: 'verify_email',
    kind: 'verify_email',
    ttl: TTL,
    user,
    client,
    issuer,
  });
}

/** The same for an address that nobody asked to confirm: nothing is sent when the tenant's template is turned off. */
export async function prepareUnaskedVerification(
  ...[services, context, configuration, user, client]: Parameters<typeof prepareVerification>
): Promise<(sql: Sql) => Promise<void>> {
  const { enabled } = await chooseTemplate(services, configuration, 'verify_email');
  return enabled ? prepareVerification(services, context, configuration, user, client) : async () => {};
}
