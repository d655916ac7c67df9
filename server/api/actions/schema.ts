/**
 * Actions: modules of JavaScript for the triggers. There is one draft of an action, and a version for each time it was
 * deployed; versions do not change any more.
 */
import { type Static, Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, open, opt, strict } from '../../schema/types.ts';
import { triggerId } from './triggers.ts';

export const NOT_RUN = 'Kept, versioned and shown; no action runs yet.';
const RUNTIMES = ['node12', 'node16', 'node18', 'node18-actions', 'node22', 'node24'] as const;

export const supportedTriggers = Type.Array(
  strict({
    id: triggerId,
    version: opt(Type.String({ maxLength: 16 })),
    status: opt(Type.String({ maxLength: 64 })),
    runtimes: opt(Type.Array(Type.String({ maxLength: 64 }))),
    default_runtime: opt(Type.String({ maxLength: 64 })),
    compatible_triggers: opt(Type.Array(open({ id: triggerId, version: Type.String({ maxLength: 16 }) }))),
    binding_policy: opt(choice(['trigger-bound', 'entity-bound'])),
  }),
  { minItems: 1 },
);

/** How secrets come out: when they changed, not what they are. */
export const shownSecrets = Type.Array(strict({ name: Type.String(), updated_at: Type.String() }));

export const secrets = Type.Array(
  open({
    name: Type.String({ minLength: 1, maxLength: 255 }),
    value: opt(Type.String({ maxLength: 4096 })),
  }),
  { maxItems: 100 },
);

const moduleReferences = Type.Array(
  strict({
    module_id: Type.String({ minLength: 1, maxLength: 64, pattern: PATTERNS.id }),
    module_name: opt(Type.String({ maxLength: 255 })),
    module_version_id: opt(Type.String({ minLength: 1, maxLength: 64, pattern: PATTERNS.id })),
    module_version_number: opt(Type.Integer({ minimum: 1 })),
  }),
  { maxItems: 100 },
);

export const actionResource = resource({
  name: 'Action',
  plural: 'actions',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the action' }),
    name: field(Type.String({ minLength: 1, maxLength: 255 }), {
      required: true,
      always: true,
      description: 'Name, unlike that of any other action',
    }),
    supported_triggers: field(supportedTriggers, {
      required: true,
      always: true,
      inert: NOT_RUN,
      description: 'The trigger that the action is for',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
    code: field(Type.String(), {
      always: true,
      default: 'module.exports = () => {}',
      inert: NOT_RUN,
      description: 'Source of the module, as the draft has it',
    }),
    dependencies: field(
      Type.Array(
        strict({
          name: opt(Type.String({ minLength: 1, maxLength: 255 })),
          version: opt(Type.String({ maxLength: 50 })),
          registry_url: opt(Type.String({ maxLength: 2000 })),
        }),
        { maxItems: 200 },
      ),
      { always: true, default: [], inert: 'Kept and shown; nothing is installed.', description: 'Packages it needs' },
    ),
    runtime: field(choice(RUNTIMES), {
      always: true,
      inert: NOT_RUN,
      description: 'Version of Node.js it is written for',
    }),
    status: field(choice(['pending', 'building', 'packaged', 'built', 'retrying', 'failed']), {
      readOnly: true,
      always: true,
      description: 'State of the build: always built, since nothing has to be installed yet',
    }),
    secrets: field(secrets, {
      always: true,
      default: [],
      secret: true,
      shown: shownSecrets,
      inert: NOT_RUN,
      description: 'Secrets of the action; values are kept sealed and never shown',
    }),
    modules: field(moduleReferences, { inert: NOT_RUN, description: 'Versions of shared modules that the code uses' }),
    deploy: field(Type.Boolean(), { createOnly: true, writeOnly: true, description: 'Deploy at once' }),
    all_changes_deployed: field(Type.Boolean(), {
      readOnly: true,
      always: true,
      description: 'Whether the draft is what was deployed last',
    }),
    current_version: field(anyObject(), { readOnly: true, description: 'Short account of the deployed version' }),
    deployed_version: field(anyObject(), { readOnly: true, description: 'The deployed version' }),
  },
});

export type Action = DocumentOf<typeof actionResource>;
export type ModuleReference = Static<typeof moduleReferences>[number];

const summary = strict({
  id: Type.String(),
  name: Type.String(),
  supported_triggers: supportedTriggers,
  created_at: Type.String(),
  updated_at: Type.String(),
  all_changes_deployed: Type.Boolean(),
});

export const actionVersion = strict({
  id: Type.String(),
  action_id: Type.String(),
  number: Type.Integer(),
  deployed: Type.Boolean(),
  code: Type.String(),
  dependencies: actionResource.fields.dependencies.schema,
  runtime: Type.String(),
  secrets: shownSecrets,
  modules: opt(moduleReferences),
  status: Type.String(),
  built_at: opt(Type.String()),
  created_at: Type.String(),
  updated_at: Type.String(),
  supported_triggers: supportedTriggers,
  action: opt(summary),
});

export const binding = open({
  id: Type.String(),
  trigger_id: triggerId,
  display_name: Type.String(),
  action: anyObject(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

/** What takes the place of the bindings that a trigger has, in the order in which they are to run. */
export const newBindings = strict({
  bindings: Type.Array(
    strict({
      ref: open({
        type: choice(['binding_id', 'action_id', 'action_name']),
        value: Type.String({ minLength: 1, maxLength: 255 }),
      }),
      display_name: opt(Type.String({ minLength: 1, maxLength: 255 })),
      secrets: opt(secrets),
    }),
    { maxItems: 100 },
  ),
});
