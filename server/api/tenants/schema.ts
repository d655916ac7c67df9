/**
 * The settings of a tenant. A setting without an effect yet says so. The row that holds them also keeps keys of our own
 * (the audience of the Management API, the dashboard's client): what is not listed here is never shown.
 */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, opt, strict } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const flag = Type.Boolean();
const minutes = Type.Integer({ minimum: 1, maximum: 60 * 24 * 365 * 10 });
const hours = Type.Number({ exclusiveMinimum: 0, maximum: 24 * 365 * 10 });
const webUrl = Type.String({ maxLength: 2000, pattern: PATTERNS.webLinkOrEmpty });
const page = strict({ enabled: opt(flag), html: opt(Type.String({ maxLength: 500_000 })) });
const quota = strict({ client_credentials: anyObject({ minProperties: 1 }) });

/** Switches (`flags`) that something goes by. Any is kept, for exported configurations and for what follows. */
export const EFFECTIVE_FLAGS: readonly string[] = ['enable_public_signup_user_exists_error', 'remove_alg_from_jwks'];

export const settingsResource = resource({
  name: 'TenantSettings',
  plural: 'settings',
  fields: {
    friendly_name: field(Type.String({ maxLength: 300 }), { description: 'Name shown to people' }),
    picture_url: field(webUrl, { description: 'Logo of the pages' }),
    support_email: field(Type.String({ maxLength: 320, pattern: PATTERNS.emailOrEmpty }), {
      description: 'Where people ask for help',
    }),
    support_url: field(webUrl, { description: 'Page where people find help' }),
    session_lifetime: field(hours, { description: 'Hours until a session ends' }),
    session_lifetime_in_minutes: field(minutes, {
      writeOnly: true,
      description: 'The same in minutes, in place of session_lifetime',
    }),
    idle_session_lifetime: field(hours, { description: 'Hours without use until a session ends' }),
    idle_session_lifetime_in_minutes: field(minutes, {
      writeOnly: true,
      description: 'The same in minutes, in place of idle_session_lifetime',
    }),
    ephemeral_session_lifetime: field(hours, {
      description: 'Hours until a session ends whose cookie ends with the browser',
    }),
    ephemeral_session_lifetime_in_minutes: field(minutes, {
      writeOnly: true,
      description: 'The same in minutes, in place of ephemeral_session_lifetime',
    }),
    idle_ephemeral_session_lifetime: field(hours, {
      description: 'Hours without use until a session ends whose cookie ends with the browser',
    }),
    idle_ephemeral_session_lifetime_in_minutes: field(minutes, {
      writeOnly: true,
      description: 'The same in minutes, in place of idle_ephemeral_session_lifetime',
    }),
    default_audience: field(Type.String({ maxLength: 600 }), {
      description: 'API that requests without an audience are for',
    }),
    default_directory: field(Type.String({ maxLength: 128 }), {
      description: 'Connection that the password grant uses',
    }),
    allowed_logout_urls: field(Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), { maxItems: 1000 }), {
      description: 'URLs a browser may be sent to after a logout without a client',
    }),
    default_redirection_uri: field(Type.String({ maxLength: 2000, pattern: PATTERNS.httpsLinkOrEmpty }), {
      description: 'Where a login goes that has no valid request',
      inert: 'Invitations lead there; a login without a valid request shows an error page instead.',
    }),
    enabled_locales: field(Type.Array(Type.String({ pattern: PATTERNS.locale }), { minItems: 1 }), {
      description: 'Languages that the tenant has texts for; the first is the default',
    }),
    flags: field(
      Type.Unsafe<Record<string, boolean>>({
        type: 'object',
        maxProperties: 100,
        propertyNames: { pattern: PATTERNS.flagName },
        additionalProperties: { type: 'boolean' },
      }),
      {
        merge: true,
        description: 'Switches; those that are not given stay as they are',
        inert: `Of the switches ${EFFECTIVE_FLAGS.join(' and ')} have an effect; the others are kept and shown.`,
      },
    ),
    session_cookie: field(strict({ mode: choice(['persistent', 'non-persistent']) }), {
      nullable: 'remove',
      description: 'Whether the session outlives the browser',
    }),
    universal_login: field(anyObject(), {
      nullable: 'remove',
      inert: 'Branding and theme decide how pages look.',
    }),
    change_password: field(page, { nullable: 'remove', merge: true, inert: NOT_YET }),
    guardian_mfa_page: field(page, { nullable: 'remove', merge: true, inert: NOT_YET }),
    error_page: field(
      strict({ html: opt(Type.String({ maxLength: 500_000 })), show_log_link: opt(flag), url: opt(webUrl) }),
      { nullable: 'remove', merge: true, inert: NOT_YET },
    ),
    device_flow: field(
      strict({ charset: opt(choice(['base20', 'digits'])), mask: opt(Type.String({ maxLength: 20 })) }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    default_token_quota: field(strict({ clients: opt(quota), organizations: opt(quota) }, { minProperties: 1 }), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    sandbox_version: field(Type.String({ maxLength: 8 }), { inert: NOT_YET }),
    legacy_sandbox_version: field(Type.String({ maxLength: 8 }), { inert: NOT_YET }),
    sandbox_versions_available: field(Type.Array(Type.String()), { readOnly: true }),
    security_headers: field(anyObject(), { nullable: 'remove', inert: NOT_YET }),
    sessions: field(strict({ oidc_logout_prompt_enabled: opt(flag) }), { nullable: 'remove', inert: NOT_YET }),
    oidc_logout: field(strict({ rp_logout_end_session_endpoint_discovery: opt(flag) }), {
      description: 'Whether the discovery document names the logout endpoint',
    }),
    allow_organization_name_in_authentication_api: field(flag, { nullable: 'remove', inert: NOT_YET }),
    customize_mfa_in_postlogin_action: field(flag, { nullable: 'remove', inert: NOT_YET }),
    acr_values_supported: field(Type.Array(Type.String({ maxLength: 200 })), { nullable: 'remove', inert: NOT_YET }),
    mtls: field(strict({ enable_endpoint_aliases: opt(flag) }), { nullable: 'remove', inert: NOT_YET }),
    pushed_authorization_requests_supported: field(flag, { nullable: 'remove', inert: NOT_YET }),
    authorization_response_iss_parameter_supported: field(flag, {
      nullable: 'remove',
      description: 'Whether answers to authorization requests name their issuer (iss, RFC 9207)',
    }),
    skip_non_verifiable_callback_uri_confirmation_prompt: field(flag, { nullable: 'remove', inert: NOT_YET }),
    resource_parameter_profile: field(choice(['audience', 'compatibility']), { inert: NOT_YET }),
    client_id_metadata_document_supported: field(flag, { inert: NOT_YET }),
    enable_ai_guide: field(flag, { inert: NOT_YET }),
    phone_consolidated_experience: field(flag, { inert: NOT_YET }),
    include_session_metadata_in_tenant_logs: field(flag, { inert: NOT_YET }),
    dynamic_client_registration_security_mode: field(choice(['strict', 'permissive']), { inert: NOT_YET }),
    country_codes: field(
      strict({
        list: opt(Type.Array(Type.String({ pattern: PATTERNS.countryCode }))),
        mode: opt(choice(['allow', 'deny'])),
      }),
      { nullable: 'remove', inert: NOT_YET },
    ),
  },
});

export type TenantSettings = DocumentOf<typeof settingsResource>;

/** What is in force while nothing else is set, as the vendor's service answers for a new tenant (recorded). */
export const SETTINGS_DEFAULTS = {
  allowed_logout_urls: [],
  default_audience: '',
  default_directory: '',
  enabled_locales: ['en'],
  session_lifetime: 168,
  idle_session_lifetime: 72,
  ephemeral_session_lifetime: 72,
  idle_ephemeral_session_lifetime: 24,
  sandbox_version: '22',
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  resource_parameter_profile: 'audience',
};

export const FLAG_DEFAULTS: Readonly<Record<string, boolean>> = {
  allow_changing_enable_sso: false,
  cannot_change_enforce_client_authentication_on_passwordless_start: true,
  disable_clickjack_protection_headers: false,
  disable_impersonation: true,
  enable_sso: true,
  enforce_client_authentication_on_passwordless_start: true,
  revoke_refresh_token_grant: false,
  universal_login: true,
};

/** What scripts of a tenant can run on. */
export const SANDBOX_VERSIONS = ['22'];
