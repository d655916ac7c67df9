/** The operations of `/custom-domains`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { customDomainResource } from './schema.ts';

const tag = 'Custom domains';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_custom_domain' };
const resource = customDomainResource;
const domainOnly = strict({ domain: Type.String({ minLength: 3, maxLength: 255 }) });
const domainOrTenant = Type.Union([resource.read, domainOnly]);

export const listCustomDomains = operation({
  id: 'get_custom-domains',
  method: 'GET',
  path: '/custom-domains',
  tag,
  summary: 'List custom domains',
  scopes: ['read:custom_domains'],
  query: strict({
    take: opt(Type.Integer({ minimum: 1, maximum: 100 })),
    from: opt(Type.String({ maxLength: 1000 })),
    q: opt(Type.String({ maxLength: 1000 })),
    fields: opt(Type.String({ maxLength: 100 })),
    include_fields: opt(Type.Boolean()),
    sort: opt(Type.String({ maxLength: 15 })),
  }),
  status: 200,
  response: Type.Array(resource.read),
});

export const createCustomDomain = operation({
  id: 'post_custom-domains',
  method: 'POST',
  path: '/custom-domains',
  tag,
  summary: 'Create a custom domain',
  scopes: ['create:custom_domains'],
  body: resource.create,
  status: 201,
  response: resource.read,
  errors: { 409: 'custom_domain_exists' },
  resource,
});

export const getDefaultDomain = operation({
  id: 'get_default',
  method: 'GET',
  path: '/custom-domains/default',
  tag,
  summary: 'Get the default domain',
  scopes: ['read:custom_domains'],
  status: 200,
  response: domainOrTenant,
});

export const setDefaultDomain = operation({
  id: 'patch_default',
  method: 'PATCH',
  path: '/custom-domains/default',
  tag,
  summary: 'Set the default domain',
  scopes: ['update:custom_domains'],
  body: domainOnly,
  status: 200,
  response: domainOrTenant,
});

export const getCustomDomain = operation({
  id: 'get_custom-domains_by_id',
  method: 'GET',
  path: '/custom-domains/{id}',
  tag,
  summary: 'Get a custom domain',
  scopes: ['read:custom_domains'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const updateCustomDomain = operation({
  id: 'patch_custom-domains_by_id',
  method: 'PATCH',
  path: '/custom-domains/{id}',
  tag,
  summary: 'Update a custom domain',
  scopes: ['update:custom_domains'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
  resource,
});

export const deleteCustomDomain = operation({
  id: 'delete_custom-domains_by_id',
  method: 'DELETE',
  path: '/custom-domains/{id}',
  tag,
  summary: 'Delete a custom domain',
  scopes: ['delete:custom_domains'],
  params,
  status: 204,
  errors: { 409: 'custom_domain_is_default' },
});

export const testCustomDomain = operation({
  id: 'post_test_domain',
  method: 'POST',
  path: '/custom-domains/{id}/test',
  tag,
  summary: 'Test a custom domain',
  scopes: ['read:custom_domains'],
  params,
  status: 200,
  response: strict({ success: Type.Boolean(), message: opt(Type.String()) }),
  errors: { ...NOT_FOUND, 409: 'custom_domain_not_ready' },
});

/** Recorded: 201, where the description says 200. */
export const verifyCustomDomain = operation({
  id: 'post_verify',
  method: 'POST',
  path: '/custom-domains/{id}/verify',
  tag,
  summary: 'Verify a custom domain',
  scopes: ['create:custom_domains'],
  params,
  status: 201,
  response: resource.read,
  errors: NOT_FOUND,
});
