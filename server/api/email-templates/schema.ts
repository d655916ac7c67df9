/** What a tenant's mails say: a template for each occasion, in Liquid. One that is not there is ours (`server/mail`). */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';

export const TEMPLATE_NAMES = [
  'verify_email',
  'verify_email_by_code',
  'auth_email_by_code',
  'reset_email',
  'reset_email_by_code',
  'welcome_email',
  'blocked_account',
  'stolen_credentials',
  'enrollment_email',
  'mfa_oob_code',
  'user_invitation',
  'change_password',
  'password_reset',
  'async_approval',
] as const;

export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** The longest body, in characters. */
const BODY_LIMIT = 500_000;

export const emailTemplateResource = resource({
  name: 'EmailTemplate',
  plural: 'email_templates',
  fields: {
    template: field(choice(TEMPLATE_NAMES), { required: true, always: true, description: 'The occasion' }),
    body: field(Type.String({ maxLength: BODY_LIMIT }), {
      nullable: 'keep',
      description: 'HTML of the mail',
    }),
    from: field(Type.String({ maxLength: 1000 }), {
      nullable: 'keep',
      description: 'Sender; the usual one when empty',
    }),
    resultUrl: field(Type.String({ maxLength: 2000 }), {
      nullable: 'keep',
      description: 'Where to go on after the link was used',
    }),
    subject: field(Type.String({ maxLength: 1000 }), {
      nullable: 'keep',
      description: 'Subject; the usual one when empty',
    }),
    syntax: field(Type.String({ maxLength: 50 }), {
      nullable: 'keep',
      description: 'Template language: liquid',
    }),
    urlLifetimeInSeconds: field(Type.Number({ minimum: 0 }), {
      nullable: 'keep',
      description: 'Seconds the link works',
    }),
    includeEmailInRedirect: field(Type.Boolean(), {
      description: 'Whether the result URL is told the address',
    }),
    enabled: field(Type.Boolean(), { nullable: 'keep', description: 'Whether the template is used' }),
  },
});

/** What a whole template must bring. */
export const REQUIRED = ['template', 'body', 'from', 'subject', 'syntax', 'enabled'] as const;

export type EmailTemplate = DocumentOf<typeof emailTemplateResource>;
