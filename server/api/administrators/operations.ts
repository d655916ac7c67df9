/** The operations of `/administrators`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { listOf, pageQuery } from '../lists.ts';
import { administratorInvitationResource, administratorResource } from './schema.ts';

const tag = 'Administrators';
const params = strict({ user_id: Type.String({ minLength: 1, maxLength: 300 }) });
const NOT_FOUND = { 404: 'inexistent_administrator' };
const LAST = { 409: 'last_administrator' };
const POWER = { 403: 'insufficient_power' };

export const listAdministratorsOperation = operation({
  id: 'get_administrators',
  method: 'GET',
  path: '/administrators',
  tag,
  summary: 'List administrators',
  scopes: ['read:administrators'],
  query: strict(pageQuery),
  status: 200,
  response: listOf('administrators', administratorResource.read),
});

export const createAdministrator = operation({
  id: 'post_administrators',
  method: 'POST',
  path: '/administrators',
  tag,
  summary: 'Make a user an administrator',
  scopes: ['create:administrators'],
  body: administratorResource.create,
  status: 201,
  response: administratorResource.read,
  errors: { ...POWER, 404: 'inexistent_user', 409: 'administrator_conflict' },
  resource: administratorResource,
});

export const getAdministratorById = operation({
  id: 'get_administrators_by_user_id',
  method: 'GET',
  path: '/administrators/{user_id}',
  tag,
  summary: 'Get an administrator',
  scopes: ['read:administrators'],
  params,
  status: 200,
  response: administratorResource.read,
  errors: NOT_FOUND,
});

export const updateAdministrator = operation({
  id: 'patch_administrators_by_user_id',
  method: 'PATCH',
  path: '/administrators/{user_id}',
  tag,
  summary: 'Change the roles of an administrator',
  scopes: ['update:administrators'],
  params,
  body: administratorResource.update,
  status: 200,
  response: administratorResource.read,
  errors: { ...POWER, ...NOT_FOUND, ...LAST },
  resource: administratorResource,
});

export const deleteAdministrator = operation({
  id: 'delete_administrators_by_user_id',
  method: 'DELETE',
  path: '/administrators/{user_id}',
  tag,
  summary: 'Take the administration from a user, who stays a user',
  scopes: ['delete:administrators'],
  params,
  status: 204,
  errors: { ...POWER, ...LAST },
});

export const listAdministratorInvitations = operation({
  id: 'get_administrator_invitations',
  method: 'GET',
  path: '/administrators/invitations',
  tag,
  summary: 'List invitations that nobody has used yet',
  scopes: ['read:administrators'],
  query: strict(pageQuery),
  status: 200,
  response: listOf('invitations', administratorInvitationResource.read),
});

export const createAdministratorInvitation = operation({
  id: 'post_administrator_invitations',
  method: 'POST',
  path: '/administrators/invitations',
  tag,
  summary: 'Invite somebody by mail to make an account that administers; replaces an earlier invitation',
  scopes: ['create:administrators'],
  body: administratorInvitationResource.create,
  status: 201,
  response: administratorInvitationResource.read,
  errors: { ...POWER, 409: 'user_exists' },
  resource: administratorInvitationResource,
});

export const deleteAdministratorInvitation = operation({
  id: 'delete_administrator_invitations_by_id',
  method: 'DELETE',
  path: '/administrators/invitations/{id}',
  tag,
  summary: 'Take back an invitation',
  scopes: ['delete:administrators'],
  params: strict({ id: idInPath() }),
  status: 204,
});
