/**
 * Every setting of a client that the dashboard offers: where it is kept, what it is called, for which types it matters.
 * Bounds and what has no effect yet come from the server's own description of a client.
 */
import { clientResource } from '../../../../server/api/clients/schema.ts';
import { CLIENT_TYPE_VALUES, type ClientType } from '../type-values.ts';
import * as check from './checks.ts';

export type Kind = 'text' | 'area' | 'number' | 'switch' | 'choice' | 'choices' | 'lines' | 'pairs';

export type Choice = { readonly value: string; readonly label: string };

export type FieldSpec = {
  /** Where the API has it, with dots: `refresh_token.leeway`. Also the id of the field and its place in errors. */
  readonly path: string;
  readonly kind: Kind;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Types of client it matters to; all when it is left out. */
  readonly types?: readonly ClientType[];
  readonly required?: boolean;
  readonly options?: readonly Choice[];
  /** What counts while nothing is stored. */
  readonly initial?: unknown;
  /** The stored values of a switch; true and false when they are left out. */
  readonly on?: unknown;
  readonly off?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** What a number counts. */
  readonly unit?: string;
  /** Another field that has to be on (or to have this value) for this one to be shown. */
  readonly shownIf?: { readonly path: string; readonly is: unknown };
  readonly check?: (value: unknown) => string | undefined;
};

/** A topic of the page; `tab` names one that is among the advanced settings. */
export type Topic = {
  readonly title: string;
  readonly description?: string;
  readonly types?: readonly ClientType[];
  readonly fields: readonly FieldSpec[];
};

const WITH_PEOPLE: readonly ClientType[] = ['native', 'spa', 'regular_web'];
const WITH_SERVER: readonly ClientType[] = ['regular_web', 'non_interactive'];

const HALF_A_YEAR_AND_MORE = 157_788_000;

const ADDRESS = 'https://app.example.com';

