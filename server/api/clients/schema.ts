/** Clients: what an application that signs users in, or calls APIs for itself, is known by and allowed to do. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, open, opt, orNull, strict } from '../../schema/types.ts';
import { addons } from './addons.ts';

const text = Type.String();
const texts = Type.Array(Type.String({ minLength: 1 }));
const webUrls = Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 1000 });

/** The kinds of applications, and the integrations that carry a type of their own. */
const APP_TYPES = [
  'native', 'spa', 'regular_web', 'non_interactive', 'resource_server', 'express_configuration', 'rms', 'box',
  'cloudbees', 'concur', 'dropbox', 'mscrm', 'echosign', 'egnyte', 'newrelic', 'office365', 'salesforce', 'sentry',
  'sharepoint', 'slack', 'springcm', 'zendesk', 'zoom', 'sso_integration', 'oag',
] as const; // biome-ignore format: a list reads better than a column

const LOGOUT_INITIATORS = [
  'rp-logout', 'idp-logout', 'password-changed', 'session-expired', 'session-revoked', 'account-deleted',
  'email-identifier-changed', 'mfa-phone-unenrolled', 'account-deactivated',
] as const; // biome-ignore format: a list reads better than a column

/** A key or certificate as it is given when the client is made, or the id of one that exists. */
const credential = (types: readonly string[]) =>
  strict({
    id: opt(text),
    credential_type: opt(choice(types)),
    name: opt(Type.String({ maxLength: 128 })),
    pem: opt(Type.String({ minLength: 1, maxLength: 4096 })),
    subject_dn: opt(Type.String({ minLength: 1, maxLength: 256 })),
    alg: opt(choice(['RS256', 'RS384', 'PS256'])),
    kid: opt(Type.String({ pattern: PATTERNS.keyId })),
    parse_expiry_from_cert: opt(Type.Boolean()),
    expires_at: opt(Type.String({ format: 'date-time' })),
  });
const credentials = (types: readonly string[]) => Type.Array(credential(types), { maxItems: 2 });

const backchannelLogout = open({
  backchannel_logout_urls: opt(Type.Array(text)),
  backchannel_logout_initiators: opt(
    open({ mode: opt(choice(['custom', 'all'])), selected_initiators: opt(Type.Array(choice(LOGOUT_INITIATORS))) }),
  ),
  backchannel_logout_session_metadata: opt(orNull(open({ include: opt(Type.Boolean()) }))),
});

const quota = strict(
  {
    enforce: opt(Type.Boolean()),
    per_day: opt(Type.Integer({ minimum: 1, maximum: 2147483647 })),
    per_hour: opt(Type.Integer({ minimum: 1, maximum: 2147483647 })),
  },
  { minProperties: 1 },
);

const switchedOn = (name: 'enabled' | 'is_enabled') => opt(orNull(strict({ [name]: opt(Type.Boolean()) })));

/** How a resource server or client that is not enforced yet is described in `docs/differences.md`. */
const NOT_YET = 'Kept and shown; has no effect yet.';

/** Every grant that a client may be allowed, whether or not there is an endpoint for it yet. */
const GRANT_TYPES = [
  'authorization_code',
  'implicit',
  'refresh_token',
  'client_credentials',
  'password',
  'http://auth0.com/oauth/grant-type/password-realm',
  'http://auth0.com/oauth/grant-type/passwordless/otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-recovery-code',
  'http://auth0.com/oauth/legacy/grant-type/ro',
  'http://auth0.com/oauth/legacy/grant-type/ro/jwt-bearer',
  'http://auth0.com/oauth/legacy/grant-type/delegation/refresh_token',
  'http://auth0.com/oauth/legacy/grant-type/delegation/id_token',
  'http://auth0.com/oauth/legacy/grant-type/access_token',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:okta:params:oauth:grant-type:webauthn',
  'urn:openid:params:grant-type:ciba',
  'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
] as const;

