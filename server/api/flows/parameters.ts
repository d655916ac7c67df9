/**
 * The services that flows speak to, the actions each offers, and the parameters of every action: a table. The source is
 * the vendor's description of its API; a parameter may be an expression wherever a text is taken.
 */
import { type TProperties, type TSchema, Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { anyObject, choice, open, opt, strict } from '../../schema/types.ts';

const text = (maxLength = 10_000, minLength = 0) => Type.String({ minLength, maxLength });
const short = text(250);
const number = Type.Number();
const any = Type.Unsafe<unknown>({});
const either = <T = unknown>(...schemas: TSchema[]) => Type.Unsafe<T>({ anyOf: schemas });
const object = anyObject();
const textOrNumber = either(text(), number);
const pairs = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: { type: ['number', 'string', 'null'] },
});
const payload = opt(either(text(100_000), Type.Array(any), object));
const method = opt(choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
const mailbox = text(320, 1);

/** What an action may refer to: a connection of the vault. */
const connection_id = Type.String({ minLength: 1, maxLength: 30, pattern: PATTERNS.id });

const address = strict({
  line1: opt(short),
  line2: opt(short),
  postalCode: opt(short),
  city: opt(short),
  state: opt(short),
  country: opt(short),
});
const customer = {
  name: opt(short),
  description: opt(short),
  email: opt(text(512)),
  phone: opt(short),
  tax_exempt: opt(text()),
  address: opt(address),
  metadata: opt(Type.Record(Type.String(), text(500))),
};
const call = { from: opt(text(255, 1)), to: text(255, 1), message: text(1024, 1), custom_vars: opt(object) };

/** The actions within a condition: what they are is checked one level at a time. */
const nested = opt(
  Type.Array(open({ id: text(150), type: text(55), action: text(55), params: opt(object) }), { maxItems: 1000 }),
);

/** Parameters by service and action. */
export const PARAMETERS: Readonly<Record<string, Readonly<Record<string, TProperties>>>> = {
  ACTIVECAMPAIGN: {
    LIST_CONTACTS: { connection_id, email: text() },
    UPSERT_CONTACT: {
      connection_id,
      email: text(),
      first_name: opt(text()),
      last_name: opt(text()),
      phone: opt(text()),
      custom_fields: opt(object),
    },
  },
  AIRTABLE: {
    CREATE_RECORD: { connection_id, base_id: text(), table_name: text(), fields: opt(object) },
    LIST_RECORDS: { connection_id, base_id: text(), table_name: text(), query: opt(text()), view: opt(text()) },
    UPDATE_RECORD: { connection_id, base_id: text(), table_name: text(), record_id: text(), fields: opt(object) },
  },
  AUTH0: {
    CREATE_USER: { connection_id, payload: object },
    GET_USER: { connection_id, user_id: text() },
    UPDATE_USER: { connection_id, user_id: text(), changes: object },
    SEND_REQUEST: { connection_id, pathname: text(), method, headers: opt(object), params: opt(pairs), payload },
    SEND_EMAIL: {
      from: opt(strict({ name: opt(text(125, 1)), email: mailbox })),
      to: mailbox,
      subject: text(255, 1),
      body: text(102_400, 1),
      custom_vars: opt(object),
    },
    SEND_SMS: call,
    MAKE_CALL: call,
  },
  BIGQUERY: { INSERT_ROWS: { connection_id, dataset_id: text(), table_id: text(), data: opt(object) } },
  CLEARBIT: {
    FIND_PERSON: { connection_id, email: text() },
    FIND_COMPANY: { connection_id, domain: text() },
  },
  EMAIL: {
    VERIFY_EMAIL: {
      email: text(),
      rules: opt(
        strict({
          require_mx_record: opt(Type.Boolean()),
          block_aliases: opt(Type.Boolean()),
          block_free_emails: opt(Type.Boolean()),
          block_disposable_emails: opt(Type.Boolean()),
          blocklist: opt(Type.Array(text())),
          allowlist: opt(Type.Array(text())),
        }),
      ),
    },
  },
  FLOW: {
    // biome-ignore lint/suspicious/noThenProperty: the name of the parameter
    BOOLEAN_CONDITION: { if: any, then: nested, else: nested },
    DELAY_FLOW: {
      number: either(Type.Integer({ minimum: 0 }), short),
      units: opt(choice(['SECONDS', 'MINUTES', 'HOURS', 'DAYS'])),
    },
    DO_NOTHING: {},
    ERROR_MESSAGE: { message: text(2048) },
    MAP_VALUE: { input: textOrNumber, cases: opt(object), fallback: opt(any) },
    RETURN_JSON: { payload: either(object, text()) },
    STORE_VARS: { vars: object },
  },
  GOOGLE_SHEETS: {
    ADD_ROW: {
      connection_id,
      spreadsheet_id: text(255, 1),
      sheet_id: opt(either(Type.Integer({ minimum: 0 }), text())),
      values: opt(Type.Array(Type.Unsafe<string | null>({ type: ['string', 'null'] }))),
    },
  },
  HTTP: {
    SEND_REQUEST: {
      connection_id: opt(connection_id),
      url: text(),
      method,
      headers: opt(object),
      basic: opt(strict({ username: opt(text(255, 1)), password: opt(text(255, 1)) })),
      params: opt(pairs),
      payload,
      content_type: opt(choice(['JSON', 'FORM', 'XML'])),
    },
  },
  HUBSPOT: {
    ENROLL_CONTACT: { connection_id, email: text(), workflow_id: either(text(), Type.Integer()) },
    GET_CONTACT: { connection_id, email: text() },
    UPSERT_CONTACT: {
      connection_id,
      email: text(),
      properties: opt(Type.Array(strict({ property: text(100), value: opt(any) }))),
    },
  },
  JSON: {
    CREATE_JSON: { object },
    PARSE_JSON: { json: text(100_000) },
    SERIALIZE_JSON: { object: either(text(), object) },
  },
  JWT: {
    DECODE_JWT: { token: text(10_000) },
    SIGN_JWT: {
      connection_id,
      payload: opt(object),
      subject: opt(text(100)),
      issuer: opt(text(100)),
      audience: opt(text(100)),
      expires_in: opt(text(25)),
    },
    VERIFY_JWT: { connection_id, token: text(100), audience: opt(text(500)), issuer: opt(text(500)) },
  },
  MAILCHIMP: {
    UPSERT_MEMBER: {
      connection_id,
      list_id: text(),
      member: strict({ email_address: text(), status_if_new: text(), merge_fields: opt(object) }),
    },
  },
  OTP: {
    GENERATE_CODE: { reference: short, length: Type.Integer({ minimum: 1, maximum: 10 }) },
    VERIFY_CODE: { reference: short, code: either(Type.Integer({ minimum: 0, maximum: 9_999_999_999 }), short) },
  },
  PIPEDRIVE: {
    ADD_DEAL: {
      connection_id,
      title: text(),
      value: opt(text()),
      user_id: opt(textOrNumber),
      person_id: opt(textOrNumber),
      organization_id: opt(textOrNumber),
      stage_id: opt(textOrNumber),
      fields: opt(object),
    },
    ADD_ORGANIZATION: { connection_id, name: text(), owner_id: opt(textOrNumber), fields: opt(object) },
    ADD_PERSON: {
      connection_id,
      name: text(),
      email: opt(text()),
      phone: opt(text()),
      owner_id: opt(textOrNumber),
      organization_id: opt(textOrNumber),
      fields: opt(object),
    },
  },
  SALESFORCE: {
    CREATE_LEAD: {
      connection_id,
      first_name: opt(text()),
      last_name: text(255, 1),
      company: text(255, 1),
      email: opt(text()),
      phone: opt(text()),
      payload: opt(object),
    },
    GET_LEAD: { connection_id, lead_id: text() },
    SEARCH_LEADS: {
      connection_id,
      search_field: choice(['email', 'name', 'phone', 'all']),
      search_value: text(2000),
      lead_fields: Type.Array(text(2000), { minItems: 1 }),
    },
    UPDATE_LEAD: { connection_id, lead_id: text(255, 1), payload: opt(object) },
  },
  SENDGRID: {
    SEND_EMAIL: {
      connection_id,
      from: strict({ name: opt(text()), email: text() }),
      personalizations: Type.Array(any, { minItems: 1 }),
    },
  },
  SLACK: {
    POST_MESSAGE: {
      connection_id,
      text: opt(text()),
      attachments: opt(
        Type.Array(
          strict({
            color: opt(choice(['GOOD', 'WARNING', 'DANGER'])),
            pretext: opt(text()),
            text: opt(text()),
            fields: opt(Type.Array(strict({ title: text(), value: opt(text()), short: opt(Type.Boolean()) }))),
          }),
        ),
      ),
    },
  },
  STRIPE: {
    ADD_TAX_ID: { connection_id, customer_id: short, type: short, value: short },
    CREATE_CUSTOMER: { connection_id, tax_id: opt(strict({ type: short, value: short })), ...customer },
    CREATE_PORTAL_SESSION: { connection_id, customer_id: short, return_url: opt(text()) },
    DELETE_TAX_ID: { connection_id, customer_id: short, id: short },
    FIND_CUSTOMERS: { connection_id, email: text() },
    GET_CUSTOMER: { connection_id, id: short },
    UPDATE_CUSTOMER: { connection_id, id: short, ...customer },
  },
  TELEGRAM: { SEND_MESSAGE: { connection_id, chat_id: text(), text: text() } },
  TWILIO: {
    MAKE_CALL: { connection_id, from: text(), to: text(), payload: text(4096) },
    SEND_SMS: { connection_id, from: text(50), to: text(50), message: text(1500) },
  },
  WHATSAPP: {
    SEND_MESSAGE: {
      connection_id,
      sender_id: text(),
      recipient_number: text(),
      type: choice([
        'AUDIO',
        'CONTACTS',
        'DOCUMENT',
        'IMAGE',
        'INTERACTIVE',
        'LOCATION',
        'STICKER',
        'TEMPLATE',
        'TEXT',
      ]),
      payload: either(object, text()),
    },
  },
  XML: { PARSE_XML: { xml: text(100_000) }, SERIALIZE_XML: { object: either(text(), object) } },
  ZAPIER: { TRIGGER_WEBHOOK: { connection_id, method: opt(choice(['GET', 'POST', 'PUT'])) } },
};

/** Mails of Mailjet are content or a template; what else there is comes as it is. */
export const mailjet = open({
  connection_id: opt(connection_id),
  content: opt(text(100_000)),
  template_id: opt(Type.Integer()),
  variables: opt(object),
});
