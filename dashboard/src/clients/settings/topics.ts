/**
 * The settings that everybody meets, by topic: where each is kept, what it is called, for which types of client it matters.
 * Bounds and what has no effect yet come from the server's own description of a client.
 */
import type { ClientType } from '../type-values.ts';
import * as check from './checks.ts';
import { ADDRESS, type Topic, WITH_PEOPLE, WITH_SERVER } from './spec.ts';

const HALF_A_YEAR_AND_MORE = 157_788_000;

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