export const TOPICS: readonly Topic[] = [
  {
    title: 'Application properties',
    description: 'How people recognise it, and what kind of application it is.',
    fields: [
      {
        path: 'name',
        kind: 'text',
        label: 'Name',
        help: 'Shown in this dashboard, in e-mails, in logs and on consent pages.',
        required: true,
        maxLength: 300,
        check: check.nameProblem,
      },
      { path: 'description', kind: 'area', label: 'Description', maxLength: 140 },
      {
        path: 'logo_uri',
        kind: 'text',
        label: 'Client Logo',
        help: 'Address of a picture of about 150 × 150 pixels, for the list, the login and the consent page.',
        placeholder: `${ADDRESS}/logo.png`,
        check: check.webAddress,
      },
      {
        path: 'app_type',
        kind: 'choice',
        label: 'Client Type',
        help: 'Decides which settings are shown here. Grants that were chosen stay as they are.',
        placeholder: 'Choose a type',
        options: [
          { value: 'native', label: 'Native' },
          { value: 'spa', label: 'Single Page Web Application' },
          { value: 'regular_web', label: 'Regular Web Application' },
          { value: 'non_interactive', label: 'Non Interactive Client' },
        ] satisfies readonly { value: ClientType; label: string }[],
      },
      {
        path: 'token_endpoint_auth_method',
        kind: 'choice',
        label: 'Token Endpoint Authentication Method',
        help: 'How the application proves to the token endpoint who it is. A secret is taken in the body and in the header.',
        placeholder: 'Post or Basic, as the application likes',
        types: WITH_SERVER,
        options: [
          { value: 'client_secret_post', label: 'Post: the secret in the body' },
          { value: 'client_secret_basic', label: 'Basic: the secret in a header' },
          { value: 'none', label: 'None: no secret, PKCE instead' },
        ],
      },
    ],
  },
  {
    title: 'Application addresses',
    description:
      'Nobody is sent to an address that is not listed here. One entry a line; commas part entries too. A client that signs nobody in needs none.',
    fields: [
      {
        path: 'initiate_login_uri',
        kind: 'text',
        label: 'Application Login URI',
        help: 'Page of the application that starts a login, for people who arrive by an e-mail or a bookmark. It may hold {organization.name} and {custom_domain.domain}.',
        placeholder: `${ADDRESS}/login`,
        check: check.loginAddress,
      },
      {
        path: 'callbacks',
        kind: 'lines',
        label: 'Allowed Callback URLs',
        help: 'Where people go after they signed in; compared letter by letter, the scheme included.',
        placeholder: `${ADDRESS}/callback`,
        check: check.addressList,
      },
      {
        path: 'allowed_logout_urls',
        kind: 'lines',
        label: 'Allowed Logout URLs',
        help: 'Where people may go after they signed out. Query and fragment of the request do not count.',
        placeholder: ADDRESS,
        check: check.addressList,
      },
      {
        path: 'web_origins',
        kind: 'lines',
        label: 'Allowed Web Origins',
        help: 'Origins whose pages may ask in the background whether somebody is still signed in.',
        placeholder: ADDRESS,
        types: WITH_PEOPLE,
        check: check.originList,
      },
      {
        path: 'allowed_origins',
        kind: 'lines',
        label: 'Allowed Origins (CORS)',
        help: 'Origins that may call this server from JavaScript. Those of the callback URLs may do so anyway.',
        placeholder: ADDRESS,
        check: check.originList,
      },
    ],
  },
  {
    title: 'Tokens and sessions',
    description: 'What the application is given.',
    fields: [
      {
        path: 'jwt_configuration.lifetime_in_seconds',
        kind: 'number',
        label: 'JWT Expiration',
        help: 'How long an ID token is good for. 36,000 seconds are ten hours.',
        placeholder: '36000',
        unit: 'seconds',
        max: 2_592_000,
      },
      {
        path: 'sso',
        kind: 'switch',
        label: 'Use Latchkey instead of the identity provider for Single Sign On',
        help: 'Who is signed in here is not asked again by the provider they came from.',
        initial: true,
      },
      {
        path: 'cross_origin_authentication',
        kind: 'switch',
        label: 'Allow cross-origin authentication',
        help: 'Login forms of the application itself, such as embedded Lock, may send credentials here.',
      },
      {
        path: 'cross_origin_loc',
        kind: 'text',
        label: 'Cross-Origin Verification Fallback URL',
        help: 'Page of the application that finishes such a login where the browser refuses third-party cookies.',
        placeholder: `${ADDRESS}/callback-cross-auth.html`,
        shownIf: { path: 'cross_origin_authentication', is: true },
        check: check.webAddress,
      },
    ],
  },
  {
    title: 'Refresh tokens',
    description: 'How long an application may come back for new tokens without asking its user.',
    types: WITH_PEOPLE,
    fields: [
      {
        path: 'refresh_token.rotation_type',
        kind: 'switch',
        label: 'Refresh Token Rotation',
        help: 'Each use gives a new one. A second use of an old one ends the whole family and is logged (ferrt).',
        on: 'rotating',
        off: 'non-rotating',
      },
      {
        path: 'refresh_token.leeway',
        kind: 'number',
        label: 'Rotation overlap',
        help: 'For how long an old token may be used again, for applications that lose an answer.',
        unit: 'seconds',
        max: 3600,
        shownIf: { path: 'refresh_token.rotation_type', is: true },
      },
      {
        path: 'refresh_token.infinite_token_lifetime',
        kind: 'switch',
        label: 'End after a maximum lifetime',
        help: 'Counted from the sign-in, however often the token was used.',
        on: false,
        off: true,
        initial: true,
      },
      {
        path: 'refresh_token.token_lifetime',
        kind: 'number',
        label: 'Maximum lifetime',
        help: '2,592,000 seconds are 30 days.',
        unit: 'seconds',
        min: 1,
        max: HALF_A_YEAR_AND_MORE,
        shownIf: { path: 'refresh_token.infinite_token_lifetime', is: true },
      },
      {
        path: 'refresh_token.infinite_idle_token_lifetime',
        kind: 'switch',
        label: 'End when it is not used',
        help: 'Counted from its last use.',
        on: false,
        off: true,
        initial: true,
      },
      {
        path: 'refresh_token.idle_token_lifetime',
        kind: 'number',
        label: 'Idle lifetime',
        help: '1,296,000 seconds are 15 days.',
        unit: 'seconds',
        min: 1,
        max: HALF_A_YEAR_AND_MORE,
        shownIf: { path: 'refresh_token.infinite_idle_token_lifetime', is: true },
      },
    ],
  },
  {
    title: 'Organizations',
    description: 'Whether people sign in as members of an organization.',
    fields: [
      {
        path: 'organization_usage',
        kind: 'choice',
        label: 'Who may sign in',
        initial: 'deny',
        options: [
          { value: 'deny', label: 'Individuals: no organizations' },
          { value: 'allow', label: 'Both: individuals and members of organizations' },
          { value: 'require', label: 'Business users: members of organizations only' },
        ],
      },
      {
        path: 'organization_require_behavior',
        kind: 'choice',
        label: 'How the organization is found',
        initial: 'no_prompt',
        shownIf: { path: 'organization_usage', is: 'require' },
        options: [
          { value: 'no_prompt', label: 'No prompt: the application names it' },
          { value: 'pre_login_prompt', label: 'Ask for the organization before the login' },
          { value: 'post_login_prompt', label: 'Ask for credentials first, then choose' },
        ],
      },
    ],
  },
];

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

/** Set with other fields and shown by none. */
const FOLLOWING: readonly FieldSpec[] = [{ path: 'refresh_token.expiration_type', kind: 'text', label: 'Expiration' }];

export const FIELD_SPECS: readonly FieldSpec[] = [
  ...[...TOPICS, ...ADVANCED].flatMap(({ fields }) => fields),
  ...FOLLOWING,
];

const INERT = new Map(
  Object.entries(clientResource.fields as Readonly<Record<string, { readonly inert?: string }>>).map(
    ([name, field]) => [name, field.inert],
  ),
);

/** Why a setting has no effect yet; undefined for one that has. */
export function inertReason(path: string): string | undefined {
  return INERT.get(path.split('.')[0]!);
}

/** Whether a topic or field is for clients of this type. A client without a known type is shown everything. */
export function isFor(part: { readonly types?: readonly ClientType[] }, appType: unknown): boolean {
  if (!part.types || !(CLIENT_TYPE_VALUES as readonly unknown[]).includes(appType)) return true;
  return part.types.includes(appType as ClientType);
}
