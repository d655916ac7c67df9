/** The operations of `/verifiable-credentials/verification/templates`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { checkpointQuery } from '../lists.ts';
import { vcTemplateResource } from './schema.ts';

const tag = 'Verifiable credentials';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 26 }) });
const NOT_FOUND = { 404: 'inexistent_template' };
const resource = vcTemplateResource;

export const listVcTemplates = operation({
  id: 'get_vc_templates',
  method: 'GET',
  path: '/verifiable-credentials/verification/templates',
  tag,
  summary: 'List presentation templates',
  scopes: ['read:vdcs_templates'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ next: Type.Optional(Type.String()), templates: Type.Array(resource.read) }),
});

export const createVcTemplate = operation({
  id: 'post_vc_templates',
  method: 'POST',
  path: '/verifiable-credentials/verification/templates',
  tag,
  summary: 'Create a presentation template',
  scopes: ['create:vdcs_templates'],
  body: resource.create,
  status: 201,
  response: resource.read,
  errors: { 409: 'template_exists' },
  resource,
});

export const getVcTemplate = operation({
  id: 'get_vc_templates_by_id',
  method: 'GET',
  path: '/verifiable-credentials/verification/templates/{id}',
  tag,
  summary: 'Get a presentation template',
  scopes: ['read:vdcs_templates'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateVcTemplate = operation({
  id: 'patch_vc_templates_by_id',
  method: 'PATCH',
  path: '/verifiable-credentials/verification/templates/{id}',
  tag,
  summary: 'Update a presentation template',
  scopes: ['update:vdcs_templates'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: { ...NOT_FOUND, 409: 'template_exists' },
  resource,
});

export const deleteVcTemplate = operation({
  id: 'delete_vc_templates_by_id',
  method: 'DELETE',
  path: '/verifiable-credentials/verification/templates/{id}',
  tag,
  summary: 'Delete a presentation template',
  scopes: ['delete:vdcs_templates'],
  params,
  status: 204,
});
