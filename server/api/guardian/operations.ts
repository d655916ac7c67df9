/** The operations of `/guardian` about factors and policies. Enrollments have a file of their own. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
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

export const getDuo = operation({
  id: 'get_factor_duo_settings',
  method: 'GET',
  path: '/guardian/factors/duo/settings',
  tag,
  summary: 'Get the settings of Duo',
  scopes: read,
  status: 200,
  response: duoResource.read,
});

export const setDuo = operation({
  id: 'put_factor_duo_settings',
  method: 'PUT',
  path: '/guardian/factors/duo/settings',
  tag,
  summary: 'Set the settings of Duo',
  scopes: update,
  body: duoResource.create,
  status: 200,
  response: duoResource.read,
  resource: duoResource,
});

export const updateDuo = operation({
  id: 'patch_factor_duo_settings',
  method: 'PATCH',
  path: '/guardian/factors/duo/settings',
  tag,
  summary: 'Update the settings of Duo',
  scopes: update,
  body: duoResource.update,
  status: 200,
  response: duoResource.read,
  resource: duoResource,
});

export const getMessageTypes = operation({
  id: 'get_message-types',
  method: 'GET',
  path: '/guardian/factors/phone/message-types',
  tag,
  summary: 'Get the kinds of messages to phones',
  scopes: read,
  status: 200,
  response: messageTypesResource.read,
});

export const setMessageTypes = operation({
  id: 'put_message-types',
  method: 'PUT',
  path: '/guardian/factors/phone/message-types',
  tag,
  summary: 'Set the kinds of messages to phones',
  scopes: update,
  body: messageTypesResource.create,
  status: 200,
  response: messageTypesResource.read,
  resource: messageTypesResource,
});

export const getPhoneTwilio = operation({
  id: 'get_phone_twilio_factor_provider',
  method: 'GET',
  path: '/guardian/factors/phone/providers/twilio',
  tag,
  summary: 'Get the Twilio account for phones',
  scopes: read,
  status: 200,
  response: twilioResource.read,
});

export const setPhoneTwilio = operation({
  id: 'put_twilio',
  method: 'PUT',
  path: '/guardian/factors/phone/providers/twilio',
  tag,
  summary: 'Set the Twilio account for phones',
  scopes: update,
  body: twilioResource.create,
  status: 200,
  response: twilioResource.read,
  resource: twilioResource,
});

export const getPhoneSelection = operation({
  id: 'get_guardian_phone_providers',
  method: 'GET',
  path: '/guardian/factors/phone/selected-provider',
  tag,
  summary: 'Get who sends messages to phones',
  scopes: read,
  status: 200,
  response: phoneSelectionResource.read,
});

export const setPhoneSelection = operation({
  id: 'put_phone_providers',
  method: 'PUT',
  path: '/guardian/factors/phone/selected-provider',
  tag,
  summary: 'Set who sends messages to phones',
  scopes: update,
  body: phoneSelectionResource.create,
  status: 200,
  response: phoneSelectionResource.read,
  resource: phoneSelectionResource,
});

export const getPhoneTemplates = operation({
  id: 'get_factor_phone_templates',
  method: 'GET',
  path: '/guardian/factors/phone/templates',
  tag,
  summary: 'Get the texts of messages to phones',
  scopes: read,
  status: 200,
  response: phoneTemplatesResource.read,
});

export const setPhoneTemplates = operation({
  id: 'put_factor_phone_templates',
  method: 'PUT',
  path: '/guardian/factors/phone/templates',
  tag,
  summary: 'Set the texts of messages to phones',
  scopes: update,
  body: phoneTemplatesResource.create,
  status: 200,
  response: phoneTemplatesResource.read,
  resource: phoneTemplatesResource,
});

export const getSmsTwilio = operation({
  id: 'get_sms_twilio_factor_provider',
  method: 'GET',
  path: '/guardian/factors/sms/providers/twilio',
  tag,
  summary: 'Get the Twilio account for SMS',
  scopes: read,
  status: 200,
  response: twilioResource.read,
});

export const setSmsTwilio = operation({
  id: 'put_sms_twilio_factor_provider',
  method: 'PUT',
  path: '/guardian/factors/sms/providers/twilio',
  tag,
  summary: 'Set the Twilio account for SMS',
  scopes: update,
  body: twilioResource.create,
  status: 200,
  response: twilioResource.read,
  resource: twilioResource,
});

export const getSmsSelection = operation({
  id: 'get_sms_providers',
  method: 'GET',
  path: '/guardian/factors/sms/selected-provider',
  tag,
  summary: 'Get who sends SMS',
  scopes: read,
  status: 200,
  response: phoneSelectionResource.read,
});

export const setSmsSelection = operation({
  id: 'put_sms_providers',
  method: 'PUT',
  path: '/guardian/factors/sms/selected-provider',
  tag,
  summary: 'Set who sends SMS',
  scopes: update,
  body: phoneSelectionResource.create,
  status: 200,
  response: phoneSelectionResource.read,
  resource: phoneSelectionResource,
});

export const getSmsTemplates = operation({
  id: 'get_factor_sms_templates',
  method: 'GET',
  path: '/guardian/factors/sms/templates',
  tag,
  summary: 'Get the texts of SMS',
  scopes: read,
  status: 200,
  response: phoneTemplatesResource.read,
});

export const setSmsTemplates = operation({
  id: 'put_factor_sms_templates',
  method: 'PUT',
  path: '/guardian/factors/sms/templates',
  tag,
  summary: 'Set the texts of SMS',
  scopes: update,
  body: phoneTemplatesResource.create,
  status: 200,
  response: phoneTemplatesResource.read,
  resource: phoneTemplatesResource,
});

export const getApns = operation({
  id: 'get_apns',
  method: 'GET',
  path: '/guardian/factors/push-notification/providers/apns',
  tag,
  summary: 'Get the settings for iOS',
  scopes: read,
  status: 200,
  response: apnsResource.read,
});

export const setApns = operation({
  id: 'put_apns',
  method: 'PUT',
  path: '/guardian/factors/push-notification/providers/apns',
  tag,
  summary: 'Set the settings for iOS',
  scopes: update,
  body: apnsResource.create,
  status: 200,
  response: apnsResource.read,
  resource: apnsResource,
});

export const updateApns = operation({
  id: 'patch_apns',
  method: 'PATCH',
  path: '/guardian/factors/push-notification/providers/apns',
  tag,
  summary: 'Update the settings for iOS',
  scopes: update,
  body: apnsResource.update,
  status: 200,
  response: apnsResource.read,
  resource: apnsResource,
});

export const setFcm = operation({
  id: 'put_fcm',
  method: 'PUT',
  path: '/guardian/factors/push-notification/providers/fcm',
  tag,
  summary: 'Set the settings for Firebase',
  scopes: update,
  body: fcmResource.create,
  status: 200,
  response: fcmResource.read,
  resource: fcmResource,
});

export const updateFcm = operation({
  id: 'patch_fcm',
  method: 'PATCH',
  path: '/guardian/factors/push-notification/providers/fcm',
  tag,
  summary: 'Update the settings for Firebase',
  scopes: update,
  body: fcmResource.update,
  status: 200,
  response: fcmResource.read,
  resource: fcmResource,
});

export const setFcmV1 = operation({
  id: 'put_fcmv1',
  method: 'PUT',
  path: '/guardian/factors/push-notification/providers/fcmv1',
  tag,
  summary: 'Set the settings for Firebase HTTP v1',
  scopes: update,
  body: fcmv1Resource.create,
  status: 200,
  response: fcmv1Resource.read,
  resource: fcmv1Resource,
});

export const updateFcmV1 = operation({
  id: 'patch_fcmv1',
  method: 'PATCH',
  path: '/guardian/factors/push-notification/providers/fcmv1',
  tag,
  summary: 'Update the settings for Firebase HTTP v1',
  scopes: update,
  body: fcmv1Resource.update,
  status: 200,
  response: fcmv1Resource.read,
  resource: fcmv1Resource,
});

export const getSns = operation({
  id: 'get_sns',
  method: 'GET',
  path: '/guardian/factors/push-notification/providers/sns',
  tag,
  summary: 'Get the settings for Amazon SNS',
  scopes: read,
  status: 200,
  response: snsResource.read,
});

export const setSns = operation({
  id: 'put_sns',
  method: 'PUT',
  path: '/guardian/factors/push-notification/providers/sns',
  tag,
  summary: 'Set the settings for Amazon SNS',
  scopes: update,
  body: snsResource.create,
  status: 200,
  response: snsResource.read,
  resource: snsResource,
});

export const updateSns = operation({
  id: 'patch_sns',
  method: 'PATCH',
  path: '/guardian/factors/push-notification/providers/sns',
  tag,
  summary: 'Update the settings for Amazon SNS',
  scopes: update,
  body: snsResource.update,
  status: 200,
  response: snsResource.read,
  resource: snsResource,
});

export const getPushSelection = operation({
  id: 'get_pn_providers',
  method: 'GET',
  path: '/guardian/factors/push-notification/selected-provider',
  tag,
  summary: 'Get who sends push notifications',
  scopes: read,
  status: 200,
  response: pushSelectionResource.read,
});

export const setPushSelection = operation({
  id: 'put_pn_providers',
  method: 'PUT',
  path: '/guardian/factors/push-notification/selected-provider',
  tag,
  summary: 'Set who sends push notifications',
  scopes: update,
  body: pushSelectionResource.create,
  status: 200,
  response: pushSelectionResource.read,
  resource: pushSelectionResource,
});

export const getWebAuthnPlatform = operation({
  id: 'get_webauthn-platform_settings',
  method: 'GET',
  path: '/guardian/factors/webauthn-platform/settings',
  tag,
  summary: 'Get the settings for keys within devices',
  scopes: read,
  status: 200,
  response: webauthnPlatformResource.read,
});

export const setWebAuthnPlatform = operation({
  id: 'put_webauthn-platform_settings',
  method: 'PUT',
  path: '/guardian/factors/webauthn-platform/settings',
  tag,
  summary: 'Set the settings for keys within devices',
  scopes: update,
  body: webauthnPlatformResource.create,
  status: 200,
  response: webauthnPlatformResource.read,
  resource: webauthnPlatformResource,
});

export const updateWebAuthnPlatform = operation({
  id: 'patch_webauthn-platform_settings',
  method: 'PATCH',
  path: '/guardian/factors/webauthn-platform/settings',
  tag,
  summary: 'Update the settings for keys within devices',
  scopes: update,
  body: webauthnPlatformResource.update,
  status: 200,
  response: webauthnPlatformResource.read,
  resource: webauthnPlatformResource,
});

export const getWebAuthnRoaming = operation({
  id: 'get_webauthn-roaming_settings',
  method: 'GET',
  path: '/guardian/factors/webauthn-roaming/settings',
  tag,
  summary: 'Get the settings for security keys',
  scopes: read,
  status: 200,
  response: webauthnRoamingResource.read,
});

export const setWebAuthnRoaming = operation({
  id: 'put_webauthn-roaming_settings',
  method: 'PUT',
  path: '/guardian/factors/webauthn-roaming/settings',
  tag,
  summary: 'Set the settings for security keys',
  scopes: update,
  body: webauthnRoamingResource.create,
  status: 200,
  response: webauthnRoamingResource.read,
  resource: webauthnRoamingResource,
});

export const updateWebAuthnRoaming = operation({
  id: 'patch_webauthn-roaming_settings',
  method: 'PATCH',
  path: '/guardian/factors/webauthn-roaming/settings',
  tag,
  summary: 'Update the settings for security keys',
  scopes: update,
  body: webauthnRoamingResource.update,
  status: 200,
  response: webauthnRoamingResource.read,
  resource: webauthnRoamingResource,
});
