/** The operations of `/branding/phone`: providers and templates of messages to phones. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { phoneProviderResource, phoneTemplateResource } from './phone-schema.ts';

const tag = 'Branding';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 255 }) });
const filter = strict({ disabled: opt(Type.Boolean()) });
const NO_PROVIDER = { 404: 'inexistent_phone_provider' };
const NO_TEMPLATE = { 404: 'inexistent_phone_template' };

/** To whom a message is sent, to see whether it arrives. */
const trial = strict({
  to: Type.String({ minLength: 1, maxLength: 16, pattern: PATTERNS.phoneNumberInUse }),
  delivery_method: opt(choice(['text', 'voice'])),
});

export const listPhoneProviders = operation({
  id: 'get_branding_phone_providers',
  method: 'GET',
  path: '/branding/phone/providers',
  tag,
  summary: 'List phone providers',
  scopes: ['read:phone_providers'],
  query: filter,
  status: 200,
  response: strict({ providers: Type.Array(phoneProviderResource.read) }),
});

export const createPhoneProvider = operation({
  id: 'create_phone_provider',
  method: 'POST',
  path: '/branding/phone/providers',
  tag,
  summary: 'Create the phone provider',
  scopes: ['create:phone_providers'],
  body: phoneProviderResource.create,
  status: 201,
  response: phoneProviderResource.read,
  errors: { 409: 'phone_provider_conflict' },
  resource: phoneProviderResource,
});

export const getPhoneProvider = operation({
  id: 'get_phone_provider',
  method: 'GET',
  path: '/branding/phone/providers/{id}',
  tag,
  summary: 'Get a phone provider',
  scopes: ['read:phone_providers'],
  params,
  status: 200,
  response: phoneProviderResource.read,
  errors: NO_PROVIDER,
});

export const updatePhoneProvider = operation({
  id: 'update_phone_provider',
  method: 'PATCH',
  path: '/branding/phone/providers/{id}',
  tag,
  summary: 'Update a phone provider',
  scopes: ['update:phone_providers'],
  params,
  body: Type.Object(phoneProviderResource.update.properties, {
    title: 'PhoneProvider update',
    additionalProperties: false,
    minProperties: 1,
  }),
  status: 200,
  response: phoneProviderResource.read,
  errors: NO_PROVIDER,
  resource: phoneProviderResource,
});

export const deletePhoneProvider = operation({
  id: 'delete_phone_provider',
  method: 'DELETE',
  path: '/branding/phone/providers/{id}',
  tag,
  summary: 'Delete a phone provider',
  scopes: ['delete:phone_providers'],
  params,
  status: 204,
  errors: NO_PROVIDER,
});

export const tryPhoneProvider = operation({
  id: 'try_phone_provider',
  method: 'POST',
  path: '/branding/phone/providers/{id}/try',
  tag,
  summary: 'Send a message by a phone provider',
  scopes: ['create:phone_providers'],
  params,
  body: trial,
  status: 202,
  response: strict({ code: opt(Type.Number()), message: opt(Type.String()) }),
  errors: NO_PROVIDER,
});

export const listPhoneTemplates = operation({
  id: 'get_phone_templates',
  method: 'GET',
  path: '/branding/phone/templates',
  tag,
  summary: 'List phone templates',
  scopes: ['read:phone_templates'],
  query: filter,
  status: 200,
  response: strict({ templates: Type.Array(phoneTemplateResource.read) }),
});

export const createPhoneTemplate = operation({
  id: 'create_phone_template',
  method: 'POST',
  path: '/branding/phone/templates',
  tag,
  summary: 'Create a phone template',
  scopes: ['create:phone_templates'],
  body: phoneTemplateResource.create,
  status: 201,
  response: phoneTemplateResource.read,
  errors: { 409: 'phone_template_conflict' },
  resource: phoneTemplateResource,
});

export const getPhoneTemplate = operation({
  id: 'get_phone_template',
  method: 'GET',
  path: '/branding/phone/templates/{id}',
  tag,
  summary: 'Get a phone template',
  scopes: ['read:phone_templates'],
  params,
  status: 200,
  response: phoneTemplateResource.read,
  errors: NO_TEMPLATE,
});

export const updatePhoneTemplate = operation({
  id: 'update_phone_template',
  method: 'PATCH',
  path: '/branding/phone/templates/{id}',
  tag,
  summary: 'Update a phone template',
  scopes: ['update:phone_templates'],
  params,
  body: phoneTemplateResource.update,
  status: 200,
  response: phoneTemplateResource.read,
  errors: NO_TEMPLATE,
  resource: phoneTemplateResource,
});

export const deletePhoneTemplate = operation({
  id: 'delete_phone_template',
  method: 'DELETE',
  path: '/branding/phone/templates/{id}',
  tag,
  summary: 'Delete a phone template',
  scopes: ['delete:phone_templates'],
  params,
  status: 204,
  errors: NO_TEMPLATE,
});

export const resetPhoneTemplate = operation({
  id: 'reset_phone_template',
  method: 'PATCH',
  path: '/branding/phone/templates/{id}/reset',
  tag,
  summary: 'Reset a phone template to our text',
  scopes: ['update:phone_templates', 'create:phone_templates'],
  params,
  status: 200,
  response: phoneTemplateResource.read,
  errors: NO_TEMPLATE,
  resource: phoneTemplateResource,
});

export const tryPhoneTemplate = operation({
  id: 'try_phone_template',
  method: 'POST',
  path: '/branding/phone/templates/{id}/try',
  tag,
  summary: 'Send a message with a phone template',
  scopes: ['create:phone_templates'],
  params,
  body: trial,
  status: 202,
  response: strict({ message: Type.String() }),
  errors: NO_TEMPLATE,
});
