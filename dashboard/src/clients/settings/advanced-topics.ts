/** The advanced settings, which are tabs: each topic is one. */
import * as check from './checks.ts';
import { ADDRESS, type Topic, WITH_PEOPLE, WITH_SERVER } from './spec.ts';

const GRANTS: Readonly<Record<string, string>> = {
  implicit: 'Implicit',
  authorization_code: 'Authorization Code',
  refresh_token: 'Refresh Token',
  client_credentials: 'Client Credentials',
  password: 'Password',
  'http://auth0.com/oauth/grant-type/password-realm': 'Password with a realm',
  'http://auth0.com/oauth/grant-type/passwordless/otp': 'Passwordless OTP',
  'http://auth0.com/oauth/grant-type/mfa-oob': 'MFA by another channel',
  'http://auth0.com/oauth/grant-type/mfa-otp': 'MFA by one-time password',
  'http://auth0.com/oauth/grant-type/mfa-recovery-code': 'MFA by recovery code',
  'urn:ietf:params:oauth:grant-type:device_code': 'Device Code',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'Token Exchange',
  'urn:openid:params:grant-type:ciba': 'Client-Initiated Backchannel Authentication',
};

/** The tabs of the advanced settings that are made of fields. */
export const ADVANCED: readonly Topic[] = [
  {
    title: 'Application Metadata',
    description: 'Up to ten texts of your own, of 255 characters each. Rules see them as context.clientMetadata.',
    fields: [{ path: 'client_metadata', kind: 'pairs', label: 'Metadata' }],
  },
  {
    title: 'Device Settings',
    description: 'What lets phones open links of this server in your app.',
    fields: [
      { path: 'mobile.ios.team_id', kind: 'text', label: 'iOS: Team ID', placeholder: '9A8B7C6D5E' },
      {
        path: 'mobile.ios.app_bundle_identifier',
        kind: 'text',
        label: 'iOS: App bundle identifier',
        placeholder: 'com.example.app',
      },
      {
        path: 'mobile.android.app_package_name',
        kind: 'text',
        label: 'Android: App package name',
        placeholder: 'com.example.app',
      },
      {
        path: 'mobile.android.sha256_cert_fingerprints',
        kind: 'lines',
        label: 'Android: Key hashes',
        help: 'SHA-256 fingerprints of the signing certificates, one a line.',
        placeholder: 'D8:A0:83:…',
      },
    ],
  },
  {
    title: 'OAuth',
    description: 'How tokens are signed, and whom this client may act for.',
    fields: [
      {
        path: 'allowed_clients',
        kind: 'lines',
        label: 'Allowed Apps / APIs',
        help: 'Client IDs that may ask for delegated tokens, one a line. Empty means all.',
      },
      {
        path: 'jwt_configuration.alg',
        kind: 'choice',
        label: 'JSON Web Token Signature Algorithm',
        help: 'HS256 is checked with the client secret, the others with the public keys of this server.',
        options: ['HS256', 'RS256', 'RS512', 'PS256'].map((value) => ({ value, label: value })),
        placeholder: 'RS256',
      },
      {
        path: 'oidc_conformant',
        kind: 'switch',
        label: 'OIDC Conformant',
        help: 'Strictly follow the OpenID Connect specification.',
      },
      {
        path: 'is_token_endpoint_ip_header_trusted',
        kind: 'switch',
        label: 'Trust Token Endpoint IP Header',
        help: 'The header auth0-forwarded-for of this client names the address of its user. Protection against brute force needs it when a server signs people in.',
        types: WITH_SERVER,
      },
    ],
  },
  {
    title: 'Grant Types',
    description: 'The ways in which this client may ask for tokens.',
    fields: [
      {
        path: 'grant_types',
        kind: 'choices',
        label: 'Grants',
        options: Object.entries(GRANTS).map(([value, label]) => ({ value, label })),
      },
    ],
  },
  {
    title: 'WS-Federation',
    description: 'For applications that speak WS-Federation. Switch the WS-Fed addon on to use it.',
    fields: [
      {
        path: 'client_aliases',
        kind: 'lines',
        label: 'Realm aliases',
        help: 'Further names (wtrealm) by which this client is known, one a line.',
        placeholder: 'urn:example:app',
      },
    ],
  },
  {
    title: 'Security',
    description: 'Stricter ways to ask for tokens and to end sessions.',
    types: WITH_PEOPLE,
    fields: [
      {
        path: 'require_pushed_authorization_requests',
        kind: 'switch',
        label: 'Require Pushed Authorization Requests',
        help: 'The application tells its request to this server first (RFC 9126).',
      },
      {
        path: 'signed_request_object.required',
        kind: 'switch',
        label: 'Require signed requests (JAR)',
        help: 'Authorization requests are signed by the application (RFC 9101).',
      },
      {
        path: 'require_proof_of_possession',
        kind: 'switch',
        label: 'Require proof of possession',
        help: 'Tokens are bound to a key of the application (DPoP or mutual TLS).',
      },
      {
        path: 'oidc_logout.backchannel_logout_urls',
        kind: 'lines',
        label: 'Back-Channel Logout URI',
        help: 'Address that is told when a session ends.',
        placeholder: `${ADDRESS}/backchannel-logout`,
        check: check.addressList,
      },
      {
        path: 'session_transfer.can_create_session_transfer_token',
        kind: 'switch',
        label: 'Native to web session transfer',
        help: 'The application may take its session along into a browser.',
      },
    ],
  },
];
