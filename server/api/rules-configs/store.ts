/** Where the configuration of rules is kept, values sealed. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { RuleConfig } from './schema.ts';

export function ruleConfigStore(sealer: Sealer): Collection<RuleConfig> {
  return collection<RuleConfig>({ kind: 'rule_config', id: 'key', keys: {}, sealed: ['value'] }, sealer);
}
