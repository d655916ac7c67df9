/** Mails with a one-time link: the ticket and the mail are written together, in the caller's unit of work. */
import type { Client } from '../api/clients/schema.ts';
import type { StoredUser } from '../api/users/store.ts';
import type { RequestContext } from '../http/context.ts';
import { hashSecret, randomSecret } from '../keys/secrets.ts';
import { queueMail } from '../mail/outbox.ts';
import { type MailTemplate, renderMail } from '../mail/templates.ts';
import type { Services } from '../services.ts';
import type { Sql } from '../storage/database.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { insertTicket } from '../tenants/tickets.ts';

export type MailLink = {
  readonly template: MailTemplate;
  /** Kind of the ticket, and the page the link opens. */
  readonly kind: 'verify_email' | 'change_password';
  readonly path: string;
  /** Seconds the link works. */
  readonly ttl: number;
  readonly user: StoredUser;
  readonly client: Client | undefined;
};

/** Renders the mail, which takes time; what it answers writes it. */
export async function prepareMailLink(
  services: Services,
  context: RequestContext,
  { settings }: TenantConfiguration,
  link: MailLink,
): Promise<(sql: Sql) => Promise<void>> {
  const secret = randomSecret(32);
  const text = (name: string) => (typeof settings[name] === 'string' ? (settings[name] as string) : undefined);
  const mail = await renderMail(link.template, {
    application: { name: link.client?.name ?? text('friendly_name') ?? 'Latchkey' },
    user: link.user,
    url: `${context.site.issuer}${link.path}?ticket=${secret}`,
    tenant: context.tenant,
    friendly_name: text('friendly_name') ?? 'Latchkey',
    support_email: text('support_email'),
    support_url: text('support_url'),
    ttl: link.ttl,
  });
  return async (sql) => {
    await insertTicket(sql, {
      tenant: context.tenant,
      ticket_hash: hashSecret(secret),
      kind: link.kind,
      user_id: link.user.user_id,
      data: JSON.stringify({ email: link.user.email, client_id: link.client?.client_id }),
      created_at: context.now,
      expires_at: context.now + link.ttl * 1000,
      used_at: null,
    });
    const deliver = services.config.smtpUrl !== undefined;
    await queueMail(sql, { tenant: context.tenant, recipient: link.user.email!, ...mail, now: context.now, deliver });
  };
}
