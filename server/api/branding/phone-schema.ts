/** Messages to phones: who sends them for a tenant, and what they say. */
import { Type } from 'typebox';
import { PHONE_OCCASIONS } from '../../phone/texts.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const phoneProviderResource = resource({
  name: 'PhoneProvider',
  plural: 'providers',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true }),
    tenant: field(Type.String(), { readOnly: true, always: true }),
    name: field(choice(['twilio', 'custom']), {
      required: true,
      always: true,
      description: 'Twilio, or an action of the tenant',
    }),
    channel: field(choice(['phone']), { readOnly: true, always: true }),
    disabled: field(Type.Boolean(), { default: false, description: 'Whether nothing is sent by it' }),
    configuration: field(
      strict({
        sid: opt(text(255)),
        default_from: opt(text(64)),
        mssid: opt(text(255)),
        delivery_methods: Type.Array(choice(['text', 'voice']), { minItems: 1, maxItems: 2 }),
      }),
      { description: 'The account, the number messages come from or the service that chooses one, and how they go' },
    ),
    credentials: field(strict({ auth_token: opt(text(255)) }), {
      required: true,
      writeOnly: true,
      secret: true,
      description: 'Key of the account',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
  },
});
export type PhoneProviderDocument = DocumentOf<typeof phoneProviderResource>;

const words = strict({ text: opt(text(20_000)), voice: opt(text(20_000)) }, { minProperties: 1 });

export const phoneTemplateResource = resource({
  name: 'PhoneTemplate',
  plural: 'templates',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true }),
    tenant: field(Type.String(), { readOnly: true, always: true }),
    channel: field(choice(['phone']), { readOnly: true, always: true }),
    type: field(choice(PHONE_OCCASIONS), {
      required: true,
      createOnly: true,
      always: true,
      description: 'When the message is sent',
    }),
    disabled: field(Type.Boolean(), {
      default: false,
      always: true,
      inert: 'Messages are sent by trying them out only: no login sends one yet.',
      description: 'Whether our own text is sent in its place',
    }),
    content: field(
      strict({ syntax: opt(choice(['liquid'])), from: opt(text(16)), body: opt(words) }, { minProperties: 1 }),
      { always: true, description: 'What is written and spoken, in Liquid, and the number it comes from' },
    ),
    customizable: field(Type.Boolean(), { readOnly: true }),
    created_at: field(Type.String(), { readOnly: true }),
    updated_at: field(Type.String(), { readOnly: true }),
  },
});
export type PhoneTemplate = DocumentOf<typeof phoneTemplateResource>;
