/** The vault of flows: connections to other services, with the credentials that actions use there. */
import { type TSchema, Type } from 'typebox';
import { byKind, oneKind } from '../../../schema/kinds.ts';
import { PATTERNS } from '../../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { choice, open, opt, strict } from '../../../schema/types.ts';

const text = (maxLength = 10_000, minLength = 1) => Type.String({ minLength, maxLength });
const url = Type.String({ minLength: 1, maxLength: 2000, format: 'https-url' });
const ALGORITHMS = [
  'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512',
] as const; // biome-ignore format: a list reads better than a column

const oauthCode = { OAUTH_CODE: open({ type: choice(['OAUTH_CODE']), code: opt(text()) }) };
const apiKey = { API_KEY: strict({ type: choice(['API_KEY']), api_key: text() }) };
const secretKey = { API_KEY: strict({ type: choice(['API_KEY']), secret_key: text() }) };
const token = { TOKEN: strict({ type: choice(['TOKEN']), token: text() }) };
const webhook = { WEBHOOK: strict({ type: choice(['WEBHOOK']), url }) };

/** What each service takes, by the type of setup. */
const SETUPS = {
  ACTIVECAMPAIGN: { API_KEY: strict({ type: choice(['API_KEY']), api_key: text(), base_url: url }) },
  AIRTABLE: apiKey,
  AUTH0: {
    OAUTH_APP: strict({
      type: choice(['OAUTH_APP']),
      client_id: text(),
      client_secret: text(),
      domain: Type.String({ maxLength: 253, pattern: PATTERNS.vaultDomain }),
      audience: opt(url),
    }),
  },
  BIGQUERY: {
    OAUTH_JWT: strict({
      type: choice(['OAUTH_JWT']),
      project_id: opt(text()),
      private_key: opt(text()),
      client_email: opt(Type.String({ format: 'email' })),
    }),
  },
  CLEARBIT: secretKey,
  DOCUSIGN: oauthCode,
  GOOGLE_SHEETS: oauthCode,
  HTTP: {
    BEARER: strict({ type: choice(['BEARER']), token: text() }),
    BASIC_AUTH: strict({ type: choice(['BASIC_AUTH']), username: text(155), password: opt(text(155)) }),
    API_KEY: strict({ type: choice(['API_KEY']), name: text(55), value: text(255), in: choice(['HEADER', 'QUERY']) }),
    OAUTH_CLIENT_CREDENTIALS: strict({
      type: choice(['OAUTH_CLIENT_CREDENTIALS']),
      client_id: text(255),
      client_secret: text(255),
      token_endpoint: Type.String({ minLength: 1, maxLength: 500, format: 'https-url' }),
      audience: opt(text(255)),
      resource: opt(text(255)),
      scope: opt(text(1024)),
    }),
  },
  HUBSPOT: { ...apiKey, ...oauthCode },
  JWT: { JWT: open({ type: choice(['JWT']), algorithm: choice(ALGORITHMS) }) },
  MAILCHIMP: { ...secretKey, ...oauthCode },
  MAILJET: { API_KEY: strict({ type: choice(['API_KEY']), api_key: text(), secret_key: text() }) },
  PIPEDRIVE: { ...token, ...oauthCode },
  SALESFORCE: oauthCode,
  SENDGRID: apiKey,
  SLACK: { ...webhook, ...oauthCode },
  STRIPE: {
    KEY_PAIR: strict({ type: choice(['KEY_PAIR']), private_key: text(), public_key: text() }),
    ...oauthCode,
  },
  TELEGRAM: token,
  TWILIO: { API_KEY: strict({ type: choice(['API_KEY']), account_id: text(), api_key: text() }) },
  WHATSAPP: token,
  ZAPIER: webhook,
} as const satisfies Readonly<Record<string, Readonly<Record<string, TSchema>>>>;

export type App = keyof typeof SETUPS;
export const APPS = Object.keys(SETUPS) as App[];

/** The setup that a service takes. */
export const setupOf: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(SETUPS).map(([app, setups]): [string, TSchema] => [app, oneKind('type', setups)]),
);

export const vaultConnectionResource = resource({
  name: 'FlowsVaultConnection',
  plural: 'connections',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the connection' }),
    app_id: field(choice(APPS), {
      required: true,
      createOnly: true,
      always: true,
      description: 'The service at the other end',
    }),
    name: field(Type.String({ minLength: 1, maxLength: 150 }), {
      required: true,
      always: true,
      description: 'Name of the connection',
    }),
    setup: field(Type.Unsafe<Record<string, unknown>>({ type: 'object' }), {
      writeOnly: true,
      secret: true,
      inert: 'Kept sealed; no flow runs yet that could use it.',
      description: 'Credentials; which ones depends on the service. They are never shown',
    }),
    ready: field(Type.Boolean(), {
      readOnly: true,
      always: true,
      description: 'Whether there are credentials that need no consent at the service',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
    refreshed_at: field(Type.String(), {
      readOnly: true,
      nullable: 'keep',
      description: 'When tokens were renewed last',
    }),
    fingerprint: field(Type.String(), {
      readOnly: true,
      always: true,
      description: 'Changes when the connection does, its credentials among it',
    }),
  },
});

/** The body that makes a connection: the setup is that of its service. */
export const newVaultConnection = byKind(
  vaultConnectionResource.create,
  'app_id',
  Object.fromEntries(APPS.map((app): [string, TSchema] => [app, Type.Object({ setup: opt(setupOf[app]!) })])),
);

export type VaultConnection = DocumentOf<typeof vaultConnectionResource>;
