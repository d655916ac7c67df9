/** Mails with a one-time link: the ticket and the mail are written together, in the caller's unit of work. */
import type { Client } from '../api/clients/schema.ts';
import { type ChosenTemplate, chooseTemplate, type MailName } from '../api/email-templates/store.ts';
import { providerInUse } from '../api/emails/store.ts';
import type { LinkedLogin } from '../api/users/linked.ts';
import type { StoredUser } from '../api/users/store.ts';
import type { RequestContext } from '../http/context.ts';
import { hashSecret, randomSecret } from '../keys/secrets.ts';
import { queueMail } from '../mail/outbox.ts';
import { administratorInvitation, type MailVariables, renderMail, renderPlain } from '../mail/templates.ts';
import type { Services } from '../services.ts';
import type { Sql } from '../storage/database.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { insertTicket } from '../tenants/tickets.ts';

export type TicketKind = 'verify_email' | 'change_password' | 'unblock' | 'mfa_enrollment';

/** What a link carries besides its user; kept with the ticket. */
export type TicketData = {
  readonly email?: string | undefined;
  readonly client_id?: string | undefined;
  /** Where to go on when the link was used. */
  readonly result_url?: string | undefined;
  readonly include_email?: boolean | undefined;
  /** Of a password link: whether whoever used it is known to have the address. Yes, when it came by mail. */
  readonly mark_email_as_verified?: boolean | undefined;
  /** Of an enrollment link: whether it works for who has a second factor already. */
  readonly allow_multiple_enrollments?: boolean | undefined;
  /** Of a password link: the linked identity whose password it is about. */
  readonly linked?: LinkedLogin | undefined;
};

export type MailLink = {
  readonly name: MailName;
  readonly kind: TicketKind;
  /** Seconds the link works unless the tenant's template says otherwise. */
  readonly ttl: number;
  readonly user: StoredUser;
  readonly client: Client | undefined;
  /** The linked identity that it is about. */
  readonly linked?: LinkedLogin | undefined;
  /** Where the link leads, with a slash at the end; the site of the request unless given. */
  readonly issuer?: string | undefined;
  /** The secret of the link; made anew unless given. */
  readonly secret?: string | undefined;
  /** What is kept with the ticket besides the usual. */
  readonly data?: TicketData | undefined;
};

/** The pages that tickets open. */
const PATHS: Readonly<Record<TicketKind, string>> = {
  verify_email: 'u/email-verification',
  change_password: 'u/reset-password',
  unblock: 'u/unblock',
  mfa_enrollment: 'u/mfa-enrollment',
};

/** The address that a ticket with this secret opens. */
export function ticketUrl(issuer: string, kind: TicketKind, secret: string): string {
  return `${issuer}${PATHS[kind]}?ticket=${secret}`;
}

/** Renders the mail, which takes time; what it answers writes it. */
export async function prepareMailLink(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  link: MailLink,
): Promise<(sql: Sql) => Promise<void>> {
  const secret = link.secret ?? randomSecret(32);
  const chosen = await chooseTemplate(services, configuration, link.name);
  const ttl = chosen.ttl ?? link.ttl;
  const url = ticketUrl(link.issuer ?? context.site.issuer, link.kind, secret);
  const variables = mailVariables(configuration, { user: link.user, client: link.client, url, ttl });
  const mail = await renderMail(chosen.template, variables);
  const data: TicketData = {
    ...link.data,
    email: link.user.email ?? undefined,
    client_id: link.client?.client_id,
    result_url: await resultUrl(chosen, variables),
    include_email: chosen.includeEmailInRedirect,
    linked: link.linked,
  };
  const deliver = await canDeliver(services, configuration);
  return async (sql) => {
    await writeTicket(sql, context, { kind: link.kind, secret, userId: link.user.user_id, ttl, data });
    await writeMail(sql, context, deliver, link.user.email!, mail);
  };
}

/** A mail without a link of ours, such as a welcome. Answers nothing when the tenant does not want it. */
export async function prepareMail(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  mail: { readonly name: MailName; readonly user: StoredUser; readonly client: Client | undefined },
): Promise<((sql: Sql) => Promise<void>) | undefined> {
  const chosen = await chooseTemplate(services, configuration, mail.name);
  if (!chosen.enabled || !mail.user.email) return undefined;
  const url = mail.client?.initiate_login_uri ?? mail.client?.callbacks?.[0] ?? context.site.issuer;
  const rendered = await renderMail(chosen.template, mailVariables(configuration, { ...mail, url, ttl: 0 }));
  const deliver = await canDeliver(services, configuration);
  return (sql) => writeMail(sql, context, deliver, mail.user.email!, rendered);
}

