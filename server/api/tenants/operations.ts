/** The operations of `/tenants/settings`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { fieldsQuery } from '../lists.ts';
import { settingsResource } from './schema.ts';

const tag = 'Tenants';

export const getSettings = operation({
  id: 'tenant_settings_route',
  method: 'GET',
  path: '/tenants/settings',
  tag,
  summary: 'Get tenant settings',
  scopes: ['read:tenant_settings'],
  query: strict(fieldsQuery),
  status: 200,
  response: settingsResource.read,
  resource: settingsResource,
});

export const updateSettings = operation({
  id: 'patch_settings',
  method: 'PATCH',
  path: '/tenants/settings',
  tag,
  summary: 'Update tenant settings',
  scopes: ['update:tenant_settings'],
  body: Type.Object(settingsResource.update.properties, {
    title: 'TenantSettings update',
    additionalProperties: false,
    minProperties: 1,
  }),
  status: 200,
  response: settingsResource.read,
  resource: settingsResource,
});
