/** Risk assessments: how sure one can be that a login is by the person it claims to be. Kept; nothing assesses yet. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import type { Singleton } from '../../tenants/singletons.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const tag = 'Risk assessments';
const read = ['read:attack_protection'];
const update = ['update:attack_protection'];

const riskSettingsResource = resource({
  name: 'RiskAssessmentSettings',
  plural: 'settings',
  fields: {
    enabled: field(Type.Boolean(), {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'Whether logins are assessed',
    }),
  },
});

export const riskSettings: Singleton<DocumentOf<typeof riskSettingsResource>> = {
  name: 'risk-assessments/settings',
  defaults: { enabled: false },
};

const newDeviceResource = resource({
  name: 'NewDeviceSettings',
  plural: 'settings',
  fields: {
    remember_for: field(Type.Integer({ minimum: 1, maximum: 365 }), {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'Days until a device counts as new again',
    }),
  },
});

export const newDevice: Singleton<DocumentOf<typeof newDeviceResource>> = {
  name: 'risk-assessments/settings/new-device',
  defaults: { remember_for: 30 },
};

export const getRiskSettings = operation({
  id: 'get_risk_assessments_settings',
  method: 'GET',
  path: '/risk-assessments/settings',
  tag,
  summary: 'Get the risk assessment settings',
  scopes: read,
  status: 200,
  response: riskSettingsResource.read,
});

export const updateRiskSettings = operation({
  id: 'patch_risk_assessments_settings',
  method: 'PATCH',
  path: '/risk-assessments/settings',
  tag,
  summary: 'Update the risk assessment settings',
  scopes: update,
  body: riskSettingsResource.create,
  status: 200,
  response: riskSettingsResource.read,
  resource: riskSettingsResource,
});

export const getNewDevice = operation({
  id: 'get_new-device',
  method: 'GET',
  path: '/risk-assessments/settings/new-device',
  tag,
  summary: 'Get the settings for new devices',
  scopes: read,
  status: 200,
  response: newDeviceResource.read,
});

export const updateNewDevice = operation({
  id: 'patch_new-device',
  method: 'PATCH',
  path: '/risk-assessments/settings/new-device',
  tag,
  summary: 'Update the settings for new devices',
  scopes: update,
  body: newDeviceResource.create,
  status: 200,
  response: newDeviceResource.read,
  resource: newDeviceResource,
});