export const clientResource = resource({
  name: 'Client',
  plural: 'clients',
  fields: {
    tenant: field(text, { readOnly: true }),
    global: field(Type.Boolean(), { readOnly: true, description: 'True for the client that stands for all clients' }),
    client_id: field(text, { readOnly: true, always: true, description: 'Identifier of the client' }),
    name: field(Type.String({ minLength: 1, maxLength: 300, pattern: PATTERNS.withoutBrackets }), {
      required: true,
      always: true,
      description: 'Name shown to people',
    }),
    description: field(Type.String({ maxLength: 140 }), { nullable: 'remove', description: 'What the client is for' }),
    client_secret: field(Type.String({ minLength: 1, maxLength: 1000 }), {
      secret: true,
      description: 'Secret of a confidential client',
    }),
    app_type: field(choice(APP_TYPES), {
      nullable: 'remove',
      description: 'Kind of application; decides defaults and what is refused',
    }),
    // Shown by pages of ours: an address of the web, or empty for none.
    logo_uri: field(Type.String({ maxLength: 2000, pattern: PATTERNS.webLinkOrEmpty }), {
      nullable: 'remove',
      description: 'Logo shown on login and consent pages',
    }),
    is_first_party: field(Type.Boolean(), {
      default: true,
      description: 'False for clients of others: they ask for consent',
    }),
    oidc_conformant: field(Type.Boolean(), { default: false, inert: 'Every client follows OpenID Connect.' }),
    callbacks: field(webUrls, { nullable: 'remove', description: 'URLs that authorization responses may go to' }),
    allowed_origins: field(webUrls, {
      nullable: 'remove',
      description: 'Origins of browser applications',
      inert: 'Endpoints without cookies answer every origin.',
    }),
    web_origins: field(webUrls, { nullable: 'remove', description: 'Origins that may use web messages' }),
    client_aliases: field(texts, {
      nullable: 'remove',
      description: 'Audiences of SAML and delegation requests',
      inert: NOT_YET,
    }),
    allowed_clients: field(texts, {
      nullable: 'remove',
      description: 'Clients that may ask for delegated tokens',
      inert: NOT_YET,
    }),
    allowed_logout_urls: field(webUrls, {
      nullable: 'remove',
      description: 'URLs a browser may be sent to after logout',
    }),
    session_transfer: field(
      strict({
        can_create_session_transfer_token: opt(Type.Boolean()),
        enforce_cascade_revocation: opt(Type.Boolean()),
        allowed_authentication_methods: opt(orNull(Type.Array(choice(['cookie', 'query'])))),
        enforce_device_binding: opt(choice(['ip', 'asn', 'none'])),
        allow_refresh_token: opt(Type.Boolean()),
        enforce_online_refresh_tokens: opt(Type.Boolean()),
        delegation: opt(
          orNull(
            strict({ allow_delegated_access: opt(Type.Boolean()), enforce_device_binding: opt(choice(['ip', 'asn'])) }),
          ),
        ),
      }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    oidc_logout: field(backchannelLogout, { nullable: 'remove', inert: NOT_YET }),
    oidc_backchannel_logout: field(backchannelLogout, { nullable: 'remove', inert: NOT_YET }),
    grant_types: field(Type.Array(Type.Unsafe<string>(choice(GRANT_TYPES)), { maxItems: 100 }), {
      nullable: 'remove',
      description: 'Grants the client may use',
    }),
    jwt_configuration: field(
      open({
        lifetime_in_seconds: opt(Type.Integer({ minimum: 0, maximum: 2592000 })),
        secret_encoded: opt(Type.Boolean()),
        scopes: opt(anyObject()),
        alg: opt(choice(['HS256', 'RS256', 'RS512', 'PS256'])),
      }),
      {
        nullable: 'remove',
        description:
          'Lifetime (seconds) and algorithm of ID tokens. Many libraries check RS512 and PS256 only when the tenant has the flag remove_alg_from_jwks',
      },
    ),
    signing_keys: field(orNull(Type.Array(open({ pkcs7: opt(text), cert: opt(text), subject: opt(text) }))), {
      readOnly: true,
      description: 'Certificates that verify what this client is given',
    }),
    encryption_key: field(orNull(open({ pub: opt(text), cert: opt(text), subject: opt(text) })), {
      nullable: 'keep',
      inert: NOT_YET,
    }),
    sso: field(Type.Boolean(), { nullable: 'remove', inert: 'Single sign-on is always on.' }),
    sso_disabled: field(Type.Boolean(), { default: false, inert: NOT_YET }),
    cross_origin_authentication: field(Type.Boolean(), { inert: NOT_YET }),
    cross_origin_auth: field(Type.Boolean(), { inert: NOT_YET }),
    cross_origin_loc: field(text, { nullable: 'remove', inert: NOT_YET }),
    custom_login_page_on: field(Type.Boolean(), { default: true, inert: NOT_YET }),
    custom_login_page: field(text, { nullable: 'remove', inert: NOT_YET }),
    custom_login_page_preview: field(text, { nullable: 'remove', inert: NOT_YET }),
    form_template: field(text, { nullable: 'remove', inert: NOT_YET }),
    addons: field(addons, { nullable: 'remove', inert: NOT_YET }),
    token_endpoint_auth_method: field(choice(['none', 'client_secret_post', 'client_secret_basic']), {
      nullable: 'remove',
      description: 'How the client proves itself at the token endpoint',
    }),
    is_token_endpoint_ip_header_trusted: field(Type.Boolean(), {
      default: false,
      description: 'Trust auth0-forwarded-for from this client',
    }),
    client_metadata: field(
      Type.Unsafe<Record<string, string | null>>({
        type: 'object',
        maxProperties: 10,
        propertyNames: { maxLength: 255 },
        additionalProperties: { type: ['string', 'null'], maxLength: 255 },
      }),
      { nullable: 'remove', merge: true, description: 'Up to ten texts of your own' },
    ),
    mobile: field(
      open({
        android: opt(orNull(open({ app_package_name: opt(text), sha256_cert_fingerprints: opt(texts) }))),
        ios: opt(orNull(open({ team_id: opt(text), app_bundle_identifier: opt(text) }))),
      }),
      { nullable: 'remove', merge: true, inert: NOT_YET },
    ),
    initiate_login_uri: field(text, {
      nullable: 'remove',
      description: 'Where a login that did not start at the application is sent',
      inert: 'Mails and invitations lead there; the login pages do not yet.',
    }),
    native_social_login: field(
      strict({ apple: switchedOn('enabled'), facebook: switchedOn('enabled'), google: switchedOn('enabled') }),
      { nullable: 'remove', merge: true, inert: NOT_YET },
    ),
    fedcm_login: field(strict({ google: switchedOn('is_enabled') }), {
      nullable: 'remove',
      merge: true,
      inert: NOT_YET,
    }),
    refresh_token: field(
      strict({
        rotation_type: choice(['rotating', 'non-rotating']),
        expiration_type: choice(['expiring', 'non-expiring']),
        leeway: opt(Type.Integer({ minimum: 0, maximum: 60 * 60 })),
        token_lifetime: opt(Type.Integer({ minimum: 1, maximum: 157788000 })),
        infinite_token_lifetime: opt(Type.Boolean()),
        idle_token_lifetime: opt(Type.Integer({ minimum: 1, maximum: 157788000 })),
        infinite_idle_token_lifetime: opt(Type.Boolean()),
        policies: opt(
          orNull(
            Type.Array(
              strict({
                audience: Type.String({ minLength: 1, maxLength: 600 }),
                scope: Type.Array(Type.String({ minLength: 1, maxLength: 280 })),
              }),
            ),
          ),
        ),
      }),
      { nullable: 'remove', description: 'Rotation and lifetimes (seconds) of refresh tokens' },
    ),
    default_organization: field(strict({ organization_id: text, flows: Type.Array(choice(['client_credentials'])) }), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    organization_usage: field(choice(['deny', 'allow', 'require']), { nullable: 'remove', inert: NOT_YET }),
    organization_require_behavior: field(choice(['no_prompt', 'pre_login_prompt', 'post_login_prompt']), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    organization_discovery_methods: field(Type.Array(choice(['email', 'organization_name']), { minItems: 1 }), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    client_authentication_methods: field(
      strict(
        {
          private_key_jwt: opt(strict({ credentials: credentials(['public_key']) })),
          tls_client_auth: opt(strict({ credentials: credentials(['cert_subject_dn']) })),
          self_signed_tls_client_auth: opt(strict({ credentials: credentials(['x509_cert']) })),
        },
        { minProperties: 1, maxProperties: 1 },
      ),
      { nullable: 'remove', description: 'Credentials used in place of a secret' },
    ),
    require_pushed_authorization_requests: field(Type.Boolean(), { nullable: 'remove', inert: NOT_YET }),
    require_proof_of_possession: field(Type.Boolean(), { nullable: 'remove', inert: NOT_YET }),
    signed_request_object: field(
      strict({ required: opt(Type.Boolean()), credentials: opt(credentials(['public_key'])) }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    token_vault_privileged_access: field(
      strict({
        credentials: credentials(['public_key']),
        ip_allowlist: opt(Type.Array(text)),
        grants: opt(Type.Array(strict({ connection: text, scopes: Type.Array(text) }))),
      }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    compliance_level: field(
      orNull(choice(['none', 'fapi1_adv_pkj_par', 'fapi1_adv_mtls_par', 'fapi2_sp_pkj_mtls', 'fapi2_sp_mtls_mtls'])),
      { nullable: 'keep', inert: NOT_YET },
    ),
    skip_non_verifiable_callback_uri_confirmation_prompt: field(Type.Boolean(), {
      nullable: 'remove',
      description: 'Skip the confirmation for loopback and custom-scheme callbacks',
      inert: 'There is no such confirmation; those callbacks ask for consent instead.',
    }),
    token_exchange: field(
      strict({
        allow_any_profile_of_type: opt(Type.Array(choice(['custom_authentication', 'on_behalf_of_token_exchange']))),
      }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    par_request_expiry: field(orNull(Type.Integer({ minimum: 10, maximum: 600 })), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    token_quota: field(strict({ client_credentials: quota }), { nullable: 'remove', inert: NOT_YET }),
    express_configuration: field(
      strict({
        initiate_login_uri_template: text,
        user_attribute_profile_id: text,
        connection_profile_id: text,
        enable_client: Type.Boolean(),
        enable_organization: Type.Boolean(),
        linked_clients: opt(Type.Array(strict({ client_id: text }))),
        okta_oin_client_id: text,
        admin_login_domain: Type.String({ minLength: 1 }),
        oin_submission_id: opt(Type.String({ minLength: 1, maxLength: 200 })),
      }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    my_organization_configuration: field(
      strict({
        connection_profile_id: opt(text),
        user_attribute_profile_id: opt(text),
        allowed_strategies: Type.Array(
          choice(['pingfederate', 'adfs', 'waad', 'google-apps', 'okta', 'oidc', 'samlp']),
        ),
        connection_deletion_behavior: choice(['allow', 'allow_if_empty']),
        invitation_landing_client_id: opt(text),
      }),
      { nullable: 'remove', inert: NOT_YET },
    ),
    identity_assertion_authorization_grant: field(open({ active: opt(Type.Boolean()) }), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    third_party_security_mode: field(choice(['strict', 'permissive']), { inert: NOT_YET }),
    redirection_policy: field(choice(['allow_always', 'open_redirect_protection']), { inert: NOT_YET }),
    resource_server_identifier: field(Type.String({ minLength: 1, maxLength: 600 }), {
      createOnly: true,
      description: 'The API this client stands for',
    }),
    async_approval_notification_channels: field(Type.Array(choice(['guardian-push', 'email']), { minItems: 1 }), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    external_metadata_type: field(choice(['cimd', 'dcr']), { readOnly: true }),
    external_metadata_created_by: field(choice(['admin', 'client']), { readOnly: true }),
    external_client_id: field(text, { readOnly: true }),
    jwks_uri: field(text, { readOnly: true }),
    callback_url_template: field(Type.Boolean(), { readOnly: true }),
  },
});

export type Client = DocumentOf<typeof clientResource>;
