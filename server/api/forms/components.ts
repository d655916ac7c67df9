/**
 * What the steps of a form are made of: blocks, widgets and fields, a table of them with their configuration. The
 * source is the vendor's description of its API.
 */
import { type TSchema, Type } from 'typebox';
import { oneKind } from '../../schema/kinds.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { anyObject, choice, open, opt, strict } from '../../schema/types.ts';
import { flowId } from '../flows/schema.ts';

const text = (maxLength: number, minLength = 0) => Type.String({ minLength, maxLength });
const words = text(10_000, 1);
const flag = opt(Type.Boolean());
const whole = (minimum: number, maximum?: number) =>
  Type.Integer(maximum === undefined ? { minimum } : { minimum, maximum });
const amount = (minimum: number, maximum: number) => Type.Number({ minimum, maximum });
const position = opt(choice(['LEFT', 'CENTER', 'RIGHT']));
const anything = opt(Type.Unsafe<unknown>({}));

/** Names that the author of a form gives to its parts. */
export const formPartId = Type.String({ minLength: 1, maxLength: 150, pattern: PATTERNS.id });
/** Where to go: another node, or `$ending`. */
export const nodePointer = Type.String({ minLength: 1, maxLength: 150, pattern: PATTERNS.idOrEnding });

const url = Type.String({ maxLength: 2000, format: 'https-url' });
const choices = (more: Record<string, TSchema> = {}) =>
  opt(Type.Array(strict({ value: words, label: words, ...more }), { maxItems: 1000 }));
const placeholder = opt(text(500, 1));
const lengths = { min_length: opt(whole(1)), max_length: opt(whole(1)) };
const paymentText = opt(strict({ label: opt(text(250, 1)), placeholder: opt(text(250, 1)) }));

const oneOff = open({
  amount: Type.Unsafe<string | number>({
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'number', minimum: 0.01 },
    ],
  }),
  currency: choice(['AUD', 'CAD', 'CHF', 'EUR', 'GBP', 'INR', 'MXN', 'SEK', 'USD']),
});

