/** Self-service profiles: what the administrator of a customer may set up alone, and the tickets that let one in. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, open, opt, orNull, strict } from '../../schema/types.ts';
import { SCIM_SCOPES } from '../connections/scim-configuration/schema.ts';

const NOT_YET = 'Kept and shown; the pages for setting up connections are not built yet.';

const ALLOWED = [
  ...(['oidc', 'samlp', 'waad', 'google-apps', 'adfs', 'okta'] as const),
  ...(['auth0-samlp', 'okta-samlp', 'keycloak-samlp', 'pingfederate'] as const),
];

const userAttributes = Type.Array(
  strict({
    name: Type.String({ maxLength: 250 }),
    description: Type.String({ maxLength: 1000 }),
    is_optional: Type.Boolean(),
  }),
  { maxItems: 100 },
);
const branding = strict({
  logo_url: opt(Type.String({ maxLength: 1024, pattern: PATTERNS.httpsUrl })),
  colors: opt(strict({ primary: Type.String({ pattern: PATTERNS.rgb }) })),
});

export const selfServiceProfileResource = resource({
  name: 'SelfServiceProfile',
  plural: 'self_service_profiles',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the profile' }),
    name: field(Type.String({ minLength: 1, maxLength: 100 }), {
      required: true,
      always: true,
      description: 'Name of the profile',
    }),
    description: field(Type.String({ minLength: 1, maxLength: 140 }), {
      nullable: 'remove',
      description: 'What it is for',
    }),
    user_attributes: field(userAttributes, {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'Attributes that the customer maps',
    }),
    user_attribute_profile_id: field(Type.String({ minLength: 1, maxLength: 100 }), {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'The user attribute profile that says so in place of user_attributes',
    }),
    allowed_strategies: field(Type.Array(choice(ALLOWED), { minItems: 1, uniqueItems: true }), {
      nullable: 'remove',
      default: ALLOWED.slice(0, 6),
      inert: NOT_YET,
      description: 'Providers that the customer may choose from',
    }),
    branding: field(branding, { nullable: 'remove', inert: NOT_YET, description: 'How the pages look' }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
  },
});

export type SelfServiceProfile = DocumentOf<typeof selfServiceProfileResource>;

/** Texts of a page by name. Only the first page has some, in English, at the vendor's too. */
export const customText = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string', maxLength: 2000 },
  maxProperties: 50,
});

export type CustomText = { readonly id: string; readonly profile_id: string; readonly texts: Record<string, string> };

const connectionConfig = strict({
  name: Type.String({ minLength: 1, maxLength: 128, pattern: PATTERNS.hyphenated }),
  display_name: opt(Type.String({ maxLength: 128 })),
  is_domain_connection: opt(Type.Boolean()),
  show_as_button: opt(Type.Boolean()),
  metadata: opt(
    Type.Unsafe<Record<string, string | null>>({
      type: 'object',
      additionalProperties: { type: ['string', 'null'], maxLength: 255 },
      maxProperties: 10,
    }),
  ),
  options: opt(
    orNull(
      strict({
        icon_url: opt(orNull(Type.String({ maxLength: 2048, pattern: PATTERNS.httpsUrl }))),
        domain_aliases: opt(orNull(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 1000 }))),
        idpinitiated: opt(
          orNull(
            strict({
              enabled: opt(Type.Boolean()),
              client_id: opt(Type.String({ maxLength: 100 })),
              client_protocol: opt(choice(['samlp', 'wsfed', 'oauth2'])),
              client_authorizequery: opt(Type.String({ maxLength: 256 })),
            }),
          ),
        ),
      }),
    ),
  ),
});

/** The longest that a ticket lets in: five days, in seconds. */
export const LONGEST_TICKET = 432_000;

export const ticketRequest = strict({
  connection_id: opt(Type.String({ minLength: 1, maxLength: 100 })),
  connection_config: opt(connectionConfig),
  enabled_clients: opt(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 })),
  enabled_organizations: opt(
    Type.Array(
      strict({
        organization_id: Type.String({ minLength: 1, maxLength: 50 }),
        assign_membership_on_login: opt(Type.Boolean()),
        show_as_button: opt(Type.Boolean()),
      }),
      { maxItems: 100 },
    ),
  ),
  ttl_sec: opt(Type.Integer({ minimum: 0, maximum: LONGEST_TICKET })),
  domain_aliases_config: opt(
    strict({
      domain_verification: choice(['none', 'optional', 'required']),
      pending_domains: opt(Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100 })),
    }),
  ),
  provisioning_config: opt(
    strict({
      scopes: opt(Type.Array(Type.Unsafe<string>({ type: 'string', enum: SCIM_SCOPES }), { minItems: 1 })),
      google_workspace: opt(strict({ sync_users: Type.Boolean() })),
      token_lifetime: opt(orNull(Type.Integer({ minimum: 900 }))),
    }),
  ),
  use_for_organization_discovery: opt(Type.Boolean()),
  enabled_features: opt(
    strict({
      sso: opt(Type.Boolean()),
      domain_verification: opt(Type.Boolean()),
      provisioning: opt(Type.Boolean()),
    }),
  ),
});

/** A ticket as it is kept: of the secret in its address the hash only. */
export type SsoTicket = {
  readonly hash: string;
  readonly profile_id: string;
  readonly connection_id?: string;
  readonly request: object;
  readonly created_at: string;
  readonly expires_at: string;
};

export const ticketMade = open({ ticket: Type.String() });

/** Only for masking: a log event must not hold the address, which lets whoever has it in. */
export const ticketResource = resource({
  name: 'SsoTicket',
  plural: 'tickets',
  fields: {
    ticket: field(Type.String(), {
      readOnly: true,
      secret: true,
      inert: 'Made and kept; the page behind it is not built yet.',
      description: 'Where the administrator of the customer sets up the connection',
    }),
  },
});
