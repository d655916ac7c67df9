/** The discovery document (OpenID Connect Discovery §3, RFC 8414 §2): what this server can do, and where. */
import { SETTINGS_DEFAULTS } from '../../api/tenants/schema.ts';
import { RSA_ALGORITHMS } from '../../keys/jws.ts';
import { OIDC_SCOPES } from '../access.ts';
import { namesIssuer, RESPONSE_MODES, RESPONSE_TYPES } from '../authorize/response.ts';
import { GRANT_TYPES } from '../token/endpoint.ts';

/** Endpoints by their name in the document; paths are relative to the issuer. */
const ENDPOINTS = {
  authorization_endpoint: 'authorize',
  token_endpoint: 'oauth/token',
  userinfo_endpoint: 'userinfo',
  jwks_uri: '.well-known/jwks.json',
  revocation_endpoint: 'oauth/revoke',
  end_session_endpoint: 'oidc/logout',
};

/** The document of an issuer, which ends with a slash, as the tenant's settings want it. */
export function discoveryDocument(
  issuer: string,
  settings: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { end_session_endpoint, ...endpoints } = Object.fromEntries(
    Object.entries(ENDPOINTS).map(([name, path]) => [name, issuer + path]),
  );
  const logout = settings.oidc_logout as { rp_logout_end_session_endpoint_discovery?: boolean } | undefined;
  return {
    issuer,
    ...endpoints,
    ...(logout?.rp_logout_end_session_endpoint_discovery === false ? {} : { end_session_endpoint }),
    ...(namesIssuer(settings) ? { authorization_response_iss_parameter_supported: true } : {}),
    response_types_supported: RESPONSE_TYPES,
    response_modes_supported: RESPONSE_MODES,
    grant_types_supported: GRANT_TYPES,
    subject_types_supported: ['public'],
    scopes_supported: OIDC_SCOPES,
    claims_supported: [
      'aud', 'auth_time', 'email', 'email_verified', 'exp', 'family_name', 'given_name', 'iat', 'iss', 'name',
      'nickname', 'nonce', 'phone_number', 'phone_number_verified', 'picture', 'sid', 'sub', 'updated_at',
    ], // biome-ignore format: a list reads better than a column
    code_challenge_methods_supported: ['S256', 'plain'],
    // Every algorithm a token may have: resource servers accept what is listed here and nothing else.
    id_token_signing_alg_values_supported: ['HS256', ...RSA_ALGORITHMS],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256'],
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    ui_locales_supported: settings.enabled_locales ?? SETTINGS_DEFAULTS.enabled_locales,
  };
}
