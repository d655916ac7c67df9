/** The operations of `/guardian` about factors and policies. Enrollments have a file of their own. */
import { Type } from 'typebox';
import { type Operation, operation } from '../../schema/operation.ts';
import type { Resource } from '../../schema/resource.ts';
import { choice, strict } from '../../schema/types.ts';
import {
  apnsResource,
  duoResource,
  FACTORS,
  factorResource,
  fcmResource,
  fcmv1Resource,
  messageTypesResource,
  phoneSelectionResource,
  phoneTemplatesResource,
  policyList,
  pushSelectionResource,
  snsResource,
  twilioResource,
  webauthnPlatformResource,
  webauthnRoamingResource,
} from './schema.ts';

const tag = 'Guardian';
const read = ['read:guardian_factors'];
const update = ['update:guardian_factors'];
const readPolicies = ['read:mfa_policies'];
const updatePolicies = ['update:mfa_policies'];

type Named = Pick<Operation, 'id' | 'path' | 'summary'>;

/** The settings of a factor, of which a tenant has one each, are read, set whole, and some of them updated. */
function reads({ read: response }: Resource, named: Named) {
  return operation({ ...named, method: 'GET', tag, scopes: read, status: 200, response });
}
function sets(resource: Resource, named: Named) {
  const { create: body, read: response } = resource;
  return operation({ ...named, method: 'PUT', tag, scopes: update, body, status: 200, response, resource });
}
function updates(resource: Resource, named: Named) {
  const { update: body, read: response } = resource;
  return operation({ ...named, method: 'PATCH', tag, scopes: update, body, status: 200, response, resource });
}

export const listFactors = operation({
  id: 'get_factors',
  method: 'GET',
  path: '/guardian/factors',
  tag,
  summary: 'List the factors',
  scopes: read,
  status: 200,
  response: Type.Array(factorResource.read),
});

export const setFactor = operation({
  id: 'put_factors_by_name',
  method: 'PUT',
  path: '/guardian/factors/{name}',
  tag,
  summary: 'Turn a factor on or off',
  scopes: update,
  params: strict({ name: choice(FACTORS) }),
  body: factorResource.create,
  status: 200,
  response: strict({ enabled: Type.Boolean() }),
  resource: factorResource,
});

export const getPolicies = operation({
  id: 'get_policies',
  method: 'GET',
  path: '/guardian/policies',
  tag,
  summary: 'Get the policies for second factors',
  scopes: readPolicies,
  status: 200,
  response: policyList,
});

export const setPolicies = operation({
  id: 'put_policies',
  method: 'PUT',
  path: '/guardian/policies',
  tag,
  summary: 'Set the policies for second factors',
  scopes: updatePolicies,
  inert: 'Kept and shown; a login asks for no second factor yet.',
  body: policyList,
  status: 200,
  response: policyList,
});

export const getDuo = reads(duoResource, {
  id: 'get_factor_duo_settings',
  path: '/guardian/factors/duo/settings',
  summary: 'Get the settings of Duo',
});

export const setDuo = sets(duoResource, {
  id: 'put_factor_duo_settings',
  path: '/guardian/factors/duo/settings',
  summary: 'Set the settings of Duo',
});

export const updateDuo = updates(duoResource, {
  id: 'patch_factor_duo_settings',
  path: '/guardian/factors/duo/settings',
  summary: 'Update the settings of Duo',
});

export const getMessageTypes = reads(messageTypesResource, {
  id: 'get_message-types',
  path: '/guardian/factors/phone/message-types',
  summary: 'Get the kinds of messages to phones',
});

export const setMessageTypes = sets(messageTypesResource, {
  id: 'put_message-types',
  path: '/guardian/factors/phone/message-types',
  summary: 'Set the kinds of messages to phones',
});

export const getPhoneTwilio = reads(twilioResource, {
  id: 'get_phone_twilio_factor_provider',
  path: '/guardian/factors/phone/providers/twilio',
  summary: 'Get the Twilio account for phones',
});

export const setPhoneTwilio = sets(twilioResource, {
  id: 'put_twilio',
  path: '/guardian/factors/phone/providers/twilio',
  summary: 'Set the Twilio account for phones',
});

export const getPhoneSelection = reads(phoneSelectionResource, {
  id: 'get_guardian_phone_providers',
  path: '/guardian/factors/phone/selected-provider',
  summary: 'Get who sends messages to phones',
});

export const setPhoneSelection = sets(phoneSelectionResource, {
  id: 'put_phone_providers',
  path: '/guardian/factors/phone/selected-provider',
  summary: 'Set who sends messages to phones',
});

export const getPhoneTemplates = reads(phoneTemplatesResource, {
  id: 'get_factor_phone_templates',
  path: '/guardian/factors/phone/templates',
  summary: 'Get the texts of messages to phones',
});

export const setPhoneTemplates = sets(phoneTemplatesResource, {
  id: 'put_factor_phone_templates',
  path: '/guardian/factors/phone/templates',
  summary: 'Set the texts of messages to phones',
});

