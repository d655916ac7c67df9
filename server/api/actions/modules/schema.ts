/** Modules: code that actions share. There is one draft, and a version for each time it was published. */
import { type Static, Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { anyObject, opt, strict } from '../../../schema/types.ts';
import { shownSecrets, supportedTriggers } from '../schema.ts';

const NOT_RUN = 'Kept, versioned and shown; no action runs yet that could use it.';
const text = (maxLength: number, minLength = 0) => Type.String({ maxLength, minLength });

const dependencies = Type.Array(strict({ name: text(255, 1), version: text(50) }), { maxItems: 200 });
const secrets = Type.Array(strict({ name: text(255, 1), value: text(4096) }), { maxItems: 100 });

export const moduleResource = resource({
  name: 'ActionModule',
  plural: 'modules',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the module' }),
    name: field(text(255, 1), {
      required: true,
      createOnly: true,
      always: true,
      description: 'Name, unlike that of any other module',
    }),
    code: field(text(65_536), {
      required: true,
      always: true,
      inert: NOT_RUN,
      description: 'Source of the module, as the draft has it',
    }),
    dependencies: field(dependencies, {
      always: true,
      default: [],
      inert: 'Kept and shown; nothing is installed.',
      description: 'Packages it needs',
    }),
    secrets: field(secrets, {
      always: true,
      default: [],
      secret: true,
      shown: shownSecrets,
      inert: NOT_RUN,
      description: 'Secrets of the module; values are kept sealed and never shown',
    }),
    api_version: field(text(20), {
      createOnly: true,
      writeOnly: true,
      inert: NOT_RUN,
      description: 'Version of the API',
    }),
    publish: field(Type.Boolean(), {
      createOnly: true,
      writeOnly: true,
      description: 'Publish a first version at once',
    }),
    all_changes_published: field(Type.Boolean(), {
      readOnly: true,
      always: true,
      description: 'Whether the draft is what was published last',
    }),
    actions_using_module_total: field(Type.Integer(), {
      readOnly: true,
      always: true,
      description: 'How many deployed actions use it',
    }),
    latest_version_number: field(Type.Integer(), { readOnly: true, description: 'Number of the latest version' }),
    latest_version: field(anyObject(), { readOnly: true, description: 'The version that was published last' }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
  },
});

export type ActionModule = DocumentOf<typeof moduleResource>;

export const moduleVersion = strict({
  id: Type.String(),
  module_id: Type.String(),
  version_number: Type.Integer(),
  code: Type.String(),
  secrets: shownSecrets,
  dependencies,
  created_at: Type.String(),
});

export const moduleUser = strict({
  action_id: Type.String(),
  action_name: Type.String(),
  module_version_id: opt(Type.String()),
  module_version_number: opt(Type.Integer()),
  supported_triggers: supportedTriggers,
});

export type ModuleUser = Static<typeof moduleUser>;
