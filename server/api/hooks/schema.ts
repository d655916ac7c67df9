/** Hooks: functions of JavaScript at points of extension, the predecessors of actions. Their secrets are kept apart. */
import { type Static, Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; no hook runs yet.';

export const HOOK_TRIGGERS = [
  'credentials-exchange',
  'pre-user-registration',
  'post-user-registration',
  'post-change-password',
  'send-phone-message',
] as const;

export const hookResource = resource({
  name: 'Hook',
  plural: 'hooks',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the hook' }),
    name: field(Type.String({ maxLength: 255, pattern: PATTERNS.words }), {
      required: true,
      always: true,
      description: 'Name, unlike that of any other hook',
    }),
    script: field(Type.String({ minLength: 1 }), {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'Source of the module',
    }),
    dependencies: field(Type.Record(Type.String(), Type.String()), {
      always: true,
      default: {},
      inert: NOT_YET,
      description: 'Packages that the script needs, by name, with their versions',
    }),
    triggerId: field(choice(HOOK_TRIGGERS), {
      required: true,
      always: true,
      createOnly: true,
      inert: NOT_YET,
      description: 'Point of extension',
    }),
    enabled: field(Type.Boolean(), { always: true, default: false, inert: NOT_YET, description: 'Whether it runs' }),
  },
});

export type Hook = DocumentOf<typeof hookResource>;

/** The most secrets that a hook has. */
export const SECRETS_LIMIT = 20;

/** Secrets by their names. */
export const hookSecrets = Type.Unsafe<Record<string, string>>({
  type: 'object',
  minProperties: 1,
  maxProperties: SECRETS_LIMIT,
  propertyNames: { type: 'string', minLength: 1, maxLength: 128 },
  additionalProperties: { type: 'string', maxLength: 4096 },
});

export const secretNames = Type.Array(Type.String(), { minItems: 1 });
export type SecretNames = Static<typeof secretNames>;