/** Configuration by category and type: optional where everything has a default. */
const CONFIGURATIONS = {
  BLOCK: {
    DIVIDER: opt(strict({ text: opt(text(50)) })),
    HTML: opt(strict({ content: opt(text(10_000)) })),
    IMAGE: opt(strict({ src: text(500), position, height: opt(amount(1, 500)) })),
    JUMP_BUTTON: strict({
      text: text(150),
      next_node: nodePointer,
      style: opt(strict({ background_color: opt(Type.String({ format: 'html-color' })) })),
    }),
    RESEND_BUTTON: strict({
      active_text: text(255, 1),
      button_text: text(255, 1),
      waiting_text: text(255, 1),
      text_alignment: position,
      flow_id: flowId,
      max_attempts: opt(amount(1, 10)),
      waiting_time: opt(amount(1, 60)),
    }),
    NEXT_BUTTON: strict({ text: text(150) }),
    PREVIOUS_BUTTON: strict({ text: text(150) }),
    RICH_TEXT: opt(strict({ content: opt(text(10_000)) })),
  },
  WIDGET: {
    AUTH0_VERIFIABLE_CREDENTIALS: strict({
      url: text(2000),
      size: opt(amount(1, 500)),
      alternate_text: text(255, 1),
      access_token: text(5000, 1),
      verification_id: text(255, 1),
      max_wait: opt(amount(60, 600)),
    }),
    GMAPS_ADDRESS: strict({ api_key: words }),
    RECAPTCHA: strict({ site_key: words, secret_key: words }),
  },
  FIELD: {
    BOOLEAN: strict({
      default_value: flag,
      options: opt(strict({ true: opt(text(50, 1)), false: opt(text(50, 1)) })),
    }),
    CARDS: opt(
      strict({ hide_labels: flag, multiple: flag, options: choices({ image_url: url }), default_value: anything }),
    ),
    CHOICE: opt(
      strict({
        multiple: flag,
        options: choices(),
        allow_other: opt(strict({ enabled: opt(Type.Boolean()), label: opt(words), placeholder: opt(words) })),
        default_value: anything,
      }),
    ),
    CUSTOM: strict({
      schema: anyObject(),
      code: text(1_000_000, 1),
      css: opt(text(100_000, 1)),
      params: opt(Type.Record(Type.String(), Type.String())),
    }),
    DATE: strict({ format: opt(choice(['DATE', 'TIME'])), default_value: opt(text(100)) }),
    DROPDOWN: opt(strict({ multiple: flag, options: choices(), default_value: anything, placeholder })),
    EMAIL: opt(strict({ default_value: opt(words), placeholder })),
    FILE: opt(
      strict({
        multiple: flag,
        storage: opt(open({ type: choice(['MANAGED', 'CUSTOM']) })),
        categories: opt(Type.Array(choice(['AUDIO', 'VIDEO', 'IMAGE', 'DOCUMENT', 'ARCHIVE']))),
        extensions: opt(Type.Array(text(50, 1))),
        maxSize: opt(whole(1024)),
        maxFiles: opt(whole(1)),
      }),
    ),
    LEGAL: opt(strict({ text: opt(words) })),
    NUMBER: opt(
      strict({
        default_value: opt(Type.Number()),
        placeholder,
        min_value: opt(Type.Number()),
        max_value: opt(Type.Number()),
      }),
    ),
    PASSWORD: strict({
      hash: opt(choice(['NONE', 'MD5', 'SHA1', 'SHA256', 'SHA512'])),
      placeholder: opt(text(500)),
      ...lengths,
      complexity: flag,
      nist: flag,
      strength_meter: flag,
    }),
    PAYMENT: strict({
      provider: opt(choice(['STRIPE'])),
      charge: oneKind('type', {
        ONE_OFF: strict({ type: choice(['ONE_OFF']), one_off: oneOff }),
        SUBSCRIPTION: strict({ type: choice(['SUBSCRIPTION']), subscription: anyObject() }),
      }),
      credentials: strict({ public_key: text(250, 1), private_key: text(250, 1) }),
      customer: opt(anyObject()),
      fields: opt(
        strict({
          card_number: paymentText,
          expiration_date: paymentText,
          security_code: paymentText,
          trustmarks: flag,
        }),
      ),
    }),
    SOCIAL: opt(anyObject()),
    TEL: opt(
      strict({
        default_value: opt(text(100)),
        placeholder: opt(text(500)),
        ...lengths,
        country_picker: flag,
        strings: opt(strict({ filter_placeholder: opt(words) })),
      }),
    ),
    TEXT: opt(strict({ multiline: flag, default_value: opt(words), placeholder, ...lengths })),
    URL: opt(strict({ default_value: opt(words), placeholder })),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, TSchema>>>>;

/** What people are told about a widget or a field. */
const asked = { label: opt(words), hint: opt(text(500, 1)), required: flag, sensitive: flag };

export type FormComponent = {
  id: string;
  category: keyof typeof CONFIGURATIONS;
  type: string;
  config?: Record<string, unknown>;
};

/** Any part of a category. */
function componentOf(category: string, types: Readonly<Record<string, TSchema>>): TSchema {
  const shared = { id: formPartId, category: choice([category]), ...(category === 'BLOCK' ? {} : asked) };
  const schemas = Object.entries(types).map(([type, config]) => [
    type,
    strict({ ...shared, type: choice([type]), config }),
  ]);
  return oneKind('type', Object.fromEntries(schemas));
}

/** One block, widget or field. */
export const formComponent = Type.Unsafe<FormComponent>(
  oneKind(
    'category',
    Object.fromEntries(
      Object.entries(CONFIGURATIONS).map(([category, types]) => [category, componentOf(category, types)]),
    ),
  ),
);
