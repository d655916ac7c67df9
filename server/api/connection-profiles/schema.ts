/** Connection profiles: how connections are set up that others make, such as the administrators of customers. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { byStrategy } from '../user-attribute-profiles/schema.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';

const necessity = opt(choice(['none', 'optional', 'required']));
const features = Type.Array(choice(['scim', 'universal_logout']), { uniqueItems: true });
/** Nothing can be said in it yet, at the vendor's either. */
const config = strict({});

export const connectionProfileResource = resource({
  name: 'ConnectionProfile',
  plural: 'connection_profiles',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the profile' }),
    name: field(Type.String({ minLength: 1, maxLength: 50 }), {
      required: true,
      always: true,
      description: 'Name of the profile; there is one of a name',
    }),
    organization: field(strict({ show_as_button: necessity, assign_membership_on_login: necessity }), {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'How the connection is added to the organization it is made for',
    }),
    connection_name_prefix_template: field(
      // The vendor's pattern: letters, digits, single hyphens, and two variables.
      Type.String({ maxLength: 15, pattern: PATTERNS.hyphenatedTemplate }),
      {
        nullable: 'remove',
        inert: NOT_YET,
        description:
          'What names of connections begin with; {org_id} and {org_name} stand for those of the organization',
      },
    ),
    enabled_features: field(features, {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'What may be set up besides signing in',
    }),
    connection_config: field(config, {
      nullable: 'keep',
      default: null,
      inert: NOT_YET,
      description: 'Settings of the connections',
    }),
    strategy_overrides: field(byStrategy({ enabled_features: opt(features), connection_config: opt(config) }), {
      nullable: 'keep',
      default: null,
      inert: NOT_YET,
      description: 'What is different for a strategy',
    }),
  },
});

export type ConnectionProfile = DocumentOf<typeof connectionProfileResource>;
