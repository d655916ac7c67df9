/** Databases: our own (`auth0`), or one that scripts talk to. */
import { type Static, Type } from 'typebox';
import { choice, open, opt, orNull, strict } from '../../../schema/types.ts';
import { common, flag, group, integer, oneOf, type Strategy, strictGroup } from './strategy.ts';

/** Values for the scripts of the connection, such as passwords of databases. */
const TEXTS = { type: 'object', additionalProperties: { type: 'string', maxLength: 10_000 }, maxProperties: 100 };

const status = opt(orNull(choice(['required', 'optional', 'inactive'])));
const verification = strictGroup({ active: flag });
const script = opt(orNull(Type.String({ minLength: 1, maxLength: 100_000 })));

const identifier = (methods: readonly string[]) =>
  opt(orNull(strict({ active: opt(Type.Boolean()), default_method: oneOf(...methods) })));

const email = opt(
  orNull(
    strict({
      identifier: identifier(['password', 'email_otp']),
      unique: flag,
      profile_required: flag,
      verification_method: oneOf('link', 'otp'),
      signup: opt(orNull(strict({ status, verification }))),
    }),
  ),
);
const phoneNumber = opt(
  orNull(
    strict({
      identifier: identifier(['password', 'phone_otp']),
      profile_required: flag,
      signup: opt(orNull(strict({ status, verification }))),
    }),
  ),
);
const username = opt(
  orNull(
    strict({
      identifier: opt(orNull(strict({ active: opt(Type.Boolean()) }))),
      profile_required: flag,
      signup: opt(orNull(strict({ status }))),
      validation: opt(
        orNull(
          strict({
            min_length: integer(1, 128),
            max_length: integer(1, 128),
            allowed_types: strictGroup({ email: flag, phone_number: flag }),
          }),
        ),
      ),
    }),
  ),
);

const bound = Type.Integer({ minimum: 1, maximum: 128 });

/** Options of a database that are checked. Of a typed shape, because signing in and signing up go by them. */
const databaseOptions = open({
  attributes: opt(orNull(strict({ email, username, phone_number: phoneNumber }))),
  configuration: opt(orNull(Type.Unsafe<Record<string, string>>(TEXTS))),
  passwordPolicy: opt(orNull(choice(['none', 'low', 'fair', 'good', 'excellent', 'None']))),
  password_complexity_options: opt(orNull(strict({ min_length: opt(bound) }))),
  password_history: opt(orNull(strict({ enable: flag, size: opt(Type.Integer({ minimum: 0, maximum: 24 })) }))),
  password_no_personal_info: opt(orNull(strict({ enable: flag }))),
  password_dictionary: opt(
    orNull(strict({ enable: flag, dictionary: opt(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 2000 })) })),
  ),
  requires_username: flag,
  disable_signup: flag,
  brute_force_protection: flag,
  validation: opt(orNull(strict({ username: opt(orNull(strict({ min: opt(bound), max: opt(bound) }))) }))),
});

export type DatabaseOptions = Static<typeof databaseOptions>;

const passwordOptions = strictGroup({
  complexity: strictGroup({
    min_length: integer(1, 72),
    character_types: opt(orNull(Type.Array(choice(['uppercase', 'lowercase', 'number', 'special'])))),
    character_type_rule: oneOf('all', 'three_of_four'),
    identical_characters: oneOf('allow', 'block'),
    sequential_characters: oneOf('allow', 'block'),
    max_length_exceeded: oneOf('truncate', 'error'),
  }),
  dictionary: strictGroup({
    active: flag,
    custom: opt(orNull(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 200 }))),
    default: oneOf('en_10k', 'en_100k'),
  }),
  history: strictGroup({ active: flag, size: integer(1, 24) }),
  profile_data: strictGroup({
    active: flag,
    blocked_fields: opt(orNull(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 12 }))),
  }),
});

const auth0: Strategy = {
  family: 'database',
  options: {
    ...common,
    ...databaseOptions.properties,
    mfa: group({ active: flag, return_enroll_settings: flag }),
    precedence: opt(
      orNull(
        Type.Array(choice(['email', 'phone_number', 'username']), { minItems: 3, maxItems: 3, uniqueItems: true }),
      ),
    ),
    authentication_methods: strictGroup({
      password: strictGroup({
        enabled: flag,
        api_behavior: oneOf('required', 'optional'),
        signup_behavior: oneOf('allow', 'block'),
      }),
      passkey: strictGroup({ enabled: flag }),
      email_otp: strictGroup({ enabled: flag }),
      phone_otp: strictGroup({ enabled: flag }),
    }),
    passkey_options: strictGroup({
      challenge_ui: oneOf('both', 'autofill', 'button'),
      progressive_enrollment_enabled: flag,
      local_enrollment_enabled: flag,
    }),
    password_options: passwordOptions,
    customScripts: group({
      login: script,
      get_user: script,
      create: script,
      verify: script,
      change_password: script,
      delete: script,
      change_email: script,
      change_username: script,
      change_phone_number: script,
    }),
    enabledDatabaseCustomization: flag,
    enable_script_context: flag,
    import_mode: flag,
    realm_fallback: flag,
    disable_self_service_change_password: flag,
  },
  initial: {
    mfa: { active: true, return_enroll_settings: true },
    passwordPolicy: 'good',
    strategy_version: 2,
    passkey_options: { challenge_ui: 'both', progressive_enrollment_enabled: true, local_enrollment_enabled: true },
    brute_force_protection: true,
    disable_self_service_change_password: false,
  },
  kept: ['authentication_methods', 'passkey_options'],
};

export const databaseStrategies = { auth0 } as const;
