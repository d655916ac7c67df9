/** The operations of `/attack-protection`: reading and changing each protection. */
import { operation } from '../../schema/operation.ts';
import {
  botDetectionResource,
  breachedPasswordResource,
  bruteForceResource,
  captchaResource,
  captchaShown,
  phoneProviderResource,
  suspiciousIpResource,
} from './schema.ts';

const tag = 'Attack protection';
const read = ['read:attack_protection'];
const update = ['update:attack_protection'];

export const getBotDetection = operation({
  id: 'get_bot-detection',
  method: 'GET',
  path: '/attack-protection/bot-detection',
  tag,
  summary: 'Get bot detection',
  scopes: read,
  status: 200,
  response: botDetectionResource.read,
});

export const updateBotDetection = operation({
  id: 'patch_bot-detection',
  method: 'PATCH',
  path: '/attack-protection/bot-detection',
  tag,
  summary: 'Update bot detection',
  scopes: update,
  body: botDetectionResource.update,
  status: 200,
  response: botDetectionResource.read,
  resource: botDetectionResource,
});

export const getBreachedPassword = operation({
  id: 'get_breached-password-detection',
  method: 'GET',
  path: '/attack-protection/breached-password-detection',
  tag,
  summary: 'Get breached password detection',
  scopes: read,
  status: 200,
  response: breachedPasswordResource.read,
});

export const updateBreachedPassword = operation({
  id: 'patch_breached-password-detection',
  method: 'PATCH',
  path: '/attack-protection/breached-password-detection',
  tag,
  summary: 'Update breached password detection',
  scopes: update,
  body: breachedPasswordResource.update,
  status: 200,
  response: breachedPasswordResource.read,
  resource: breachedPasswordResource,
});

export const getBruteForce = operation({
  id: 'get_brute-force-protection',
  method: 'GET',
  path: '/attack-protection/brute-force-protection',
  tag,
  summary: 'Get brute-force protection',
  scopes: read,
  status: 200,
  response: bruteForceResource.read,
});

export const updateBruteForce = operation({
  id: 'patch_brute-force-protection',
  method: 'PATCH',
  path: '/attack-protection/brute-force-protection',
  tag,
  summary: 'Update brute-force protection',
  scopes: update,
  body: bruteForceResource.update,
  status: 200,
  response: bruteForceResource.read,
  resource: bruteForceResource,
});

export const getCaptcha = operation({
  id: 'get_captcha',
  method: 'GET',
  path: '/attack-protection/captcha',
  tag,
  summary: 'Get the captcha settings',
  scopes: read,
  status: 200,
  response: captchaShown,
});

export const updateCaptcha = operation({
  id: 'patch_captcha',
  method: 'PATCH',
  path: '/attack-protection/captcha',
  tag,
  summary: 'Update the captcha settings',
  scopes: update,
  body: captchaResource.update,
  status: 200,
  response: captchaShown,
  resource: captchaResource,
});

export const getPhoneProvider = operation({
  id: 'get_phone-provider-protection',
  method: 'GET',
  path: '/attack-protection/phone-provider-protection',
  tag,
  summary: 'Get phone provider protection',
  scopes: read,
  status: 200,
  response: phoneProviderResource.read,
});

export const updatePhoneProvider = operation({
  id: 'patch_phone-provider-protection',
  method: 'PATCH',
  path: '/attack-protection/phone-provider-protection',
  tag,
  summary: 'Update phone provider protection',
  scopes: update,
  body: phoneProviderResource.create,
  status: 200,
  response: phoneProviderResource.read,
  resource: phoneProviderResource,
});

export const getSuspiciousIp = operation({
  id: 'get_suspicious-ip-throttling',
  method: 'GET',
  path: '/attack-protection/suspicious-ip-throttling',
  tag,
  summary: 'Get suspicious IP throttling',
  scopes: read,
  status: 200,
  response: suspiciousIpResource.read,
});

export const updateSuspiciousIp = operation({
  id: 'patch_suspicious-ip-throttling',
  method: 'PATCH',
  path: '/attack-protection/suspicious-ip-throttling',
  tag,
  summary: 'Update suspicious IP throttling',
  scopes: update,
  body: suspiciousIpResource.update,
  status: 200,
  response: suspiciousIpResource.read,
  resource: suspiciousIpResource,
});
