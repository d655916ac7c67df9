/** The operations of `/organizations/{organization_id}/groups`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { groupId, groupResource } from '../../groups/schema.ts';
import { checkpointQuery } from '../../lists.ts';
import { rolesBody, shortRole } from '../members/schema.ts';
import { NOT_AT_LOGIN, ORGANIZATION_NOT_FOUND, organizationId, tag } from '../schema.ts';

const params = strict({ organization_id: organizationId, group_id: groupId });
const NOT_FOUND = { 404: 'inexistent_group' };

export const listOrganizationGroups = operation({
  id: 'get_organization_groups',
  method: 'GET',
  path: '/organizations/{organization_id}/groups',
  tag,
  summary: 'List the groups of an organization',
  scopes: ['read:organization_groups'],
  params: strict({ organization_id: organizationId }),
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ groups: Type.Array(groupResource.read), next: opt(Type.String()) }),
  errors: ORGANIZATION_NOT_FOUND,
});

export const listOrganizationGroupRoles = operation({
  id: 'get_organization_group_roles',
  method: 'GET',
  path: '/organizations/{organization_id}/groups/{group_id}/roles',
  tag,
  summary: 'List the roles that a group has within an organization',
  scopes: ['read:organization_group_roles'],
  params,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ roles: Type.Array(shortRole), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});

export const addOrganizationGroupRoles = operation({
  id: 'post_organization_group_roles',
  method: 'POST',
  path: '/organizations/{organization_id}/groups/{group_id}/roles',
  tag,
  summary: 'Give a group roles within an organization',
  scopes: ['create:organization_group_roles'],
  params,
  body: rolesBody,
  status: 204,
  errors: { 400: 'invalid_body', ...NOT_FOUND, 409: 'too_many_entities' },
  inert: NOT_AT_LOGIN,
});

export const removeOrganizationGroupRoles = operation({
  id: 'delete_organization_group_roles',
  method: 'DELETE',
  path: '/organizations/{organization_id}/groups/{group_id}/roles',
  tag,
  summary: 'Take roles within an organization from a group',
  scopes: ['delete:organization_group_roles'],
  params,
  body: rolesBody,
  status: 204,
  errors: NOT_FOUND,
});
