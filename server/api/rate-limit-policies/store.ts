/** Where rate limit policies are kept: found by id and by what they are about, of which there is one each. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import type { RateLimitPolicy } from './schema.ts';

/** What a policy is about, as one key. */
export function subjectKey(policy: Pick<RateLimitPolicy, 'resource' | 'consumer' | 'consumer_selector'>): string {
  return JSON.stringify([policy.resource, policy.consumer, policy.consumer_selector]);
}

/** Nothing in them is secret. */
export const rateLimitPolicies: Collection<RateLimitPolicy> = collection<RateLimitPolicy>(
  {
    kind: 'rate_limit_policy',
    id: 'id',
    keys: {
      subject: { of: subjectKey, unique: true },
      selector: { of: (policy) => policy.consumer_selector },
    },
  },
  unsealed,
);

/** A client that is gone needs no policy. */
export async function removePoliciesOfClient(sql: Sql, tenant: string, clientId: string): Promise<void> {
  for (const policy of await rateLimitPolicies.findAll(sql, tenant, 'selector', `client_id:${clientId}`)) {
    await rateLimitPolicies.remove(sql, tenant, policy.id);
  }
}
