/** The operations of `/rate-limit-policies`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { checkpointQuery } from '../lists.ts';
import { rateLimitPolicyResource } from './schema.ts';

const tag = 'Rate limit policies';
const params = strict({ id: Type.String({ maxLength: 26 }) });
const NOT_FOUND = { 404: 'inexistent_rate_limit_policy' };

export const listRateLimitPolicies = operation({
  id: 'get_rate-limit-policies',
  method: 'GET',
  path: '/rate-limit-policies',
  tag,
  summary: 'List rate limit policies',
  scopes: ['read:rate_limit_policies'],
  query: strict({
    ...checkpointQuery,
    resource: opt(choice(['oauth_authentication_api'])),
    consumer: opt(choice(['client'])),
    consumer_selector: opt(Type.String({ maxLength: 255 })),
  }),
  status: 200,
  response: strict({ rate_limit_policies: Type.Array(rateLimitPolicyResource.read), next: opt(Type.String()) }),
});

export const createRateLimitPolicy = operation({
  id: 'post_rate-limit-policies',
  method: 'POST',
  path: '/rate-limit-policies',
  tag,
  summary: 'Create a rate limit policy',
  scopes: ['create:rate_limit_policies'],
  body: rateLimitPolicyResource.create,
  status: 201,
  response: rateLimitPolicyResource.read,
  errors: { 409: 'rate_limit_policy_conflict' },
  resource: rateLimitPolicyResource,
});

export const getRateLimitPolicy = operation({
  id: 'get_rate-limit-policies_by_id',
  method: 'GET',
  path: '/rate-limit-policies/{id}',
  tag,
  summary: 'Get a rate limit policy',
  scopes: ['read:rate_limit_policies'],
  params,
  status: 200,
  response: rateLimitPolicyResource.read,
  errors: NOT_FOUND,
});

export const updateRateLimitPolicy = operation({
  id: 'patch_rate-limit-policies_by_id',
  method: 'PATCH',
  path: '/rate-limit-policies/{id}',
  tag,
  summary: 'Update a rate limit policy',
  scopes: ['update:rate_limit_policies'],
  params,
  body: strict({ configuration: rateLimitPolicyResource.fields.configuration.schema }),
  status: 200,
  response: rateLimitPolicyResource.read,
  errors: NOT_FOUND,
  resource: rateLimitPolicyResource,
});

export const deleteRateLimitPolicy = operation({
  id: 'delete_rate-limit-policies_by_id',
  method: 'DELETE',
  path: '/rate-limit-policies/{id}',
  tag,
  summary: 'Delete a rate limit policy',
  scopes: ['delete:rate_limit_policies'],
  params,
  status: 204,
  errors: NOT_FOUND,
});
