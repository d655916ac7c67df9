/** The operations of `/rules-configs`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { pageQuery } from '../lists.ts';
import { ruleConfigKey, ruleConfigResource } from './schema.ts';

const tag = 'Rules configs';
const params = strict({ key: ruleConfigKey });

export const listRuleConfigs = operation({
  id: 'get_rules-configs',
  method: 'GET',
  path: '/rules-configs',
  tag,
  summary: 'List the keys of the configuration of rules',
  scopes: ['read:rules_configs'],
  // SDKs send paging here, too; the recorded answer is the whole list all the same.
  query: strict(pageQuery),
  status: 200,
  response: Type.Array(strict({ key: ruleConfigKey })),
});

export const setRuleConfig = operation({
  id: 'put_rules-configs_by_key',
  method: 'PUT',
  path: '/rules-configs/{key}',
  tag,
  summary: 'Set a value of the configuration of rules',
  scopes: ['update:rules_configs'],
  params,
  body: ruleConfigResource.create,
  status: 200,
  response: ruleConfigResource.read,
  resource: ruleConfigResource,
});

export const deleteRuleConfig = operation({
  id: 'delete_rules-configs_by_key',
  method: 'DELETE',
  path: '/rules-configs/{key}',
  tag,
  summary: 'Delete a value of the configuration of rules',
  scopes: ['delete:rules_configs'],
  params,
  status: 204,
});
