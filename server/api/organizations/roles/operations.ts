/** The operations of `/organizations/{id}/roles/{role_id}`: who has a role within the organization. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { groupResource } from '../../groups/schema.ts';
import { checkpointQuery, fieldsQuery } from '../../lists.ts';
import { member } from '../members/schema.ts';
import { organizationId, tag } from '../schema.ts';

// Neither is in the vendor's document; both are in its newer SDKs, and the second is recorded.
const roleId = Type.String({ minLength: 1, maxLength: 100 });
const NOT_FOUND = { 404: 'inexistent_role' };

export const listRoleMembers = operation({
  id: 'get_organization_role_members',
  method: 'GET',
  path: '/organizations/{id}/roles/{role_id}/members',
  tag,
  summary: 'List the members of an organization who were given a role',
  scopes: ['read:organization_member_roles'],
  params: strict({ id: organizationId, role_id: roleId }),
  query: strict({ ...checkpointQuery, ...fieldsQuery }),
  status: 200,
  response: strict({ members: Type.Array(member), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});

export const listRoleGroups = operation({
  id: 'get_organization_role_groups',
  method: 'GET',
  path: '/organizations/{organization_id}/roles/{role_id}/groups',
  tag,
  summary: 'List the groups that have a role within an organization',
  scopes: ['read:organization_group_roles'],
  params: strict({ organization_id: organizationId, role_id: roleId }),
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ groups: Type.Array(groupResource.read), next: opt(Type.String()) }),
  errors: NOT_FOUND,
});
