/** Configuration of rules: values, secret ones among them, that rules read by their key. Nothing shows a value again. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';

export const ruleConfigKey = Type.String({ minLength: 1, maxLength: 127, pattern: PATTERNS.ruleConfigKey });

export const ruleConfigResource = resource({
  name: 'RuleConfig',
  plural: 'rules_configs',
  fields: {
    key: field(ruleConfigKey, { readOnly: true, always: true, description: 'Name that rules use' }),
    value: field(Type.String(), {
      required: true,
      always: true,
      secret: true,
      inert: 'Kept; no rule runs yet that could read it.',
      description: 'What rules read; shown only in the answer to the request that sets it',
    }),
  },
});

export type RuleConfig = DocumentOf<typeof ruleConfigResource>;
