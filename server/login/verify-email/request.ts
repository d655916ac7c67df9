/** Asking a user to confirm their address. */
import type { Client } from '../../api/clients/schema.ts';
import type { StoredUser } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import { mailTemplates } from '../../mail/templates.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { prepareMailLink } from '../mail-links.ts';

/** Five days, as the vendor's links work. */
const TTL = 432_000;

/** @returns what writes the mail, in the caller's unit of work */
export function prepareVerification(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  user: StoredUser,
  client: Client | undefined,
): Promise<(sql: Sql) => Promise<void>> {
  const template = mailTemplates.verify_email;
  return prepareMailLink(services, context, configuration, {
    template,
    kind: 'verify_email',
    path: 'u/email-verification',
    ttl: TTL,
    user,
    client,
  });
}
