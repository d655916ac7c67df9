/** The operations of `/organizations` itself. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery, listOf, pageQuery } from '../lists.ts';
import { createdOrganization, ORGANIZATION_NOT_FOUND, organizationResource, params, tag } from './schema.ts';

export const listOrganizations = operation({
  id: 'get_organizations',
  method: 'GET',
  path: '/organizations',
  tag,
  summary: 'List organizations',
  scopes: ['read:organizations', 'read:organizations_summary'],
  query: strict({
    ...pageQuery,
    ...checkpointQuery,
    sort: opt(Type.String({ pattern: '^(id|name|display_name|created_at):-?1$' })),
    include_client_association_for: opt(Type.String({ minLength: 1, maxLength: 100 })),
  }),
  status: 200,
  response: listOf('organizations', Type.Partial(organizationResource.read)),
});

export const createOrganization = operation({
  id: 'post_organizations',
  method: 'POST',
  path: '/organizations',
  tag,
  summary: 'Create an organization',
  scopes: ['create:organizations'],
  body: organizationResource.create,
  status: 201,
  response: createdOrganization,
  errors: { 400: 'invalid_body', 409: 'organization_conflict' },
  resource: organizationResource,
});

export const getOrganizationByName = operation({
  id: 'get_name_by_name',
  method: 'GET',
  path: '/organizations/name/{name}',
  tag,
  summary: 'Get an organization by its name',
  scopes: ['read:organizations'],
  params: strict({ name: Type.String({ minLength: 1, maxLength: 50 }) }),
  status: 200,
  response: organizationResource.read,
  errors: ORGANIZATION_NOT_FOUND,
});

export const getOrganization = operation({
  id: 'get_organizations_by_id',
  method: 'GET',
  path: '/organizations/{id}',
  tag,
  summary: 'Get an organization',
  scopes: ['read:organizations', 'read:organizations_summary'],
  params,
  status: 200,
  response: Type.Partial(organizationResource.read),
  errors: ORGANIZATION_NOT_FOUND,
});

export const updateOrganization = operation({
  id: 'patch_organizations_by_id',
  method: 'PATCH',
  path: '/organizations/{id}',
  tag,
  summary: 'Update an organization',
  scopes: ['update:organizations'],
  params,
  body: organizationResource.update,
  status: 200,
  response: organizationResource.read,
  errors: { ...ORGANIZATION_NOT_FOUND, 409: 'organization_conflict' },
  resource: organizationResource,
});

export const deleteOrganization = operation({
  id: 'delete_organizations_by_id',
  method: 'DELETE',
  path: '/organizations/{id}',
  tag,
  summary: 'Delete an organization',
  scopes: ['delete:organizations'],
  params,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});
