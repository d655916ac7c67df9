/** A connection within an organization: whether its members may sign in by it, and how. */
import { Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { choice, opt, strict } from '../../../schema/types.ts';
import type { Part } from '../parts.ts';
import { NOT_AT_LOGIN, organizationId } from '../schema.ts';

const connectionId = Type.String({ minLength: 1, maxLength: 50 });

const inert = NOT_AT_LOGIN;

export const organizationConnectionResource = resource({
  name: 'OrganizationConnection',
  plural: 'connections',
  fields: {
    connection_id: field(connectionId, {
      required: true,
      createOnly: true,
      always: true,
      description: 'The connection',
    }),
    organization_connection_name: field(Type.String({ minLength: 1, maxLength: 50, pattern: PATTERNS.withoutNull }), {
      nullable: 'remove',
      description: 'Name of the connection within the organization',
      inert,
    }),
    assign_membership_on_login: field(Type.Boolean(), {
      default: false,
      description: 'Whether who signs in by it becomes a member',
      inert,
    }),
    show_as_button: field(Type.Boolean(), {
      default: true,
      description: 'Whether the login page of the organization offers it',
      inert,
    }),
    is_signup_enabled: field(Type.Boolean(), {
      description:
        'Whether people may sign up to the organization; database connections only, and with membership on login',
      inert,
    }),
    organization_access_level: field(choice(['none', 'readonly', 'limited', 'full']), {
      default: 'none',
      nullable: 'remove',
      description: 'What administrators of the organization may do with it',
      inert,
    }),
    is_enabled: field(Type.Boolean(), {
      default: true,
      nullable: 'remove',
      description: 'Whether members may sign in by it',
      inert,
    }),
    connection: field(strict({ name: Type.String(), strategy: Type.String() }), {
      readOnly: true,
      description: 'Name and strategy of the connection',
    }),
  },
});

/** As it is kept. The connection's name and strategy are looked up when it is shown. */
export type OrganizationConnection = Part & Omit<DocumentOf<typeof organizationConnectionResource>, 'connection'>;

/** Body of the older operations, which know enabled connections only. */
export const enabledConnectionChange = strict({
  assign_membership_on_login: opt(Type.Boolean()),
  show_as_button: opt(Type.Boolean()),
  is_signup_enabled: opt(Type.Boolean()),
});

/** Paths call the connection by one of two names. */
export const connectionParams = strict({ id: organizationId, connection_id: connectionId });
export const enabledConnectionParams = strict({ id: organizationId, connectionId });
