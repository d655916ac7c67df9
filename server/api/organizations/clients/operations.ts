/** The operations of `/organizations/{id}/clients`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { checkpointQuery } from '../../lists.ts';
import { NOT_AT_LOGIN, ORGANIZATION_NOT_FOUND, params, tag } from '../schema.ts';
import { addClientsBody, clientChange, clientParams, organizationClientAnswer, removeClientsBody } from './schema.ts';

const NOT_FOUND = { 404: 'inexistent_client' };

export const listOrganizationClients = operation({
  id: 'get_organization_clients',
  method: 'GET',
  path: '/organizations/{id}/clients',
  tag,
  summary: 'List the clients of an organization',
  scopes: ['read:organization_clients'],
  params,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ clients: Type.Array(organizationClientAnswer), next: opt(Type.String()) }),
  errors: ORGANIZATION_NOT_FOUND,
});

export const addOrganizationClients = operation({
  id: 'post_organization_clients',
  method: 'POST',
  path: '/organizations/{id}/clients',
  tag,
  summary: 'List clients for an organization',
  scopes: ['create:organization_clients'],
  params,
  body: addClientsBody,
  status: 201,
  response: Type.Array(organizationClientAnswer),
  errors: { 400: 'inexistent_client', ...ORGANIZATION_NOT_FOUND, 409: 'organization_client_conflict' },
  inert: NOT_AT_LOGIN,
});

export const removeOrganizationClients = operation({
  id: 'delete_organization_clients',
  method: 'DELETE',
  path: '/organizations/{id}/clients',
  tag,
  summary: 'Take clients from the list of an organization',
  scopes: ['delete:organization_clients'],
  params,
  body: removeClientsBody,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});

export const getOrganizationClient = operation({
  id: 'get_organization_client',
  method: 'GET',
  path: '/organizations/{id}/clients/{client_id}',
  tag,
  summary: 'Get a client of an organization',
  scopes: ['read:organization_clients'],
  params: clientParams,
  status: 200,
  response: organizationClientAnswer,
  errors: NOT_FOUND,
});

export const updateOrganizationClient = operation({
  id: 'patch_organization_client',
  method: 'PATCH',
  path: '/organizations/{id}/clients/{client_id}',
  tag,
  summary: 'Update a client of an organization',
  scopes: ['update:organization_clients'],
  params: clientParams,
  body: clientChange,
  status: 200,
  response: organizationClientAnswer,
  errors: NOT_FOUND,
});
