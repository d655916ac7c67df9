/** The operations of `/user-attribute-profiles`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery } from '../lists.ts';
import { userAttributeProfileResource as resource } from './schema.ts';

const tag = 'User attribute profiles';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_user_attribute_profile' };
const CONFLICT = { 409: 'user_attribute_profile_conflict' };
const template = strict({
  id: Type.String(),
  display_name: Type.String(),
  template: strict({
    name: resource.fields.name.schema,
    user_id: resource.fields.user_id.schema,
    user_attributes: resource.fields.user_attributes.schema,
  }),
});

export const listUserAttributeProfiles = operation({
  id: 'get_user-attribute-profiles',
  method: 'GET',
  path: '/user-attribute-profiles',
  tag,
  summary: 'List user attribute profiles',
  scopes: ['read:user_attribute_profiles'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ user_attribute_profiles: Type.Array(resource.read), next: opt(Type.String()) }),
});

export const createUserAttributeProfile = operation({
  id: 'post_user-attribute-profiles',
  method: 'POST',
  path: '/user-attribute-profiles',
  tag,
  summary: 'Create a user attribute profile',
  scopes: ['create:user_attribute_profiles'],
  body: resource.create,
  status: 201,
  response: resource.read,
  errors: CONFLICT,
  resource,
});

export const listUserAttributeProfileTemplates = operation({
  id: 'get_user_attribute_profile_templates',
  method: 'GET',
  path: '/user-attribute-profiles/templates',
  tag,
  summary: 'List templates of user attribute profiles',
  scopes: ['read:user_attribute_profiles'],
  status: 200,
  response: strict({ user_attribute_profile_templates: Type.Array(template) }),
});

export const getUserAttributeProfileTemplate = operation({
  id: 'get_user_attribute_profile_template',
  method: 'GET',
  path: '/user-attribute-profiles/templates/{id}',
  tag,
  summary: 'Get a template of user attribute profiles',
  scopes: ['read:user_attribute_profiles'],
  params,
  status: 200,
  response: template,
  errors: { 404: 'inexistent_user_attribute_profile_template' },
});

export const getUserAttributeProfile = operation({
  id: 'get_user-attribute-profiles_by_id',
  method: 'GET',
  path: '/user-attribute-profiles/{id}',
  tag,
  summary: 'Get a user attribute profile',
  scopes: ['read:user_attribute_profiles'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateUserAttributeProfile = operation({
  id: 'patch_user-attribute-profiles_by_id',
  method: 'PATCH',
  path: '/user-attribute-profiles/{id}',
  tag,
  summary: 'Change a user attribute profile',
  scopes: ['update:user_attribute_profiles'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: { ...NOT_FOUND, ...CONFLICT },
  resource,
});

export const deleteUserAttributeProfile = operation({
  id: 'delete_user-attribute-profiles_by_id',
  method: 'DELETE',
  path: '/user-attribute-profiles/{id}',
  tag,
  summary: 'Delete a user attribute profile',
  scopes: ['delete:user_attribute_profiles'],
  params,
  status: 204,
});
