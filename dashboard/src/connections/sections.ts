/**
 * The settings of a connection as sections of a form: what matters most of its strategy first, and everything else that
 * the server knows of it after that, so that no option is out of reach.
 */
import { CONNECTION_FIELDS, STRATEGIES } from 'virtual:connections';
import { leavesOf, plain } from '../forms/schema.ts';
import { type FieldSpec, type FormSection, fieldsOf } from '../forms/spec.ts';
import type { StrategyName } from './catalogue.ts';
import { OPTION_WORDS } from './words.ts';

type Outline = { readonly title: string; readonly description: string; readonly options: readonly string[] };

const APPLICATION: Outline = {
  title: 'Application',
  description: 'What you got when you registered an application at the provider.',
  options: ['client_id', 'client_secret', 'app_secret', 'team_id', 'kid'],
};

const PROVIDER: Outline = {
  title: 'Provider',
  description: 'Where the provider is, and what it is asked for.',
  options: [
    ...['discovery_url', 'type', 'domain', 'tenant_domain', 'identity_api', 'useCommonEndpoint'],
    ...['authorizationURL', 'tokenURL', 'requestTokenURL', 'accessTokenURL', 'userAuthorizationURL'],
    ...['community_base_url', 'baseUrl', 'test_url', 'protocol', 'scope', 'pkce_enabled'],
    ...['adfs_server', 'fedMetadataXml', 'metadataUrl', 'metadataXml', 'pingFederateBaseUrl'],
    ...[
      'signInEndpoint',
      'signOutEndpoint',
      'signingCert',
      'entityId',
      'user_id_attribute',
      'range',
      'ips',
      'kerberos',
    ],
    'scripts.fetchUserProfile',
  ],
};

const REQUESTS: Outline = {
  title: 'Requests',
  description: 'How this server asks the identity provider.',
  options: ['protocolBinding', 'signSAMLRequest', 'signatureAlgorithm', 'digestAlgorithm', 'connection_settings.pkce'],
};

const MESSAGE: Outline = {
  title: 'Message',
  description: 'What people are sent, and by whom.',
  options: [
    ...['provider', 'twilio_sid', 'twilio_token', 'messaging_service_sid', 'gateway_url'],
    ...['gateway_authentication.method', 'gateway_authentication.secret', 'gateway_authentication.subject'],
    ...['gateway_authentication.audience', 'from', 'syntax', 'template'],
    ...['email.from', 'email.subject', 'email.body'],
  ],
};

const CODES: Outline = {
  title: 'Codes',
  description: 'How long a code is, and how long it is good for.',
  options: ['totp.length', 'totp.time_step', 'disable_signup', 'brute_force_protection'],
};

const OUTLINES = [APPLICATION, PROVIDER, REQUESTS, MESSAGE, CODES];

const DATABASE: readonly Outline[] = [
  {
    title: 'Users',
    description: 'Who may register, and with what.',
    options: ['disable_signup', 'requires_username', 'validation.username.min', 'validation.username.max'],
  },
  {
    title: 'Passwords',
    description: 'What a new password has to be. Passwords that are in use stay good.',
    options: [
      ...[
        'passwordPolicy',
        'password_complexity_options.min_length',
        'password_history.enable',
        'password_history.size',
      ],
      ...['password_no_personal_info.enable', 'password_dictionary.enable', 'password_dictionary.dictionary'],
    ],
  },
  {
    title: 'Protection',
    description: 'Against guessed and stolen passwords.',
    options: ['brute_force_protection', 'mfa.active'],
  },
];

const DATABASE_FOLDED: readonly Outline[] = [
  {
    title: 'Ways to sign in',
    description: 'Besides the password.',
    options: [
      ...['authentication_methods.password.enabled', 'authentication_methods.passkey.enabled'],
      ...['authentication_methods.email_otp.enabled', 'authentication_methods.phone_otp.enabled'],
      ...['passkey_options.challenge_ui', 'passkey_options.progressive_enrollment_enabled'],
      'passkey_options.local_enrollment_enabled',
    ],
  },
  {
    title: 'Your own database',
    description: 'Users are kept elsewhere, and scripts ask there.',
    options: [
      ...['enabledDatabaseCustomization', 'import_mode', 'configuration', 'customScripts.login'],
      ...['customScripts.get_user', 'customScripts.create', 'customScripts.verify', 'customScripts.change_password'],
      ...['customScripts.delete', 'customScripts.change_email', 'customScripts.change_username'],
      'customScripts.change_phone_number',
    ],
  },
];

