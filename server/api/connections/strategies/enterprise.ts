/** Enterprise providers: OpenID Connect, SAML, WS-Federation, directories. */
import { Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { isPlainObject } from '../../../schema/resource.ts';
import { opt, orNull } from '../../../schema/types.ts';
import { certificateFacts } from '../upstream/certificate.ts';
import {
  address,
  common,
  flag,
  flags,
  group,
  type Options,
  oauthClient,
  oneOf,
  type Strategy,
  scopes,
  strictGroup,
  text,
  textMap,
  texts,
} from './strategy.ts';

const version = opt(orNull(Type.Integer({ minimum: 1, maximum: 10 })));
const base = { ...common, tenant_domain: text(512), strategy_version: version };
const trust = oneOf('never_set_emails_as_verified', 'always_set_emails_as_verified');
const thumbprints = opt(orNull(Type.Array(Type.String({ pattern: PATTERNS.thumbprint }), { maxItems: 20 })));
const certificateText = text(20_480);

const ALGORITHMS = ['ES256', 'ES384', 'PS256', 'PS384', 'RS256', 'RS384', 'RS512'] as const;

const oidcOptions = {
  ...base,
  ...oauthClient,
  type: oneOf('back_channel', 'front_channel'),
  discovery_url: address,
  issuer: text(2048),
  authorization_endpoint: address,
  token_endpoint: address,
  userinfo_endpoint: address,
  jwks_uri: address,
  oidc_metadata: group({ issuer: text(2048), authorization_endpoint: address, jwks_uri: address }),
  connection_settings: group({ pkce: oneOf('auto', 'S256', 'plain', 'disabled') }),
  attribute_map: group({
    mapping_mode: oneOf('bind_all', 'use_map', 'basic_profile'),
    userinfo_scope: text(255),
    attributes: opt(orNull(Type.Unsafe({ type: 'object', maxProperties: 200 }))),
  }),
  send_back_channel_nonce: flag,
  id_token_session_expiry_supported: flag,
  id_token_signed_response_algs: opt(
    orNull(Type.Array(Type.Unsafe({ type: 'string', enum: ALGORITHMS }), { maxItems: 20 })),
  ),
  token_endpoint_auth_method: oneOf('client_secret_post', 'private_key_jwt'),
  token_endpoint_auth_signing_alg: oneOf(...ALGORITHMS),
  token_endpoint_jwtca_aud_format: oneOf('issuer', 'token_endpoint'),
  dpop_signing_alg: oneOf('ES256', 'ES384', 'ES512', 'Ed25519'),
};

/** Endpoints that are taken from the provider's discovery document where the request leaves them open. */
const ENDPOINTS = ['issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'];

/** The provider's metadata and the endpoints, each completed by the other. */
function discovered(options: Options): Options {
  const { oidc_metadata, discovery_url, domain } = options;
  if (!isPlainObject(oidc_metadata)) {
    // Until the discovery document can be read, what the request says about the provider stands in its place.
    const said = ENDPOINTS.filter((name) => typeof options[name] === 'string');
    return discovery_url || domain
      ? { oidc_metadata: Object.fromEntries(said.map((name) => [name, options[name]])) }
      : {};
  }
  const open = ENDPOINTS.filter((name) => (options[name] ?? null) === null && typeof oidc_metadata[name] === 'string');
  return Object.fromEntries(open.map((name) => [name, oidc_metadata[name]]));
}

const oidcStart = { schema_version: 'oidc-V4', attribute_map: { mapping_mode: 'bind_all' }, type: 'front_channel' };

const oidc: Strategy = {
  family: 'enterprise',
  options: oidcOptions,
  initial: { ...oidcStart, connection_settings: { pkce: 'auto' } },
  updated: { ...oidcStart, connection_settings: { pkce: 'disabled' } },
  // What is known of the provider stays while it is the same provider.
  kept: (given, current) =>
    given.discovery_url === current.discovery_url && given.domain === current.domain ? ['oidc_metadata'] : [],
  learns: 'discovery',
  derive: discovered,
  isNamed: true,
  hasScim: true,
  hasKeys: true,
  crossApp: ['requesting', 'resource'],
};

const oktaStart = { ...oidcStart, attribute_map: { mapping_mode: 'basic_profile' }, type: 'back_channel' };

const okta: Strategy = {
  ...oidc,
  options: { ...oidcOptions, domain: text(255) },
  initial: { ...oktaStart, connection_settings: { pkce: 'auto' } },
  updated: { ...oktaStart, connection_settings: { pkce: 'disabled' } },
};

const samlOptions = {
  ...base,
  signInEndpoint: address,
  signOutEndpoint: address,
  signingCert: certificateText,
  cert: certificateText,
  thumbprints,
  entityId: text(1024),
  protocolBinding: oneOf(
    'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
    'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  ),
  signSAMLRequest: flag,
  signatureAlgorithm: oneOf('rsa-sha1', 'rsa-sha256'),
  digestAlgorithm: oneOf('sha1', 'sha256'),
  idpinitiated: strictGroup({
    enabled: flag,
    client_id: text(256),
    client_protocol: oneOf('oidc', 'oauth2', 'samlp', 'wsfed'),
    client_authorizequery: text(2048),
  }),
  decryptionKey: opt(
    orNull(
      Type.Unsafe({
        type: ['object', 'string'],
        maxLength: 10_240,
        additionalProperties: false,
        properties: { key: { type: 'string', maxLength: 10_240 }, cert: { type: 'string', maxLength: 10_240 } },
      }),
    ),
  ),
  assertion_decryption_settings: strictGroup({
    algorithm_profile: oneOf('v2026-1'),
    algorithm_exceptions: texts(100, 100),
  }),
};

/** What a SAML connection knows from its provider's metadata. It stays while the metadata cannot be read again. */
const FROM_METADATA = [
  ...['signingCert', 'signInEndpoint', 'signOutEndpoint', 'bindingMethod'],
  ...['cert', 'expires', 'subject', 'thumbprints'],
];

const samlp: Strategy = {
  family: 'enterprise',
  options: {
    ...samlOptions,
    debug: flag,
    deflate: flag,
    destinationUrl: address,
    recipientUrl: address,
    disableSignout: flag,
    fieldsMap: opt(orNull(Type.Unsafe({ type: 'object', maxProperties: 100 }))),
    metadataUrl: address,
    metadataXml: text(102_400),
    requestTemplate: text(10_240),
    signing_key: textMap(10_240, 6),
    user_id_attribute: text(2396),
    global_token_revocation_jwt_iss: text(1024),
    global_token_revocation_jwt_sub: text(1024),
    oidc_metadata: group({ issuer: text(2048), authorization_endpoint: address, jwks_uri: address }),
  },
  initial: { assertion_decryption_settings: { algorithm_profile: 'v2026-1', algorithm_exceptions: [] } },
  kept: ({ metadataUrl }) => (metadataUrl ? FROM_METADATA : []),
  consumed: ['metadataXml'],
  learns: 'saml-metadata',
  derive: certificateFacts,
  hasTicket: true,
  hasScim: true,
  crossApp: ['resource'],
};

const pingfederate: Strategy = {
  ...samlp,
  options: { ...samlOptions, pingFederateBaseUrl: address },
  initial: {},
  kept: [],
  // The certificate is shown as `cert` only.
  consumed: ['signingCert'],
  hasScim: false,
  crossApp: [],
};

const adfs: Strategy = {
  family: 'enterprise',
  options: {
    ...base,
    // An address of the metadata, or the name of the server.
    adfs_server: text(2048),
    fedMetadataXml: text(102_400),
    entityId: text(1024),
    signInEndpoint: address,
    thumbprints,
    prev_thumbprints: thumbprints,
    api_enable_users: flag,
    should_trust_email_verified_connection: trust,
    user_id_attribute: text(1024),
  },
  initial: { thumbprints: [] },
  learns: 'federation-metadata',
  hasTicket: true,
};

/** Attributes and permissions of Microsoft Entra ID that are asked for. */
const WAAD_FLAGS = [
  ...['api_enable_users', 'basic_profile', 'granted', 'use_wsfed', 'useCommonEndpoint', 'waad_common_endpoint'],
  ...['ext_access_token', 'ext_account_enabled', 'ext_admin', 'ext_agreed_terms', 'ext_assigned_licenses'],
  ...['ext_assigned_plans', 'ext_azure_id', 'ext_city', 'ext_country', 'ext_department', 'ext_dir_sync_enabled'],
  ...['ext_email', 'ext_expires_in', 'ext_family_name', 'ext_fax', 'ext_given_name', 'ext_group_ids', 'ext_groups'],
  ...['ext_is_suspended', 'ext_job_title', 'ext_last_sync', 'ext_mobile', 'ext_name', 'ext_nested_groups'],
  ...['ext_nickname', 'ext_oid', 'ext_phone', 'ext_physical_delivery_office_name', 'ext_postal_code'],
  ...['ext_preferred_language', 'ext_profile', 'ext_provisioned_plans', 'ext_provisioning_errors'],
  ...['ext_proxy_addresses', 'ext_puid', 'ext_refresh_token', 'ext_roles', 'ext_state', 'ext_street'],
  ...['ext_telephoneNumber', 'ext_tenantid', 'ext_upn', 'ext_usage_location', 'ext_user_id'],
];

const waad: Strategy = {
  family: 'enterprise',
  options: {
    ...base,
    ...oauthClient,
    ...flags(WAAD_FLAGS),
    app_domain: text(255),
    app_id: text(500),
    domain: text(512),
    tenantId: text(36),
    identity_api: oneOf('microsoft-identity-platform-v2.0', 'azure-active-directory-v1.0'),
    waad_protocol: oneOf('ws-federation', 'openid-connect'),
    userid_attribute: oneOf('oid', 'sub'),
    max_groups_to_retrieve: opt(orNull(Type.String({ maxLength: 10, pattern: PATTERNS.digitsOrEmpty }))),
    should_trust_email_verified_connection: trust,
    thumbprints,
  },
  derive: (options, tenantDomain) => ({
    app_domain: options.app_domain ?? tenantDomain,
    waad_common_endpoint: options.useCommonEndpoint === true,
    thumbprints: options.thumbprints ?? [],
  }),
  hasTicket: true,
  isNamed: true,
  hasScim: true,
};

const googleApps: Strategy = {
  family: 'enterprise',
  options: {
    ...base,
    ...oauthClient,
    ...flags([
      ...['email', 'profile', 'allow_setting_login_scopes', 'api_enable_groups', 'api_enable_users'],
      ...['ext_agreed_terms', 'ext_groups', 'ext_groups_extended', 'ext_is_admin', 'ext_is_suspended', 'ext_profile'],
      ...['handle_login_from_social', 'map_user_id_to_id'],
    ]),
    domain: text(1024),
    admin_access_token: text(4096),
    admin_refresh_token: text(4096),
    admin_access_token_expiresin: text(100),
  },
  initial: { email: true, profile: true, scope: ['email', 'profile'], handle_login_from_social: true },
  updated: { email: true, profile: true, scope: ['email', 'profile'], handle_login_from_social: true },
  kept: ['map_user_id_to_id', 'admin_access_token', 'admin_refresh_token', 'admin_access_token_expiresin'],
  hasTicket: true,
  hasDirectory: true,
};

const ad: Strategy = {
  family: 'enterprise',
  options: {
    ...base,
    ...flags([
      ...['agentMode', 'brute_force_protection', 'certAuth', 'disable_cache'],
      ...['disable_self_service_change_password', 'kerberos'],
    ]),
    agentIP: text(39),
    agentVersion: text(30),
    certs: texts(4096, 10),
    ips: texts(43, 256),
    signInEndpoint: address,
    thumbprints,
  },
  initial: { thumbprints: [], certs: [], ips: [] },
  // What its connector told about itself.
  kept: ['agentIP', 'agentMode', 'agentVersion', 'certs', 'thumbprints'],
  hasTicket: true,
};

const microsoft: Strategy = {
  family: 'enterprise',
  options: { ...base, ...oauthClient, scope: scopes, test_url: address },
};

export const enterpriseStrategies = {
  ad,
  adfs,
  custom: { family: 'enterprise', options: base },
  'google-apps': googleApps,
  ip: { family: 'enterprise', options: { ...base, range: texts(43, 1000) } },
  office365: microsoft,
  oidc,
  okta,
  pingfederate,
  samlp,
  sharepoint: microsoft,
  waad,
} as const satisfies Record<string, Strategy>;
