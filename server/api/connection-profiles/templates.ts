/** Profiles to begin with. What a template holds can be sent back as it is, to make a profile. */
import type { ConnectionProfile } from './schema.ts';

type Template = {
  readonly id: string;
  readonly display_name: string;
  readonly template: Omit<ConnectionProfile, 'id'>;
};

export const TEMPLATES: readonly Template[] = [
  {
    id: 'auth0-generic',
    display_name: 'Generic connection profile',
    template: {
      name: 'Generic connection profile',
      organization: { show_as_button: 'optional', assign_membership_on_login: 'required' },
      connection_name_prefix_template: 'con-{org_id}-',
      enabled_features: ['scim', 'universal_logout'],
    },
  },
];
