/** Where mail templates are kept, and which one a mail is written with. */
import { type MailTemplate, mailTemplates } from '../../mail/templates.ts';
import type { Services } from '../../services.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import type { EmailTemplate } from './schema.ts';

export function emailTemplateStore(sealer: Sealer): Collection<EmailTemplate> {
  return collection<EmailTemplate>({ kind: 'email_template', id: 'template', keys: {} }, sealer);
}

/** Mails that we have words for. */
export type MailName = keyof typeof mailTemplates;

/** Mails that are sent though nobody asked for them: which of them go out until the tenant says otherwise. */
const SENT_BY_DEFAULT: Readonly<Record<string, boolean>> = { welcome_email: false };

export type ChosenTemplate = {
  readonly template: MailTemplate;
  /** Whether a mail that nobody asked for is sent at all. */
  readonly enabled: boolean;
  /** Seconds the link works, when the tenant says so. */
  readonly ttl?: number;
  /** Liquid. */
  readonly resultUrl?: string;
  readonly includeEmailInRedirect: boolean;
};

/** The tenant's template where there is one and it is enabled, else ours. */
export async function chooseTemplate(
  { database, vault }: Pick<Services, 'database' | 'vault'>,
  configuration: TenantConfiguration,
  name: MailName,
): Promise<ChosenTemplate> {
  const ours: MailTemplate = mailTemplates[name];
  const own = await configuration.memo(`mail template ${name}`, () =>
    emailTemplateStore(vault).get(database.read, configuration.tenant, name),
  );
  if (!own) return { template: ours, enabled: SENT_BY_DEFAULT[name] ?? true, includeEmailInRedirect: true };
  if (!own.enabled) return { template: ours, enabled: false, includeEmailInRedirect: true };
  const subject = own.subject || ours.subject;
  return {
    template: own.body ? { subject, html: own.body, ...(own.from ? { from: own.from } : {}) } : { ...ours, subject },
    enabled: true,
    includeEmailInRedirect: own.includeEmailInRedirect ?? true,
    ...(own.urlLifetimeInSeconds ? { ttl: own.urlLifetimeInSeconds } : {}),
    ...(own.resultUrl ? { resultUrl: own.resultUrl } : {}),
  };
}
