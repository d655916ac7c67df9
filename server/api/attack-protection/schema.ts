/**
 * Attack protection: what is done against guessed, stolen and automated logins. Each protection is a document of its
 * own with the defaults that the vendor's service answers for a tenant that changed nothing (recorded).
 */
import { type TProperties, Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, opt, strict } from '../../schema/types.ts';
import type { Singleton } from '../../tenants/singletons.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const flag = Type.Boolean();
const inert = { inert: NOT_YET };
const addresses = Type.Array(Type.String({ maxLength: 64, format: 'ip-or-cidr' }), { maxItems: 100 });
const list = <Values extends readonly string[]>(values: Values) =>
  Type.Array(choice(values), { maxItems: values.length });

export const bruteForceResource = resource({
  name: 'BruteForceProtection',
  plural: 'brute_force_protection',
  fields: {
    enabled: field(flag, { description: 'Whether failed logins of an account are counted' }),
    shields: field(list(['block', 'user_notification']), {
      description: 'What happens at the limit',
    }),
    mode: field(choice(['count_per_identifier_and_ip', 'count_per_identifier']), {
      description: 'Whether attempts are counted for each address or for all together',
    }),
    allowlist: field(addresses, { description: 'Addresses that are never blocked' }),
    max_attempts: field(Type.Integer({ minimum: 1, maximum: 100 }), {
      description: 'Failed logins until the shields act',
    }),
  },
});

export const bruteForce: Singleton<DocumentOf<typeof bruteForceResource>> = {
  name: 'attack-protection/brute-force-protection',
  defaults: {
    enabled: true,
    shields: ['block', 'user_notification'],
    mode: 'count_per_identifier_and_ip',
    allowlist: [],
    max_attempts: 10,
  },
};

/** Attempts, and the milliseconds after which one of them is given back. */
const pace = (attempts: { maximum: number }, rate: { minimum: number }) =>
  opt(
    strict({
      max_attempts: opt(Type.Integer({ minimum: 1, ...attempts })),
      rate: opt(Type.Integer({ ...rate, maximum: 86_400_000 })),
    }),
  );

export const suspiciousIpResource = resource({
  name: 'SuspiciousIpThrottling',
  plural: 'suspicious_ip_throttling',
  fields: {
    enabled: field(flag, { description: 'Whether the logins and sign-ups of an address are counted' }),
    shields: field(list(['block', 'admin_notification']), {
      description: 'What happens at the limit; administrators are not notified yet',
    }),
    allowlist: field(addresses, { description: 'Addresses that are never slowed down' }),
    stage: field(
      strict({
        'pre-login': pace({ maximum: 2500 }, { minimum: 34_560 }),
        'pre-user-registration': pace({ maximum: 72_000 }, { minimum: 1200 }),
        // Not in the vendor's document; recorded.
        'pre-custom-token-exchange': pace({ maximum: 72_000 }, { minimum: 1200 }),
      }),
      { description: 'Limits by what is attempted' },
    ),
  },
});

export const suspiciousIp: Singleton<DocumentOf<typeof suspiciousIpResource>> = {
  name: 'attack-protection/suspicious-ip-throttling',
  defaults: {
    enabled: true,
    shields: ['admin_notification', 'block'],
    allowlist: [],
    stage: {
      'pre-login': { max_attempts: 100, rate: 864_000 },
      'pre-user-registration': { max_attempts: 50, rate: 1200 },
      'pre-custom-token-exchange': { max_attempts: 10, rate: 600_000 },
    },
  },
};

const stageShields = opt(strict({ shields: opt(list(['block', 'admin_notification'])) }));

export const breachedPasswordResource = resource({
  name: 'BreachedPasswordDetection',
  plural: 'breached_password_detection',
  fields: {
    enabled: field(flag, { ...inert, description: 'Whether passwords are looked up among stolen ones' }),
    shields: field(list(['block', 'user_notification', 'admin_notification']), {
      ...inert,
      description: 'What happens when a login uses a stolen password',
    }),
    admin_notification_frequency: field(list(['immediately', 'daily', 'weekly', 'monthly']), {
      ...inert,
      description: 'How often administrators hear of it',
    }),
    method: field(choice(['standard', 'enhanced']), { ...inert, description: 'Which collection is searched' }),
    stage: field(strict({ 'pre-user-registration': stageShields, 'pre-change-password': stageShields }), {
      ...inert,
      description: 'What happens when a stolen password is chosen',
    }),
  },
});

export const breachedPassword: Singleton<DocumentOf<typeof breachedPasswordResource>> = {
  name: 'attack-protection/breached-password-detection',
  defaults: {
    enabled: false,
    shields: [],
    admin_notification_frequency: [],
    method: 'standard',
    stage: { 'pre-user-registration': { shields: [] }, 'pre-change-password': { shields: [] } },
  },
};

