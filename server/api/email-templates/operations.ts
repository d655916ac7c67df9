/** The operations of `/email-templates`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, strict } from '../../schema/types.ts';
import { emailTemplateResource, REQUIRED, TEMPLATE_NAMES } from './schema.ts';

const tag = 'Email templates';
const params = strict({ templateName: choice(TEMPLATE_NAMES) });
const NOT_FOUND = { 404: 'inexistent_email_template' };
const resource = emailTemplateResource;
/** Null is a value here, but it must be given. */
const whole = Type.Unsafe<Record<string, unknown>>({ ...resource.create, required: [...REQUIRED] });

export const createTemplate = operation({
  id: 'post_email-templates',
  method: 'POST',
  path: '/email-templates',
  tag,
  summary: 'Create a mail template',
  scopes: ['create:email_templates'],
  body: whole,
  status: 200,
  response: resource.read,
  errors: { 409: 'email_template_exists' },
  resource,
});

export const getTemplate = operation({
  id: 'get_email-templates_by_templateName',
  method: 'GET',
  path: '/email-templates/{templateName}',
  tag,
  summary: 'Get a mail template',
  scopes: ['read:email_templates'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateTemplate = operation({
  id: 'patch_email-templates_by_templateName',
  method: 'PATCH',
  path: '/email-templates/{templateName}',
  tag,
  summary: 'Update a mail template',
  scopes: ['update:email_templates'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
  resource,
});

export const setTemplate = operation({
  id: 'put_email-templates_by_templateName',
  method: 'PUT',
  path: '/email-templates/{templateName}',
  tag,
  summary: 'Replace a mail template',
  scopes: ['update:email_templates'],
  params,
  body: whole,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
  resource,
});
