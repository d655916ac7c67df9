/** The operations of `/connection-profiles`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery } from '../lists.ts';
import { connectionProfileResource as resource } from './schema.ts';

const tag = 'Connection profiles';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_connection_profile' };
const CONFLICT = { 409: 'connection_profile_conflict' };
const { id: _id, ...templateFields } = resource.read.properties;
const template = strict({
  id: Type.String(),
  display_name: Type.String(),
  template: Type.Object(templateFields),
});

export const listConnectionProfiles = operation({
  id: 'get_connection-profiles',
  method: 'GET',
  path: '/connection-profiles',
  tag,
  summary: 'List connection profiles',
  scopes: ['read:connection_profiles'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ connection_profiles: Type.Array(resource.read), next: opt(Type.String()) }),
});

export const createConnectionProfile = operation({
  id: 'post_connection-profiles',
  method: 'POST',
  path: '/connection-profiles',
  tag,
  summary: 'Create a connection profile',
  scopes: ['create:connection_profiles'],
  body: resource.create,
  status: 201,
  response: resource.read,
  errors: CONFLICT,
  resource,
});

export const listConnectionProfileTemplates = operation({
  id: 'get_connection_profile_templates',
  method: 'GET',
  path: '/connection-profiles/templates',
  tag,
  summary: 'List templates of connection profiles',
  scopes: ['read:connection_profiles'],
  status: 200,
  response: strict({ connection_profile_templates: Type.Array(template) }),
});

export const getConnectionProfileTemplate = operation({
  id: 'get_connection_profile_template',
  method: 'GET',
  path: '/connection-profiles/templates/{id}',
  tag,
  summary: 'Get a template of connection profiles',
  scopes: ['read:connection_profiles'],
  params,
  status: 200,
  response: template,
  errors: { 404: 'inexistent_connection_profile_template' },
});

export const getConnectionProfile = operation({
  id: 'get_connection-profiles_by_id',
  method: 'GET',
  path: '/connection-profiles/{id}',
  tag,
  summary: 'Get a connection profile',
  scopes: ['read:connection_profiles'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateConnectionProfile = operation({
  id: 'patch_connection-profiles_by_id',
  method: 'PATCH',
  path: '/connection-profiles/{id}',
  tag,
  summary: 'Change a connection profile',
  scopes: ['update:connection_profiles'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: { ...NOT_FOUND, ...CONFLICT },
  resource,
});

export const deleteConnectionProfile = operation({
  id: 'delete_connection-profiles_by_id',
  method: 'DELETE',
  path: '/connection-profiles/{id}',
  tag,
  summary: 'Delete a connection profile',
  scopes: ['delete:connection_profiles'],
  params,
  status: 204,
});