const PROFILE: Outline = {
  title: 'Profile',
  description: 'What of the provider’s profile becomes the user’s.',
  options: ['set_user_root_attributes', 'non_persistent_attrs', 'upstream_params'],
};

/** All that can be set of a connection of that strategy. */
export function sectionsOf(strategy: StrategyName): FormSection[] {
  const { options, family } = STRATEGIES[strategy];
  const leaves = leavesOf(options);
  const used = new Set<string>();
  const field = fieldsOf({
    ...CONNECTION_FIELDS,
    options: { ...CONNECTION_FIELDS.options, schema: { type: 'object', properties: options } },
  });
  const optionField = (path: string): FieldSpec => {
    used.add(path);
    const words = OPTION_WORDS[path] ?? { label: spelt(path) };
    return field(`options.${path}`, { ...words, inert: inertOption(strategy, path) });
  };
  const section = ({ title, description, options: wanted }: Outline, folded = false): FormSection => ({
    title,
    description,
    folded,
    fields: wanted.filter((path) => leaves.includes(path) && !used.has(path)).map(optionField),
  });
  const general: FormSection = {
    title: 'General',
    description: 'How people and clients know this connection.',
    fields: [
      field('display_name', { label: 'Display name', help: 'What people read on the button.' }),
      ...(family === 'enterprise' ? ['domain_aliases'].map(optionField) : []),
      ...(family === 'enterprise' ? [field('show_as_button', { label: 'Show as a button' })] : []),
      ...(family === 'database' ? [] : ['icon_url'].map(optionField)),
      field('is_domain_connection', {
        label: 'Domain connection',
        help: 'Every third-party client may use it.',
      }),
    ],
  };
  const main = family === 'database' ? DATABASE.map((one) => section(one)) : OUTLINES.map((one) => section(one));
  const folded = family === 'database' ? DATABASE_FOLDED.map((one) => section(one, true)) : [];
  const permissions: FormSection = {
    title: family === 'social' ? 'Permissions' : 'Attributes',
    description: 'What the provider is asked for besides the basic profile.',
    folded: true,
    dense: true,
    fields: (family === 'social' || family === 'enterprise' ? leaves : [])
      .filter((path) => !used.has(path) && !OPTION_WORDS[path] && isFlag(options[path]))
      .map(optionField),
  };
  const profile = family === 'database' ? [] : [section(PROFILE, true)];
  const more: FormSection = {
    title: 'More options',
    folded: true,
    fields: leaves.filter((path) => !used.has(path)).map(optionField),
  };
  return [general, ...main, permissions, ...profile, ...folded, more].filter(({ fields }) => fields.length > 0);
}

function isFlag(schema: Parameters<typeof plain>[0] | undefined): boolean {
  return schema !== undefined && plain(schema).type === 'boolean';
}

/** `attributes.email.unique` as "Attributes: email: unique". */
function spelt(path: string): string {
  const text = path
    .split('.')
    .map((part) => part.replaceAll('_', ' '))
    .join(': ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Why an option of a database has no effect yet. The server's description names the options that have one; of other
 * strategies no option has, which the page says once.
 */
function inertOption(strategy: StrategyName, path: string): string | false {
  const reason = CONNECTION_FIELDS.options?.inert;
  if (!reason || strategy !== 'auth0') return false;
  const name = path.split('.')[0]!;
  return new RegExp(`\\b${name}\\b`).test(reason) ? false : 'Kept and shown; has no effect yet.';
}

/** Why nobody can sign in with connections of that strategy, undefined when people can. */
export function inertStrategy(strategy: string): string | undefined {
  const reason = CONNECTION_FIELDS.strategy?.inert;
  return reason && !new RegExp(`\\b${strategy}\\b`).test(reason) ? reason : undefined;
}
