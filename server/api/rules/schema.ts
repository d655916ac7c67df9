/** Rules: functions of JavaScript that the classic login pipeline ran after a login, in their order. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; no rule runs yet.';

export const ruleResource = resource({
  name: 'Rule',
  plural: 'rules',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the rule' }),
    name: field(Type.String({ maxLength: 255, pattern: PATTERNS.words }), {
      required: true,
      always: true,
      description: 'Name, unlike that of any other rule',
    }),
    script: field(Type.String({ minLength: 1 }), {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'Source of the function',
    }),
    order: field(Type.Number({ minimum: 0 }), {
      always: true,
      inert: NOT_YET,
      description: 'Rules run from the lowest to the highest; a new one goes last',
    }),
    enabled: field(Type.Boolean(), { always: true, default: true, inert: NOT_YET, description: 'Whether it runs' }),
    stage: field(choice(['login_success']), {
      createOnly: true,
      always: true,
      default: 'login_success',
      description: 'Place in the pipeline: login_success',
    }),
  },
});

export type Rule = DocumentOf<typeof ruleResource>;
