/** The operations of `/organizations/{id}/invitations`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { fieldsQuery, listOf, pageQuery } from '../../lists.ts';
import { ORGANIZATION_NOT_FOUND, params, tag } from '../schema.ts';
import { invitationParams, invitationResource } from './schema.ts';

const NOT_FOUND = { 404: 'inexistent_invitation' };

export const listInvitations = operation({
  id: 'get_invitations',
  method: 'GET',
  path: '/organizations/{id}/invitations',
  tag,
  summary: 'List the invitations to an organization',
  scopes: ['read:organization_invitations'],
  params,
  query: strict({
    ...pageQuery,
    ...fieldsQuery,
    sort: opt(Type.String({ pattern: '^(id|created_at|expires_at):-?1$' })),
  }),
  status: 200,
  response: listOf('invitations', invitationResource.read),
  errors: ORGANIZATION_NOT_FOUND,
});

export const createInvitation = operation({
  id: 'post_invitations',
  method: 'POST',
  path: '/organizations/{id}/invitations',
  tag,
  summary: 'Invite somebody to an organization',
  scopes: ['create:organization_invitations'],
  params,
  body: invitationResource.create,
  status: 200,
  response: invitationResource.read,
  errors: { 400: 'invalid_body', ...ORGANIZATION_NOT_FOUND },
  resource: invitationResource,
  inert: 'The mail is sent; the login pages do not accept the invitation yet.',
});

export const getInvitation = operation({
  id: 'get_invitations_by_invitation_id',
  method: 'GET',
  path: '/organizations/{id}/invitations/{invitation_id}',
  tag,
  summary: 'Get an invitation to an organization',
  scopes: ['read:organization_invitations'],
  params: invitationParams,
  query: strict(fieldsQuery),
  status: 200,
  response: invitationResource.read,
  errors: NOT_FOUND,
});

export const deleteInvitation = operation({
  id: 'delete_invitations_by_invitation_id',
  method: 'DELETE',
  path: '/organizations/{id}/invitations/{invitation_id}',
  tag,
  summary: 'Take an invitation to an organization back',
  scopes: ['delete:organization_invitations'],
  params: invitationParams,
  status: 204,
  errors: NOT_FOUND,
});
