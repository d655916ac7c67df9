/** What the operations of `/rules` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import type { Sql } from '../../storage/database.ts';
import { listCollection, pickFields } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { createRule, deleteRule, getRule, listRules, updateRule } from './operations.ts';
import { type Rule, ruleResource } from './schema.ts';
import { rules } from './store.ts';

export const ruleRoutes: Route[] = [
  handle(listRules, ({ sql, context, query }) => {
    const { enabled } = query;
    const filter = enabled === undefined ? undefined : (rule: Rule) => rule.enabled === enabled;
    const show = (rule: Rule) => pickFields(rule, query);
    return listCollection(sql, context.tenant, rules, ruleResource, query, show, filter);
  }),

  handle(createRule, async ({ services, sql, context, body }) => {
    const { tenant, now } = context;
    const rule = withDefaults(ruleResource, body) as Rule;
    rule.id = `rul_${randomAlphanumeric(16)}`;
    rule.order ??= Math.max(0, ...(await rules.list(sql, tenant)).map(({ order }) => order)) + 1;
    await refuseTwins(sql, tenant, rule);
    await rules.insert(sql, tenant, rule, now);
    await services.configurations.touch(sql, tenant);
    return rule;
  }),

  handle(getRule, async ({ sql, context, params, query }) =>
    pickFields(await requireRule(sql, context.tenant, params.id), query),
  ),

  handle(updateRule, async ({ services, sql, context, params, body }) => {
    const { tenant, now } = context;
    const rule = withChanges(ruleResource, await requireRule(sql, tenant, params.id), body) as Rule;
    await refuseTwins(sql, tenant, rule);
    await rules.replace(sql, tenant, rule, now);
    await services.configurations.touch(sql, tenant);
    return rule;
  }),

  handle(deleteRule, async ({ services, sql, context, params }) => {
    await rules.remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

async function requireRule(sql: Sql, tenant: string, id: string): Promise<Rule> {
  const rule = await rules.get(sql, tenant, id);
  if (!rule) throw new ApiError(404, 'The rule does not exist', 'inexistent_rule');
  return rule;
}

/** Two rules of one order would run in an order that nobody chose. */
async function refuseTwins(sql: Sql, tenant: string, rule: Rule): Promise<void> {
  for (const [key, value] of [
    ['name', rule.name],
    ['order', String(rule.order)],
  ] as const) {
    const other = await rules.find(sql, tenant, key, value);
    if (other && other.id !== rule.id)
      throw new ApiError(409, `A rule with the same ${key} already exists`, 'rule_conflict');
  }
}
