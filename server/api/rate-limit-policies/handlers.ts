/** What the operations of `/rate-limit-policies` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import type { Sql } from '../../storage/database.ts';
import { invalidBody } from '../invalid.ts';
import { filterOf, listByCheckpoints } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import {
  createRateLimitPolicy,
  deleteRateLimitPolicy,
  getRateLimitPolicy,
  listRateLimitPolicies,
  updateRateLimitPolicy,
} from './operations.ts';
import { ACTIONS, type RateLimitPolicy, rateLimitPolicyResource } from './schema.ts';
import { rateLimitPolicies, subjectKey } from './store.ts';

const FILTERS = ['resource', 'consumer', 'consumer_selector'] as const;

export const rateLimitPolicyRoutes: Route[] = [
  handle(listRateLimitPolicies, ({ sql, context, query }) => {
    const filter = filterOf(FILTERS, query);
    return listByCheckpoints(sql, context.tenant, rateLimitPolicies, rateLimitPolicyResource, query, undefined, filter);
  }),

  handle(createRateLimitPolicy, async ({ services, sql, context, body }) => {
    const { tenant, now } = context;
    checkAction((body as RateLimitPolicy).configuration);
    if (await rateLimitPolicies.find(sql, tenant, 'subject', subjectKey(body as RateLimitPolicy))) {
      throw new ApiError(
        409,
        'A rate limit policy with the same resource, consumer and consumer_selector already exists',
        'rate_limit_policy_conflict',
      );
    }
    await requireClient(services, sql, tenant, (body as RateLimitPolicy).consumer_selector);
    const at = new Date(now).toISOString();
    const policy = {
      id: `rlp_${randomAlphanumeric(21)}`,
      ...body,
      created_at: at,
      updated_at: at,
    } as RateLimitPolicy;
    await rateLimitPolicies.insert(sql, tenant, policy, now);
    await services.configurations.touch(sql, tenant);
    return policy;
  }),

  handle(getRateLimitPolicy, ({ sql, context, params }) => requirePolicy(sql, context.tenant, params.id)),

  handle(updateRateLimitPolicy, async ({ services, sql, context, params, body }) => {
    const { tenant, now } = context;
    checkAction(body.configuration);
    const current = await requirePolicy(sql, tenant, params.id);
    const policy = { ...current, configuration: body.configuration, updated_at: new Date(now).toISOString() };
    await rateLimitPolicies.replace(sql, tenant, policy, now);
    await services.configurations.touch(sql, tenant);
    return policy;
  }),

  handle(deleteRateLimitPolicy, async ({ services, sql, context, params }) => {
    await requirePolicy(sql, context.tenant, params.id);
    await rateLimitPolicies.remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

async function requirePolicy(sql: Sql, tenant: string, id: string): Promise<RateLimitPolicy> {
  const policy = await rateLimitPolicies.get(sql, tenant, id);
  if (!policy) throw new ApiError(404, 'The rate limit policy does not exist', 'inexistent_rate_limit_policy');
  return policy;
}

/** Each action takes what belongs to it, no less and no more. */
function checkAction(configuration: RateLimitPolicy['configuration']): void {
  const { action, ...given } = configuration;
  const needed: readonly string[] = ACTIONS[action];
  const missing = needed.find((name) => !(name in given));
  const extra = Object.keys(given).find((name) => !needed.includes(name));
  const problem = missing
    ? `Missing required property: ${missing}`
    : extra && `Additional properties not allowed: ${extra}`;
  if (problem) throw invalidBody(`${problem}`, 'configuration');
}

/** A policy for one client needs that client. A client known by the URL of its metadata may come later. */
async function requireClient(services: Call['services'], sql: Sql, tenant: string, selector: string): Promise<void> {
  const clientId = /^client_id:(.+)$/.exec(selector)?.[1];
  if (clientId === undefined || /^https?:/.test(clientId)) return;
  if (await services.stores.clients.get(sql, tenant, clientId)) return;
  throw new ApiError(400, 'The client of consumer_selector does not exist', 'invalid_body');
}
