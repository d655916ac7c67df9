/** The operations of `/rules`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { fieldsQuery, pageQuery } from '../lists.ts';
import { ruleResource } from './schema.ts';

const tag = 'Rules';
const params = strict({ id: idInPath() });
const NOT_FOUND = { 404: 'inexistent_rule' };
const CONFLICT = { 409: 'rule_conflict' };

export const listRules = operation({
  id: 'get_rules',
  method: 'GET',
  path: '/rules',
  tag,
  summary: 'List rules',
  scopes: ['read:rules'],
  query: strict({ ...pageQuery, ...fieldsQuery, enabled: opt(Type.Boolean()) }),
  status: 200,
  response: Type.Array(ruleResource.read),
});

export const createRule = operation({
  id: 'post_rules',
  method: 'POST',
  path: '/rules',
  tag,
  summary: 'Create a rule',
  scopes: ['create:rules'],
  body: ruleResource.create,
  status: 201,
  response: ruleResource.read,
  errors: CONFLICT,
  resource: ruleResource,
});

export const getRule = operation({
  id: 'get_rules_by_id',
  method: 'GET',
  path: '/rules/{id}',
  tag,
  summary: 'Get a rule',
  scopes: ['read:rules'],
  params,
  query: strict(fieldsQuery),
  status: 200,
  response: ruleResource.read,
  errors: NOT_FOUND,
});

export const updateRule = operation({
  id: 'patch_rules_by_id',
  method: 'PATCH',
  path: '/rules/{id}',
  tag,
  summary: 'Update a rule',
  scopes: ['update:rules'],
  params,
  body: { ...ruleResource.update, minProperties: 1 },
  status: 200,
  response: ruleResource.read,
  errors: { ...NOT_FOUND, ...CONFLICT },
  resource: ruleResource,
});

export const deleteRule = operation({
  id: 'delete_rules_by_id',
  method: 'DELETE',
  path: '/rules/{id}',
  tag,
  summary: 'Delete a rule',
  scopes: ['delete:rules'],
  params,
  status: 204,
});
