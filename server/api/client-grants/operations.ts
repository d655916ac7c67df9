/** The operations of `/client-grants`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { checkpointQuery, listOf, pageQuery } from '../lists.ts';
import { organizationResource } from '../organizations/schema.ts';
import { clientGrantResource } from './schema.ts';

const tag = 'Client grants';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_client_grant' };

export const listClientGrants = operation({
  id: 'get_client-grants',
  method: 'GET',
  path: '/client-grants',
  tag,
  summary: 'List client grants',
  scopes: ['read:client_grants'],
  query: strict({
    ...pageQuery,
    ...checkpointQuery,
    audience: opt(Type.String({ maxLength: 600 })),
    client_id: opt(Type.String({ maxLength: 100 })),
    allow_any_organization: opt(Type.Boolean()),
    subject_type: opt(choice(['client', 'user'])),
    default_for: opt(choice(['third_party_clients'])),
  }),
  status: 200,
  response: Type.Array(clientGrantResource.read),
});

export const createClientGrant = operation({
  id: 'post_client-grants',
  method: 'POST',
  path: '/client-grants',
  tag,
  summary: 'Create a client grant',
  scopes: ['create:client_grants'],
  body: clientGrantResource.create,
  status: 201,
  response: clientGrantResource.read,
  errors: { 404: 'inexistent_client', 409: 'resource_conflict' },
  resource: clientGrantResource,
});

export const getClientGrant = operation({
  id: 'get_client-grant',
  method: 'GET',
  path: '/client-grants/{id}',
  tag,
  summary: 'Get a client grant',
  scopes: ['read:client_grants'],
  params,
  status: 200,
  response: clientGrantResource.read,
  errors: NOT_FOUND,
});

export const updateClientGrant = operation({
  id: 'patch_client-grants_by_id',
  method: 'PATCH',
  path: '/client-grants/{id}',
  tag,
  summary: 'Update a client grant',
  scopes: ['update:client_grants'],
  params,
  body: clientGrantResource.update,
  status: 200,
  response: clientGrantResource.read,
  errors: NOT_FOUND,
  resource: clientGrantResource,
});

export const deleteClientGrant = operation({
  id: 'delete_client-grants_by_id',
  method: 'DELETE',
  path: '/client-grants/{id}',
  tag,
  summary: 'Delete a client grant',
  scopes: ['delete:client_grants'],
  params,
  status: 204,
});

export const listGrantOrganizations = operation({
  id: 'get_client-grant-organizations',
  method: 'GET',
  path: '/client-grants/{id}/organizations',
  tag,
  summary: 'List the organizations that have a client grant',
  scopes: ['read:organization_client_grants'],
  params,
  query: strict({ ...pageQuery, ...checkpointQuery }),
  status: 200,
  response: listOf('organizations', organizationResource.read),
  errors: NOT_FOUND,
});