const challenge = choice(['never', 'when_risky', 'always']);

export const botDetectionResource = resource({
  name: 'BotDetection',
  plural: 'bot_detection',
  fields: {
    challenge_password_policy: field(challenge, { ...inert, description: 'When a login shows a challenge' }),
    challenge_passwordless_policy: field(challenge, {
      ...inert,
      description: 'When a passwordless login shows a challenge',
    }),
    challenge_password_reset_policy: field(challenge, {
      ...inert,
      description: 'When a request for a new password shows a challenge',
    }),
    allowlist: field(addresses, { ...inert, description: 'Addresses that are never challenged' }),
    bot_detection_level: field(choice(['low', 'medium', 'high']), {
      ...inert,
      description: 'How little it takes to be seen as a program',
    }),
    monitoring_mode_enabled: field(flag, { ...inert, description: 'Whether findings are only written down' }),
  },
});

export const botDetection: Singleton<DocumentOf<typeof botDetectionResource>> = {
  name: 'attack-protection/bot-detection',
  defaults: {
    challenge_password_policy: 'never',
    challenge_passwordless_policy: 'never',
    challenge_password_reset_policy: 'never',
    allowlist: [],
    bot_detection_level: 'medium',
    monitoring_mode_enabled: false,
  },
};

const text = Type.String({ maxLength: 100 });
/** Settings of one provider: masked whole in log events, because a key is among them, which answers leave out. */
const provider = <K extends TProperties, P extends TProperties>(key: K, settings: P, description: string) =>
  field(strict({ ...settings, ...key }), { ...inert, secret: true, shown: strict(settings), description });

export const captchaResource = resource({
  name: 'Captcha',
  plural: 'captcha',
  fields: {
    active_provider_id: field(
      choice([
        'arkose',
        'auth_challenge',
        'friendly_captcha',
        'hcaptcha',
        'recaptcha_v2',
        'recaptcha_enterprise',
        'simple_captcha',
      ]),
      { ...inert, description: 'Whose challenge is shown' },
    ),
    simple_captcha: field(anyObject({ maxProperties: 0 }), inert),
    auth_challenge: field(strict({ fail_open: flag }), inert),
    recaptcha_v2: provider({ secret: text }, { site_key: text }, 'Google reCAPTCHA v2'),
    recaptcha_enterprise: provider(
      { api_key: text },
      { site_key: text, project_id: text },
      'Google reCAPTCHA Enterprise',
    ),
    hcaptcha: provider({ secret: text }, { site_key: text }, 'hCaptcha'),
    friendly_captcha: provider({ secret: text }, { site_key: text }, 'Friendly Captcha'),
    arkose: provider(
      { secret: text },
      { site_key: text, client_subdomain: opt(text), verify_subdomain: opt(text), fail_open: opt(flag) },
      'Arkose Labs',
    ),
  },
});

const siteKey = strict({ site_key: text });

/** What is shown: without keys. */
export const captchaShown = strict({
  active_provider_id: text,
  simple_captcha: strict({}),
  auth_challenge: strict({ fail_open: flag }),
  recaptcha_v2: siteKey,
  recaptcha_enterprise: strict({ site_key: text, project_id: text }),
  hcaptcha: siteKey,
  friendly_captcha: siteKey,
  arkose: strict({ site_key: text, client_subdomain: text, verify_subdomain: text, fail_open: flag }),
});

/** The settings of every provider by its id. */
export type Captcha = { active_provider_id: string } & Record<string, Record<string, unknown> | string>;

export const captcha: Singleton<Captcha> = {
  name: 'attack-protection/captcha',
  secret: true,
  defaults: {
    active_provider_id: 'auth_challenge',
    simple_captcha: {},
    auth_challenge: { fail_open: false },
    recaptcha_v2: { site_key: '' },
    recaptcha_enterprise: { site_key: '', project_id: '' },
    hcaptcha: { site_key: '' },
    friendly_captcha: { site_key: '' },
    arkose: { site_key: '', client_subdomain: 'client-api', verify_subdomain: 'verify-api', fail_open: false },
  },
};

export const phoneProviderResource = resource({
  name: 'PhoneProviderProtection',
  plural: 'phone_provider_protection',
  fields: {
    type: field(choice(['exponential', 'none']), {
      ...inert,
      always: true,
      required: true,
      description: 'Whether a number has to wait longer after each message',
    }),
  },
});

export const phoneProvider: Singleton<DocumentOf<typeof phoneProviderResource>> = {
  name: 'attack-protection/phone-provider-protection',
  defaults: { type: 'none' },
};
