/**
 * Second factors: which there are, how they reach a person, and for whom a login asks for one. Each group of settings is
 * a document of its own; those with credentials are encrypted at rest.
 */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';
import type { Singleton } from '../../tenants/singletons.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const inert = { inert: NOT_YET };
const flag = Type.Boolean();
const text = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength });

/** The factors in the order that they are listed in (recorded). */
export const FACTORS = [
  'sms',
  'push-notification',
  'otp',
  'email',
  'duo',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
] as const;
export type Factor = (typeof FACTORS)[number];

export const factorResource = resource({
  name: 'GuardianFactor',
  plural: 'factors',
  fields: {
    name: field(choice(FACTORS), { readOnly: true, description: 'The factor' }),
    enabled: field(flag, {
      required: true,
      always: true,
      inert: 'A login asks for no second factor yet.',
      description: 'Whether people may use it',
    }),
    trial_expired: field(flag, { readOnly: true, description: 'Always false' }),
  },
});

export const factors: Singleton<{ enabled: Partial<Record<Factor, boolean>> }> = {
  name: 'guardian/factors',
  defaults: { enabled: {} },
};

/** When every login asks for a second factor. A request holds the list itself. */
export const policyList = Type.Array(choice(['all-applications', 'confidence-score']), { maxItems: 2 });
export const policies: Singleton<{ policies: ('all-applications' | 'confidence-score')[] }> = {
  name: 'guardian/policies',
  defaults: { policies: [] },
};

export const messageTypesResource = resource({
  name: 'GuardianMessageTypes',
  plural: 'message_types',
  fields: {
    message_types: field(Type.Array(choice(['sms', 'voice']), { maxItems: 2 }), {
      ...inert,
      required: true,
      always: true,
      description: 'How a code reaches a phone',
    }),
  },
});
export const messageTypes: Singleton<DocumentOf<typeof messageTypesResource>> = {
  name: 'guardian/factors/phone/message-types',
  defaults: { message_types: ['sms'] },
};

export const phoneSelectionResource = resource({
  name: 'GuardianPhoneProvider',
  plural: 'providers',
  fields: {
    provider: field(choice(['auth0', 'twilio', 'phone-message-hook']), {
      ...inert,
      required: true,
      always: true,
      description: 'Who sends messages to phones',
    }),
  },
});
export const phoneSelection: Singleton<DocumentOf<typeof phoneSelectionResource>> = {
  name: 'guardian/factors/phone/selected-provider',
  defaults: { provider: 'auth0' },
};

export const pushSelectionResource = resource({
  name: 'GuardianPushProvider',
  plural: 'providers',
  fields: {
    provider: field(choice(['guardian', 'sns', 'direct']), {
      ...inert,
      required: true,
      always: true,
      description: 'Who sends push notifications',
    }),
  },
});
export const pushSelection: Singleton<DocumentOf<typeof pushSelectionResource>> = {
  name: 'guardian/factors/push-notification/selected-provider',
  defaults: { provider: 'guardian' },
};

export const phoneTemplatesResource = resource({
  name: 'GuardianPhoneTemplates',
  plural: 'templates',
  fields: {
    enrollment_message: field(text(10_000, 0), {
      ...inert,
      required: true,
      always: true,
      description: 'Text of the message that proves a new phone',
    }),
    verification_message: field(text(10_000, 0), {
      ...inert,
      required: true,
      always: true,
      description: 'Text of the message with a code for a login',
    }),
  },
});
export const phoneTemplates: Singleton<DocumentOf<typeof phoneTemplatesResource>> = {
  name: 'guardian/factors/phone/templates',
  defaults: {
    enrollment_message: '{{code}} confirms this phone for {{tenant.friendly_name}}. Enter it to finish.',
    verification_message: '{{code}} is your code for {{tenant.friendly_name}}',
  },
};

export const twilioResource = resource({
  name: 'GuardianTwilio',
  plural: 'providers',
  fields: {
    from: field(text(64, 0), { ...inert, nullable: 'remove', description: 'Number that messages come from' }),
    messaging_service_sid: field(text(1000), {
      ...inert,
      nullable: 'remove',
      description: 'Messaging service that chooses a number',
    }),
    // Recorded clients read it back, so it is shown to who may read factors.
    auth_token: field(text(1000), { ...inert, nullable: 'remove', secret: true, description: 'Key of the account' }),
    sid: field(text(1000), { ...inert, nullable: 'remove', description: 'The account' }),
  },
});
export const twilio: Singleton<DocumentOf<typeof twilioResource>> = {
  name: 'guardian/factors/phone/providers/twilio',
  secret: true,
  defaults: {},
};

