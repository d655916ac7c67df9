/** Where rules are kept. Nothing in them is secret: values that are go into the configuration of rules. */
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import type { Rule } from './schema.ts';

export const rules: Collection<Rule> = collection<Rule>(
  {
    kind: 'rule',
    id: 'id',
    keys: {
      name: { of: (rule) => rule.name, unique: true },
      order: { of: (rule) => String(rule.order), unique: true },
    },
  },
  unsealed,
);
