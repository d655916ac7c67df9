/** The operations of `/organizations/{id}/discovery-domains`. */
import { Type } from 'typebox';
import { operation } from '../../../schema/operation.ts';
import { opt, strict } from '../../../schema/types.ts';
import { checkpointQuery } from '../../lists.ts';
import { ORGANIZATION_NOT_FOUND, params, tag } from '../schema.ts';
import { discoveryDomainResource, domainNameParams, domainParams } from './schema.ts';

const NOT_FOUND = { 404: 'inexistent_discovery_domain' };

export const listDomains = operation({
  id: 'get_discovery-domains',
  method: 'GET',
  path: '/organizations/{id}/discovery-domains',
  tag,
  summary: 'List the discovery domains of an organization',
  scopes: ['read:organization_discovery_domains'],
  params,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ domains: Type.Array(discoveryDomainResource.read), next: opt(Type.String()) }),
  errors: ORGANIZATION_NOT_FOUND,
});

export const createDomain = operation({
  id: 'post_discovery-domains',
  method: 'POST',
  path: '/organizations/{id}/discovery-domains',
  tag,
  summary: 'Create a discovery domain of an organization',
  scopes: ['create:organization_discovery_domains'],
  params,
  body: discoveryDomainResource.create,
  status: 201,
  response: discoveryDomainResource.read,
  errors: { ...ORGANIZATION_NOT_FOUND, 409: 'discovery_domain_conflict' },
});

export const getDomainByName = operation({
  id: 'get_name_by_discovery_domain',
  method: 'GET',
  path: '/organizations/{id}/discovery-domains/name/{discovery_domain}',
  tag,
  summary: 'Get a discovery domain of an organization by its name',
  scopes: ['read:organization_discovery_domains'],
  params: domainNameParams,
  status: 200,
  response: discoveryDomainResource.read,
  errors: NOT_FOUND,
});

export const getDomain = operation({
  id: 'get_discovery-domains_by_discovery_domain_id',
  method: 'GET',
  path: '/organizations/{id}/discovery-domains/{discovery_domain_id}',
  tag,
  summary: 'Get a discovery domain of an organization',
  scopes: ['read:organization_discovery_domains'],
  params: domainParams,
  status: 200,
  response: discoveryDomainResource.read,
  errors: NOT_FOUND,
});

export const updateDomain = operation({
  id: 'patch_discovery-domains_by_discovery_domain_id',
  method: 'PATCH',
  path: '/organizations/{id}/discovery-domains/{discovery_domain_id}',
  tag,
  summary: 'Update a discovery domain of an organization',
  scopes: ['update:organization_discovery_domains'],
  params: domainParams,
  body: discoveryDomainResource.update,
  status: 200,
  response: discoveryDomainResource.read,
  errors: NOT_FOUND,
});

export const deleteDomain = operation({
  id: 'delete_discovery-domains_by_discovery_domain_id',
  method: 'DELETE',
  path: '/organizations/{id}/discovery-domains/{discovery_domain_id}',
  tag,
  summary: 'Delete a discovery domain of an organization',
  scopes: ['delete:organization_discovery_domains'],
  params: domainParams,
  status: 204,
  errors: NOT_FOUND,
});