export const duoResource = resource({
  name: 'GuardianDuo',
  plural: 'settings',
  fields: {
    ikey: field(text(10_000, 0), { ...inert, description: 'Integration key' }),
    skey: field(text(10_000), { ...inert, secret: true, description: 'Secret key' }),
    host: field(text(10_000, 0), { ...inert, description: 'API host name' }),
  },
});
export const duo: Singleton<DocumentOf<typeof duoResource>> = {
  name: 'guardian/factors/duo/settings',
  secret: true,
  defaults: {},
};

export const apnsResource = resource({
  name: 'GuardianApns',
  plural: 'providers',
  fields: {
    bundle_id: field(text(1000), { ...inert, nullable: 'keep', description: 'Identifier of the iOS app' }),
    sandbox: field(flag, { ...inert, description: 'Whether the sandbox of Apple is used' }),
    p12: field(text(10_000), {
      ...inert,
      nullable: 'remove',
      writeOnly: true,
      secret: true,
      description: 'Certificate and key, PKCS #12 in base64',
    }),
    enabled: field(flag, { readOnly: true, description: 'Whether there is a certificate' }),
  },
});
export type Apns = { bundle_id?: string | null; sandbox: boolean; p12?: string };
export const apns: Singleton<Apns> = {
  name: 'guardian/factors/push-notification/providers/apns',
  secret: true,
  defaults: { bundle_id: null, sandbox: false },
};

export const fcmResource = resource({
  name: 'GuardianFcm',
  plural: 'providers',
  fields: {
    server_key: field(text(152), {
      ...inert,
      nullable: 'remove',
      writeOnly: true,
      secret: true,
      description: 'Server key of Firebase',
    }),
  },
});
export const fcm: Singleton<{ server_key?: string }> = {
  name: 'guardian/factors/push-notification/providers/fcm',
  secret: true,
  defaults: {},
};

export const fcmv1Resource = resource({
  name: 'GuardianFcmV1',
  plural: 'providers',
  fields: {
    server_credentials: field(text(10_000), {
      ...inert,
      nullable: 'remove',
      writeOnly: true,
      secret: true,
      description: 'Service account of Firebase, JSON',
    }),
  },
});
export const fcmv1: Singleton<{ server_credentials?: string }> = {
  name: 'guardian/factors/push-notification/providers/fcmv1',
  secret: true,
  defaults: {},
};

export const snsResource = resource({
  name: 'GuardianSns',
  plural: 'providers',
  fields: {
    aws_access_key_id: field(text(1000), { ...inert, nullable: 'remove', description: 'Access key' }),
    aws_secret_access_key: field(text(1000), {
      ...inert,
      nullable: 'remove',
      secret: true,
      description: 'Its secret; answered to who sets it, never read back',
    }),
    aws_region: field(
      Type.String({
        minLength: 1,
        maxLength: 1000,
        pattern: PATTERNS.snsRegion,
      }),
      { ...inert, nullable: 'remove', description: 'Region' },
    ),
    sns_apns_platform_application_arn: field(text(1000), {
      ...inert,
      nullable: 'remove',
      description: 'Platform application for iOS',
    }),
    sns_gcm_platform_application_arn: field(text(1000), {
      ...inert,
      nullable: 'remove',
      description: 'Platform application for Android',
    }),
  },
});
export type Sns = DocumentOf<typeof snsResource>;
export const sns: Singleton<Sns> = {
  name: 'guardian/factors/push-notification/providers/sns',
  secret: true,
  defaults: {},
};

const relyingParty = {
  overrideRelyingParty: field(flag, { ...inert, description: 'Whether keys belong to another domain than the tenant' }),
  relyingPartyIdentifier: field(text(255), { ...inert, nullable: 'remove', description: 'That domain' }),
} as const;

/** Not in the vendor's document; its SDKs and Terraform provider call it, and answers are recorded. */
export const webauthnPlatformResource = resource({
  name: 'GuardianWebAuthnPlatform',
  plural: 'settings',
  fields: relyingParty,
});
export const webauthnPlatform: Singleton<DocumentOf<typeof webauthnPlatformResource>> = {
  name: 'guardian/factors/webauthn-platform/settings',
  defaults: { overrideRelyingParty: false },
};

export const webauthnRoamingResource = resource({
  name: 'GuardianWebAuthnRoaming',
  plural: 'settings',
  fields: {
    ...relyingParty,
    userVerification: field(choice(['discouraged', 'preferred', 'required']), {
      ...inert,
      description: 'Whether a key asks for its own PIN or fingerprint',
    }),
  },
});
export const webauthnRoaming: Singleton<DocumentOf<typeof webauthnRoamingResource>> = {
  name: 'guardian/factors/webauthn-roaming/settings',
  defaults: { overrideRelyingParty: false, userVerification: 'preferred' },
};
