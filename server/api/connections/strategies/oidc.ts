/** Providers that speak OpenID Connect. */
import { Type } from 'typebox';
import { isPlainObject } from '../../../schema/resource.ts';
import { opt, orNull } from '../../../schema/types.ts';
import { address, enterprise, flag, group, type Options, oauthClient, oneOf, type Strategy, text } from './strategy.ts';

const ALGORITHMS = ['ES256', 'ES384', 'PS256', 'PS384', 'RS256', 'RS384', 'RS512'] as const;

const oidcOptions = {
  ...enterprise,
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

export const oidc: Strategy = {
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

export const okta: Strategy = {
  ...oidc,
  options: { ...oidcOptions, domain: text(255) },
  initial: { ...oktaStart, connection_settings: { pkce: 'auto' } },
  updated: { ...oktaStart, connection_settings: { pkce: 'disabled' } },
};
