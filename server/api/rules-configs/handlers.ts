/** What the operations of `/rules-configs` do. */
import { handle, type Route } from '../pipeline.ts';
import { deleteRuleConfig, listRuleConfigs, setRuleConfig } from './operations.ts';
import type { RuleConfig } from './schema.ts';
import { ruleConfigStore } from './store.ts';

export const ruleConfigRoutes: Route[] = [
  handle(listRuleConfigs, async ({ services, sql, context }) =>
    (await ruleConfigStore(services.vault).list(sql, context.tenant)).map(({ key }) => ({ key })),
  ),

  handle(setRuleConfig, async ({ services, sql, context, params, body }) => {
    const configs = ruleConfigStore(services.vault);
    const config: RuleConfig = { key: params.key, value: (body as RuleConfig).value };
    if (!(await configs.replace(sql, context.tenant, config, context.now)))
      await configs.insert(sql, context.tenant, config, context.now);
    await services.configurations.touch(sql, context.tenant);
    return config;
  }),

  handle(deleteRuleConfig, async ({ services, sql, context, params }) => {
    await ruleConfigStore(services.vault).remove(sql, context.tenant, params.key);
    await services.configurations.touch(sql, context.tenant);
  }),
];
