/** The mail provider of a tenant: who delivers its mails, and from which address. There is one or none. */
import { type TSchema, Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, opt, orNull, strict } from '../../schema/types.ts';

const text = Type.String({ minLength: 1, maxLength: 4096 });
const region = opt(orNull(choice(['eu'])));
const host = Type.String({ minLength: 1, maxLength: 255, pattern: PATTERNS.hostOrAddress });
const apiKey = strict({ api_key: text });

/** What each provider is reached with. */
export const PROVIDER_CREDENTIALS = {
  mailgun: strict({ api_key: opt(text), domain: opt(Type.String({ minLength: 4, maxLength: 255 })), region }),
  mandrill: apiKey,
  sendgrid: apiKey,
  resend: apiKey,
  ses: strict({ accessKeyId: opt(text), secretAccessKey: opt(text), region: opt(text) }),
  sparkpost: strict({ api_key: opt(text), region }),
  smtp: strict({
    smtp_host: opt(host),
    smtp_port: opt(Type.Integer({ minimum: 1, maximum: 65_535 })),
    smtp_user: opt(text),
    smtp_pass: opt(text),
  }),
  azure_cs: strict({ connectionString: opt(text) }),
  ms365: strict({ tenantId: opt(text), clientId: opt(text), clientSecret: opt(text) }),
  custom: strict({}),
} as const satisfies Record<string, TSchema>;

export type ProviderName = keyof typeof PROVIDER_CREDENTIALS;

/** The credentials that answers show. Everything else in them is a secret. */
export const SHOWN_CREDENTIALS: readonly string[] = [
  'region',
  'domain',
  'smtp_host',
  'smtp_port',
  'smtp_user',
  'api_user',
];

export const emailProviderResource = resource({
  name: 'EmailProvider',
  plural: 'email_providers',
  fields: {
    name: field(choice(Object.keys(PROVIDER_CREDENTIALS) as ProviderName[]), {
      required: true,
      always: true,
      description: 'Who delivers the mails',
    }),
    enabled: field(Type.Boolean(), {
      default: true,
      description: 'Whether mails go through this provider',
    }),
    default_from_address: field(Type.String({ maxLength: 320 }), {
      description: 'Sender of mails whose template names none',
    }),
    credentials: field(anyObject(), {
      required: true,
      always: true,
      secret: true,
      description: 'What the provider is reached with; secrets are never shown',
    }),
    settings: field(anyObject(), {
      nullable: 'remove',
      description: 'What to tell the provider with every mail',
    }),
  },
});

export type EmailProvider = DocumentOf<typeof emailProviderResource>;
