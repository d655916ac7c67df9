/** Directory provisioning: users and groups of a connection that are read from the provider's directory. */
import { Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { choice, opt, optionalBody, strict } from '../../../schema/types.ts';

const NOT_YET = 'Kept and shown; no directory is read yet.';

const path = Type.String({ minLength: 1, maxLength: 500 });
const mapping = Type.Array(strict({ auth0: path, idp: path }), { minItems: 1, maxItems: 500 });
const groups = choice(['all', 'off', 'selected']);
const shownOnly = { readOnly: true, always: true } as const;

export const directoryProvisioningResource = resource({
  name: 'DirectoryProvisioning',
  plural: 'directory_provisionings',
  fields: {
    connection_id: field(Type.String(), { ...shownOnly, description: 'The connection' }),
    connection_name: field(Type.String(), { ...shownOnly, description: 'Its name' }),
    strategy: field(Type.String(), { ...shownOnly, description: 'Its strategy' }),
    mapping: field(mapping, { always: true, inert: NOT_YET, description: 'Where attributes of the directory go' }),
    synchronize_automatically: field(Type.Boolean(), {
      always: true,
      inert: NOT_YET,
      description: 'Whether the directory is read from time to time',
    }),
    synchronize_groups: field(groups, { always: true, inert: NOT_YET, description: 'Which groups are read' }),
    created_at: field(Type.String(), { ...shownOnly }),
    updated_at: field(Type.String(), { ...shownOnly }),
    last_synchronization_at: field(Type.String(), { readOnly: true, description: 'When it was read last' }),
    last_synchronization_status: field(Type.String(), { readOnly: true, description: 'How that ended' }),
    last_synchronization_error: field(Type.String(), { readOnly: true, description: 'Why that failed' }),
  },
});

type Shown = DocumentOf<typeof directoryProvisioningResource>;

/** As it is kept: what belongs to the connection is read there. `groups` are the ids of the selected ones. */
export type DirectoryProvisioning = Omit<Shown, 'connection_name' | 'strategy'> & {
  readonly groups: readonly string[];
};

/** Whatever is left out of a new configuration gets the default. */
export const newDirectoryProvisioning = optionalBody({
  mapping: opt(mapping),
  synchronize_automatically: opt(Type.Boolean()),
  synchronize_groups: opt(groups),
});

export const groupSelection = strict({
  groups: Type.Array(strict({ id: Type.String({ minLength: 1, maxLength: 32, pattern: PATTERNS.directoryGroupId }) }), {
    maxItems: 10_000,
  }),
});
