/** The operations of `/organizations/{id}/client-grants`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { listOf, pageQuery } from '../../lists.ts';
import { ORGANIZATION_NOT_FOUND, params, tag } from '../schema.ts';
import { grantId, grantParams, organizationGrantAnswer } from './schema.ts';

export const listOrganizationGrants = operation({
  id: 'get_organization-client-grants',
  method: 'GET',
  path: '/organizations/{id}/client-grants',
  tag,
  summary: 'List the client grants of an organization',
  scopes: ['read:organization_client_grants'],
  params,
  query: strict({
    ...pageQuery,
    audience: opt(Type.String({ maxLength: 600 })),
    client_id: opt(Type.String({ maxLength: 100 })),
    grant_ids: opt(Type.Union([grantId, Type.Array(grantId, { maxItems: 10 })])),
  }),
  status: 200,
  response: listOf('client_grants', organizationGrantAnswer),
  errors: ORGANIZATION_NOT_FOUND,
});

export const addOrganizationGrant = operation({
  id: 'create_organization-client-grants',
  method: 'POST',
  path: '/organizations/{id}/client-grants',
  tag,
  summary: 'Give an organization a client grant',
  scopes: ['create:organization_client_grants'],
  params,
  body: strict({ grant_id: grantId }),
  status: 201,
  response: organizationGrantAnswer,
  errors: { 400: 'invalid_body', 404: 'inexistent_client_grant', 409: 'organization_client_grant_conflict' },
  inert: 'Kept and shown; client credentials are not asked for an organization yet.',
});

export const removeOrganizationGrant = operation({
  id: 'delete_client-grants_by_grant_id',
  method: 'DELETE',
  path: '/organizations/{id}/client-grants/{grant_id}',
  tag,
  summary: 'Take a client grant from an organization',
  scopes: ['delete:organization_client_grants'],
  params: grantParams,
  status: 204,
  errors: ORGANIZATION_NOT_FOUND,
});
