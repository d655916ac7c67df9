/**
 * The first administrator: a link that works once, printed at start while nobody administers the tenant. Each start
 * makes a new link; those before it stop working.
 */
import { hashSecret, randomSecret } from '../keys/secrets.ts';
import type { Services } from '../services.ts';
import type { Sql } from '../storage/database.ts';
import { isAdministered } from './administrators.ts';
import { administratorsConnection } from './provision.ts';
import { insertTicket } from './tickets.ts';

/** In milliseconds. The operator reads the banner at the start, not days later. */
const LINK_LIFETIME = 24 * 3_600_000;

export const SETUP_TICKET = 'setup';

/** The link, or undefined when the tenant has an administrator. */
export async function setupLink(
  services: Pick<Services, 'database' | 'clock' | 'stores' | 'configurations'>,
  tenant: string,
  baseUrl: string,
): Promise<string | undefined> {
  const now = services.clock();
  const secret = randomSecret();
  const made = await services.database.write(async (sql) => {
    if (await isAdministered(sql, tenant)) return false;
    await administratorsConnection(services, sql, tenant, now);
    await services.configurations.touch(sql, tenant);
    await removeSetupTickets(sql, tenant);
    await insertTicket(sql, {
      tenant,
      ticket_hash: hashSecret(secret),
      kind: SETUP_TICKET,
      user_id: null,
      data: '{}',
      created_at: now,
      expires_at: now + LINK_LIFETIME,
      used_at: null,
    });
    return true;
  });
  return made ? `${baseUrl}/setup?ticket=${secret}` : undefined;
}

async function removeSetupTickets(sql: Sql, tenant: string): Promise<void> {
  await sql.query(sql.build.deleteFrom('tickets').where('tenant', '=', tenant).where('kind', '=', SETUP_TICKET));
}