export const getSmsTwilio = reads(twilioResource, {
  id: 'get_sms_twilio_factor_provider',
  path: '/guardian/factors/sms/providers/twilio',
  summary: 'Get the Twilio account for SMS',
});

export const setSmsTwilio = sets(twilioResource, {
  id: 'put_sms_twilio_factor_provider',
  path: '/guardian/factors/sms/providers/twilio',
  summary: 'Set the Twilio account for SMS',
});

export const getSmsSelection = reads(phoneSelectionResource, {
  id: 'get_sms_providers',
  path: '/guardian/factors/sms/selected-provider',
  summary: 'Get who sends SMS',
});

export const setSmsSelection = sets(phoneSelectionResource, {
  id: 'put_sms_providers',
  path: '/guardian/factors/sms/selected-provider',
  summary: 'Set who sends SMS',
});

export const getSmsTemplates = reads(phoneTemplatesResource, {
  id: 'get_factor_sms_templates',
  path: '/guardian/factors/sms/templates',
  summary: 'Get the texts of SMS',
});

export const setSmsTemplates = sets(phoneTemplatesResource, {
  id: 'put_factor_sms_templates',
  path: '/guardian/factors/sms/templates',
  summary: 'Set the texts of SMS',
});

export const getApns = reads(apnsResource, {
  id: 'get_apns',
  path: '/guardian/factors/push-notification/providers/apns',
  summary: 'Get the settings for iOS',
});

export const setApns = sets(apnsResource, {
  id: 'put_apns',
  path: '/guardian/factors/push-notification/providers/apns',
  summary: 'Set the settings for iOS',
});

export const updateApns = updates(apnsResource, {
  id: 'patch_apns',
  path: '/guardian/factors/push-notification/providers/apns',
  summary: 'Update the settings for iOS',
});

export const setFcm = sets(fcmResource, {
  id: 'put_fcm',
  path: '/guardian/factors/push-notification/providers/fcm',
  summary: 'Set the settings for Firebase',
});

export const updateFcm = updates(fcmResource, {
  id: 'patch_fcm',
  path: '/guardian/factors/push-notification/providers/fcm',
  summary: 'Update the settings for Firebase',
});

export const setFcmV1 = sets(fcmv1Resource, {
  id: 'put_fcmv1',
  path: '/guardian/factors/push-notification/providers/fcmv1',
  summary: 'Set the settings for Firebase HTTP v1',
});

export const updateFcmV1 = updates(fcmv1Resource, {
  id: 'patch_fcmv1',
  path: '/guardian/factors/push-notification/providers/fcmv1',
  summary: 'Update the settings for Firebase HTTP v1',
});

export const getSns = reads(snsResource, {
  id: 'get_sns',
  path: '/guardian/factors/push-notification/providers/sns',
  summary: 'Get the settings for Amazon SNS',
});

export const setSns = sets(snsResource, {
  id: 'put_sns',
  path: '/guardian/factors/push-notification/providers/sns',
  summary: 'Set the settings for Amazon SNS',
});

export const updateSns = updates(snsResource, {
  id: 'patch_sns',
  path: '/guardian/factors/push-notification/providers/sns',
  summary: 'Update the settings for Amazon SNS',
});

export const getPushSelection = reads(pushSelectionResource, {
  id: 'get_pn_providers',
  path: '/guardian/factors/push-notification/selected-provider',
  summary: 'Get who sends push notifications',
});

export const setPushSelection = sets(pushSelectionResource, {
  id: 'put_pn_providers',
  path: '/guardian/factors/push-notification/selected-provider',
  summary: 'Set who sends push notifications',
});

export const getWebAuthnPlatform = reads(webauthnPlatformResource, {
  id: 'get_webauthn-platform_settings',
  path: '/guardian/factors/webauthn-platform/settings',
  summary: 'Get the settings for keys within devices',
});

export const setWebAuthnPlatform = sets(webauthnPlatformResource, {
  id: 'put_webauthn-platform_settings',
  path: '/guardian/factors/webauthn-platform/settings',
  summary: 'Set the settings for keys within devices',
});

export const updateWebAuthnPlatform = updates(webauthnPlatformResource, {
  id: 'patch_webauthn-platform_settings',
  path: '/guardian/factors/webauthn-platform/settings',
  summary: 'Update the settings for keys within devices',
});

export const getWebAuthnRoaming = reads(webauthnRoamingResource, {
  id: 'get_webauthn-roaming_settings',
  path: '/guardian/factors/webauthn-roaming/settings',
  summary: 'Get the settings for security keys',
});

export const setWebAuthnRoaming = sets(webauthnRoamingResource, {
  id: 'put_webauthn-roaming_settings',
  path: '/guardian/factors/webauthn-roaming/settings',
  summary: 'Set the settings for security keys',
});

export const updateWebAuthnRoaming = updates(webauthnRoamingResource, {
  id: 'patch_webauthn-roaming_settings',
  path: '/guardian/factors/webauthn-roaming/settings',
  summary: 'Update the settings for security keys',
});
