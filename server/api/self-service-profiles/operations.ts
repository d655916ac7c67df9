/** The operations of `/self-service-profiles`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, strict } from '../../schema/types.ts';
import { pageQuery } from '../lists.ts';
import {
  customText,
  selfServiceProfileResource as resource,
  ticketMade,
  ticketRequest,
  ticketResource,
} from './schema.ts';

const tag = 'Self-service profiles';
const id = Type.String({ minLength: 1, maxLength: 100 });
const params = strict({ id });
const textParams = strict({ id, language: choice(['en']), page: choice(['get-started']) });
const NOT_FOUND = { 404: 'inexistent_self_service_profile' };

export const listSelfServiceProfiles = operation({
  id: 'get_self-service-profiles',
  method: 'GET',
  path: '/self-service-profiles',
  tag,
  summary: 'List self-service profiles',
  scopes: ['read:self_service_profiles'],
  query: strict(pageQuery),
  status: 200,
  response: Type.Union([
    Type.Array(resource.read),
    Type.Object({
      start: Type.Integer(),
      limit: Type.Integer(),
      total: Type.Integer(),
      self_service_profiles: Type.Array(resource.read),
    }),
  ]),
});

export const createSelfServiceProfile = operation({
  id: 'post_self-service-profiles',
  method: 'POST',
  path: '/self-service-profiles',
  tag,
  summary: 'Create a self-service profile',
  scopes: ['create:self_service_profiles'],
  body: resource.create,
  status: 201,
  response: resource.read,
  errors: { 409: 'self_service_profile_limit' },
  resource,
});

export const getSelfServiceProfile = operation({
  id: 'get_self-service-profiles_by_id',
  method: 'GET',
  path: '/self-service-profiles/{id}',
  tag,
  summary: 'Get a self-service profile',
  scopes: ['read:self_service_profiles'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateSelfServiceProfile = operation({
  id: 'patch_self-service-profiles_by_id',
  method: 'PATCH',
  path: '/self-service-profiles/{id}',
  tag,
  summary: 'Change a self-service profile',
  scopes: ['update:self_service_profiles'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
  resource,
});

export const deleteSelfServiceProfile = operation({
  id: 'delete_self-service-profiles_by_id',
  method: 'DELETE',
  path: '/self-service-profiles/{id}',
  tag,
  summary: 'Delete a self-service profile',
  scopes: ['delete:self_service_profiles'],
  params,
  status: 204,
});

export const getSelfServiceText = operation({
  id: 'get_self_service_profile_custom_text',
  method: 'GET',
  path: '/self-service-profiles/{id}/custom-text/{language}/{page}',
  tag,
  summary: 'Get the texts of a self-service page',
  scopes: ['read:self_service_profile_custom_texts'],
  params: textParams,
  status: 200,
  response: customText,
  errors: NOT_FOUND,
});

export const replaceSelfServiceText = operation({
  id: 'put_self_service_profile_custom_text',
  method: 'PUT',
  path: '/self-service-profiles/{id}/custom-text/{language}/{page}',
  tag,
  summary: 'Replace the texts of a self-service page',
  scopes: ['update:self_service_profile_custom_texts'],
  params: textParams,
  body: customText,
  status: 200,
  response: customText,
  errors: NOT_FOUND,
});

export const createSsoTicket = operation({
  id: 'post_sso-ticket',
  method: 'POST',
  path: '/self-service-profiles/{id}/sso-ticket',
  tag,
  summary: 'Make a ticket to set up a connection',
  scopes: ['create:sso_access_tickets'],
  params,
  body: ticketRequest,
  status: 201,
  response: ticketMade,
  errors: { 400: 'inexistent_connection', ...NOT_FOUND, 409: 'connection_conflict' },
  resource: ticketResource,
});

export const revokeSsoTicket = operation({
  id: 'post_revoke',
  method: 'POST',
  path: '/self-service-profiles/{profileId}/sso-ticket/{id}/revoke',
  tag,
  summary: 'Revoke a ticket to set up a connection',
  scopes: ['delete:sso_access_tickets'],
  params: strict({ profileId: id, id }),
  status: 202,
  response: strict({}),
});
