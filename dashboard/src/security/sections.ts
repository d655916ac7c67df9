/**
 * The protections and their settings. What has no effect yet is what the server's description says so of.
 */
import {
  botDetectionResource,
  breachedPasswordResource,
  bruteForceResource,
  captchaResource,
  suspiciousIpResource,
} from '../../../server/api/attack-protection/schema.ts';
import { type Description, describedAt } from '../forms/schema.ts';
import { type FieldSpec, type FormSection, fieldsOf, type Words } from '../forms/spec.ts';

export type Protection = {
  /** Below `/attack-protection`. */
  readonly path: string;
  readonly sections: readonly FormSection[];
  /** Whether nothing of it has an effect yet. */
  readonly isInert: boolean;
};

/** Where nothing has an effect, the page says so once, and the fields do not repeat it. */
function protection(
  path: string,
  fields: Description,
  outline: (field: (path: string, words?: Words) => FieldSpec) => readonly FormSection[],
): Protection {
  const isInert = Object.keys(fields).every((name) => describedAt(fields, name).inert !== undefined);
  const field = fieldsOf(fields);
  return {
    path,
    isInert,
    sections: outline((name, words = {}) => field(name, isInert ? { ...words, inert: false } : words)),
  };
}

const ALLOWLIST = { label: 'Trusted addresses', help: 'One a line: IP addresses or ranges, such as 10.0.0.0/8.' };
const SHIELDS = {
  block: 'Block',
  user_notification: 'Tell the user',
  admin_notification: 'Tell the administrators',
};
const WHEN = { never: 'Never', when_risky: 'When it looks risky', always: 'Always' };

export const BRUTE_FORCE = protection('brute-force-protection', bruteForceResource.fields, (field) => [
  {
    title: 'Brute-force protection',
    description: 'Somebody tries many passwords for one account: after the limit, logins of that account are refused.',
    fields: [
      field('enabled', { label: 'On' }),
      field('max_attempts', {
        label: 'Failed logins until it acts',
        unit: 'attempts',
        help: 'In a row, for one account.',
      }),
      field('mode', {
        label: 'Counted',
        help: 'By address, others still get in to the account; together, nobody does.',
        labels: {
          count_per_identifier_and_ip: 'For each account and address',
          count_per_identifier: 'For each account, from anywhere',
        },
      }),
      field('shields', { label: 'What happens', labels: SHIELDS, help: 'Blocked accounts are listed with the user.' }),
      field('allowlist', { ...ALLOWLIST, help: `${ALLOWLIST.help} Logins from there are never blocked.` }),
    ],
  },
]);

export const THROTTLING = protection('suspicious-ip-throttling', suspiciousIpResource.fields, (field) => [
  {
    title: 'Suspicious IP throttling',
    description: 'Somebody tries many accounts from one address: after the limit, that address is slowed down.',
    fields: [
      field('enabled', { label: 'On' }),
      field('shields', { label: 'What happens', labels: SHIELDS }),
      field('allowlist', { ...ALLOWLIST, help: `${ALLOWLIST.help} They are never slowed down.` }),
    ],
  },
  ...[
    { stage: 'pre-login', title: 'Logins' },
    { stage: 'pre-user-registration', title: 'Sign-ups' },
    { stage: 'pre-custom-token-exchange', title: 'Token exchanges' },
  ].map(({ stage, title }) => ({
    title,
    description: 'How much one address may try, and how fast tries are given back.',
    fields: [
      field(`stage.${stage}.max_attempts`, { label: `${title}: attempts`, unit: 'attempts' }),
      field(`stage.${stage}.rate`, {
        label: `${title}: one is given back every`,
        unit: 'milliseconds',
        help: '864000 gives back 100 a day.',
      }),
    ],
  })),
]);

export const BREACHED = protection('breached-password-detection', breachedPasswordResource.fields, (field) => [
  {
    title: 'Breached password detection',
    description: 'Passwords are looked up among those that were stolen elsewhere.',
    fields: [
      field('enabled', { label: 'On' }),
      field('method', { label: 'Collection', labels: { standard: 'Standard', enhanced: 'Enhanced' } }),
      field('shields', { label: 'At a login', labels: SHIELDS }),
      field('stage.pre-user-registration.shields', { label: 'At a sign-up', labels: SHIELDS }),
      field('stage.pre-change-password.shields', { label: 'When a password is changed', labels: SHIELDS }),
      field('admin_notification_frequency', { label: 'Administrators hear of it' }),
    ],
  },
]);

export const BOTS = protection('bot-detection', botDetectionResource.fields, (field) => [
  {
    title: 'Bot detection',
    description: 'Programs that try logins are shown a challenge that people solve.',
    fields: [
      field('bot_detection_level', { label: 'Sensitivity' }),
      field('challenge_password_policy', { label: 'Challenge at a login', labels: WHEN }),
      field('challenge_passwordless_policy', { label: 'Challenge at a passwordless login', labels: WHEN }),
      field('challenge_password_reset_policy', { label: 'Challenge at a request for a new password', labels: WHEN }),
      field('monitoring_mode_enabled', {
        label: 'Only watch',
        help: 'Findings are written down and nobody is challenged.',
      }),
      field('allowlist', ALLOWLIST),
    ],
  },
]);

const PROVIDERS = {
  arkose: 'Arkose Labs',
  auth_challenge: 'Auth Challenge',
  friendly_captcha: 'Friendly Captcha',
  hcaptcha: 'hCaptcha',
  recaptcha_v2: 'reCAPTCHA v2',
  recaptcha_enterprise: 'reCAPTCHA Enterprise',
  simple_captcha: 'Simple captcha',
};

const CAPTCHA_FIELDS = [
  ...['auth_challenge.fail_open', 'recaptcha_v2.site_key', 'recaptcha_v2.secret', 'recaptcha_enterprise.site_key'],
  ...['recaptcha_enterprise.project_id', 'recaptcha_enterprise.api_key', 'hcaptcha.site_key', 'hcaptcha.secret'],
  ...['friendly_captcha.site_key', 'friendly_captcha.secret', 'arkose.site_key', 'arkose.secret'],
  ...['arkose.client_subdomain', 'arkose.verify_subdomain', 'arkose.fail_open'],
];

export const CAPTCHA = protection('captcha', captchaResource.fields, (field) => [
  {
    title: 'Captcha',
    description: 'Whose challenge is shown to whoever looks like a program.',
    fields: [
      field('active_provider_id', { label: 'Provider', labels: PROVIDERS }),
      ...CAPTCHA_FIELDS.map((path) => {
        const [provider = '', name = ''] = path.split('.');
        const isSecret = name === 'secret' || name === 'api_key';
        return field(path, {
          ...(isSecret ? { kind: 'secret', placeholder: 'Kept; type to replace it' } : {}),
          when: (read) => read('active_provider_id') === provider,
        });
      }),
    ],
  },
]);
