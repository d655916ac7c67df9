/** The operations of `/organizations/{id}/members`. Those below a member are in `roles.ts`. */
import { operation } from '../../../schema/operation.ts';
import { strict } from '../../../schema/types.ts';
import { checkpointQuery, fieldsQuery, listOf, pageQuery } from '../../lists.ts';
import { NOT_AT_LOGIN, ORGANIZATION_NOT_FOUND, params, tag } from '../schema.ts';
import { member, membersBody } from './schema.ts';

export const listOrganizationMembers = operation({
  id: 'get_organization_members',
  method: 'GET',
  path: '/organizations/{id}/members',
  tag,
  summary: 'List the members of an organization',
  scopes: ['read:organization_members'],
  params,
  query: strict({ ...pageQuery, ...checkpointQuery, ...fieldsQuery }),
  status: 200,
  response: listOf('members', member),
  errors: ORGANIZATION_NOT_FOUND,
});

export const addOrganizationMembers = operation({
  id: 'post_members',
  method: 'POST',
  path: '/organizations/{id}/members',
  tag,
  summary: 'Make users members of an organization',
  scopes: ['create:organization_members'],
  params,
  body: membersBody,
  status: 204,
  errors: { 400: 'invalid_body', ...ORGANIZATION_NOT_FOUND },
  inert: NOT_AT_LOGIN,
});

export const removeOrganizationMembers = operation({
  id: 'delete_members',
  method: 'DELETE',
  path: '/organizations/{id}/members',
  tag,
  summary: 'End memberships of an organization',
  scopes: ['delete:organization_members'],
  params,
  body: membersBody,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});
