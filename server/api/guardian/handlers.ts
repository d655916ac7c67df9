/** What the operations of `/guardian` about factors and policies do. */
import { changeSingleton, readSingleton } from '../../tenants/singletons.ts';
import { handle, type Route } from '../pipeline.ts';
import { readsSingleton, replacesSingleton, updatesSingleton } from '../singletons.ts';
import {
  getApns,
  getDuo,
  getMessageTypes,
  getPhoneSelection,
  getPhoneTemplates,
  getPhoneTwilio,
  getPolicies,
  getPushSelection,
  getSmsSelection,
  getSmsTemplates,
  getSmsTwilio,
  getSns,
  getWebAuthnPlatform,
  getWebAuthnRoaming,
  listFactors,
  setApns,
  setDuo,
  setFactor,
  setFcm,
  setFcmV1,
  setMessageTypes,
  setPhoneSelection,
  setPhoneTemplates,
  setPhoneTwilio,
  setPolicies,
  setPushSelection,
  setSmsSelection,
  setSmsTemplates,
  setSmsTwilio,
  setSns,
  setWebAuthnPlatform,
  setWebAuthnRoaming,
  updateApns,
  updateDuo,
  updateFcm,
  updateFcmV1,
  updateSns,
  updateWebAuthnPlatform,
  updateWebAuthnRoaming,
} from './operations.ts';
import {
  type Apns,
  apns,
  duo,
  FACTORS,
  factors,
  fcm,
  fcmv1,
  messageTypes,
  phoneSelection,
  phoneTemplates,
  policies,
  pushSelection,
  type Sns,
  sns,
  twilio,
  webauthnPlatform,
  webauthnRoaming,
} from './schema.ts';

export const guardianRoutes: Route[] = [
  handle(listFactors, async ({ services, sql, context }) => {
    const { enabled } = await readSingleton(services, sql, context.tenant, factors);
    return FACTORS.map((name) => ({ name, enabled: enabled[name] ?? false, trial_expired: false }));
  }),

  handle(setFactor, async ({ services, sql, context, params, body }) => {
    const enabled = body.enabled as boolean;
    await changeSingleton(services, sql, context, factors, (doc) => ({
      enabled: { ...doc.enabled, [params.name]: enabled },
    }));
    return { enabled };
  }),

  readsSingleton(getPolicies, policies, (doc) => doc.policies),
  handle(setPolicies, async ({ services, sql, context, body }) => {
    const doc = await changeSingleton(services, sql, context, policies, () => ({ policies: [...new Set(body)] }));
    return doc.policies;
  }),

  readsSingleton(getDuo, duo),
  replacesSingleton(setDuo, duo),
  updatesSingleton(updateDuo, duo),

  // The paths of SMS are the older names of those of phones.
  readsSingleton(getMessageTypes, messageTypes),
  replacesSingleton(setMessageTypes, messageTypes),
  readsSingleton(getPhoneTwilio, twilio),
  replacesSingleton(setPhoneTwilio, twilio),
  readsSingleton(getSmsTwilio, twilio),
  replacesSingleton(setSmsTwilio, twilio),
  readsSingleton(getPhoneSelection, phoneSelection),
  replacesSingleton(setPhoneSelection, phoneSelection),
  readsSingleton(getSmsSelection, phoneSelection),
  replacesSingleton(setSmsSelection, phoneSelection),
  readsSingleton(getPhoneTemplates, phoneTemplates),
  replacesSingleton(setPhoneTemplates, phoneTemplates),
  readsSingleton(getSmsTemplates, phoneTemplates),
  replacesSingleton(setSmsTemplates, phoneTemplates),

  readsSingleton(getPushSelection, pushSelection),
  replacesSingleton(setPushSelection, pushSelection),
  readsSingleton(getApns, apns, ({ p12, ...shown }: Apns) => ({ ...shown, enabled: p12 !== undefined })),
  replacesSingleton(setApns, apns, withoutCertificate),
  updatesSingleton(updateApns, apns, withoutCertificate),
  replacesSingleton(setFcm, fcm, nothing),
  updatesSingleton(updateFcm, fcm, nothing),
  replacesSingleton(setFcmV1, fcmv1, nothing),
  updatesSingleton(updateFcmV1, fcmv1, nothing),
  readsSingleton(getSns, sns, withoutKey),
  replacesSingleton(setSns, sns, withKeyOnce),
  updatesSingleton(updateSns, sns, withKeyOnce),

  readsSingleton(getWebAuthnPlatform, webauthnPlatform),
  replacesSingleton(setWebAuthnPlatform, webauthnPlatform),
  updatesSingleton(updateWebAuthnPlatform, webauthnPlatform),
  readsSingleton(getWebAuthnRoaming, webauthnRoaming),
  replacesSingleton(setWebAuthnRoaming, webauthnRoaming),
  updatesSingleton(updateWebAuthnRoaming, webauthnRoaming),
];

function withoutCertificate({ p12: _p12, ...shown }: Apns): unknown {
  return shown;
}

function nothing(): unknown {
  return {};
}

function withoutKey({ aws_secret_access_key: _key, ...shown }: Sns): unknown {
  return shown;
}

/** Recorded: who sets the key gets it back, once. */
function withKeyOnce(doc: Sns, given: Partial<Sns>): unknown {
  return given.aws_secret_access_key ? doc : withoutKey(doc);
}