export type Invitation = Pick<MailVariables, 'organization' | 'inviter' | 'roles'> & {
  /** Who is invited; there need not be such a user. */
  readonly email: string;
  readonly client: Client;
  readonly connection: string | undefined;
  readonly url: string;
  /** Seconds the link works. */
  readonly ttl: number;
};

/** The mail of an invitation. Answers nothing when the tenant does not want it. */
export async function prepareInvitation(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  { email, client, connection, url, ttl, ...more }: Invitation,
): Promise<((sql: Sql) => Promise<void>) | undefined> {
  const chosen = await chooseTemplate(services, configuration, 'user_invitation');
  if (!chosen.enabled) return undefined;
  const variables = mailVariables(configuration, { user: { email, connection }, client, url, ttl });
  const rendered = await renderMail(chosen.template, { ...variables, ...more });
  const deliver = await canDeliver(services, configuration);
  return (sql) => writeMail(sql, context, deliver, email, rendered);
}

/** The mail of an invitation to administer the tenant. `ttl` in seconds. */
export async function prepareAdministratorInvitation(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  { email, inviter, url, ttl }: { email: string; inviter: string | undefined; url: string; ttl: number },
): Promise<(sql: Sql) => Promise<void>> {
  const user = { email, connection: undefined };
  const variables = mailVariables(configuration, { user, client: undefined, url, ttl });
  const rendered = await renderMail(
    administratorInvitation,
    inviter ? { ...variables, inviter: { name: inviter } } : variables,
  );
  const deliver = await canDeliver(services, configuration);
  return (sql) => writeMail(sql, context, deliver, email, rendered);
}

/** Writes the ticket of a link. `ttl` in seconds. */
export function writeTicket(
  sql: Sql,
  { tenant, now }: Pick<RequestContext, 'tenant' | 'now'>,
  ticket: { kind: TicketKind; secret: string; userId: string | null; ttl: number; data: TicketData },
): Promise<void> {
  return insertTicket(sql, {
    tenant,
    ticket_hash: hashSecret(ticket.secret),
    kind: ticket.kind,
    user_id: ticket.userId,
    data: JSON.stringify(ticket.data),
    created_at: now,
    expires_at: now + ticket.ttl * 1000,
    used_at: null,
  });
}

/** Whether there is anything to deliver mails by; without it they are kept to be looked at. */
async function canDeliver(services: Services, configuration: TenantConfiguration): Promise<boolean> {
  return services.config.smtpUrl !== undefined || (await providerInUse(services, configuration)) !== undefined;
}

async function writeMail(
  sql: Sql,
  { tenant, now }: RequestContext,
  deliver: boolean,
  recipient: string,
  mail: Awaited<ReturnType<typeof renderMail>>,
): Promise<void> {
  await queueMail(sql, { tenant, recipient, ...mail, now, deliver });
}

type Addressee = { readonly email?: string | null | undefined; readonly connection: string | undefined };
type About = { user: Addressee; client: Client | undefined; url: string; ttl: number };

function mailVariables({ tenant, settings }: TenantConfiguration, about: About): MailVariables {
  const text = (name: string) => (typeof settings[name] === 'string' ? (settings[name] as string) : undefined);
  const { client } = about;
  const callback = client?.callbacks?.find((url) => URL.canParse(url));
  return {
    application: {
      name: client?.name ?? text('friendly_name') ?? 'Latchkey',
      ...(client ? { clientID: client.client_id } : {}),
      ...(callback ? { callback_domain: new URL(callback).origin } : {}),
    },
    ...(about.user.connection ? { connection: { name: about.user.connection } } : {}),
    user: about.user,
    url: about.url,
    tenant,
    friendly_name: text('friendly_name') ?? 'Latchkey',
    support_email: text('support_email'),
    support_url: text('support_url'),
    ttl: about.ttl,
  };
}

/** The address that a template gives; one that is no web address after it was filled in leads nowhere. */
async function resultUrl({ resultUrl: text }: ChosenTemplate, variables: MailVariables): Promise<string | undefined> {
  if (!text) return undefined;
  const url = await renderPlain(text, variables).catch(() => '');
  return /^https?:\/\/[^\s"<>\\]+$/i.test(url) && URL.canParse(url) ? url : undefined;
}

/** Where a person goes on after a link: the ticket's address, told what happened. */
export function continueUrl(data: TicketData, outcome: { success: boolean; message: string }): string | undefined {
  if (!data.result_url || !URL.canParse(data.result_url)) return undefined;
  const url = new URL(data.result_url);
  if (data.include_email !== false && data.email) url.searchParams.set('email', data.email);
  url.searchParams.set('success', String(outcome.success));
  url.searchParams.set('message', outcome.message);
  return url.href;
}
