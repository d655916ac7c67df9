/** Connections: where users come from. Of the strategies the database (`auth0`) is built; see `docs/differences.md`. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, open, opt, orNull } from '../../schema/types.ts';

/** Values for the scripts of the connection, such as passwords of databases. */
const TEXTS = { type: 'object', additionalProperties: { type: 'string', maxLength: 10_000 }, maxProperties: 100 };

const flag = opt(orNull(Type.Boolean()));

const identifier = opt(
  open({ identifier: opt(open({ active: opt(Type.Boolean()) })), signup: opt(open({ status: opt(Type.String()) })) }),
);

/** Options of a database connection that have an effect; others are kept as they come. */
const options = open({
  attributes: opt(orNull(open({ email: identifier, username: identifier, phone_number: identifier }))),
  configuration: opt(orNull(Type.Unsafe<Record<string, string>>(TEXTS))),
  passwordPolicy: opt(orNull(choice(['none', 'low', 'fair', 'good', 'excellent']))),
  password_complexity_options: opt(orNull(open({ min_length: opt(Type.Integer({ minimum: 1, maximum: 128 })) }))),
  password_history: opt(orNull(open({ enable: flag, size: opt(Type.Integer({ minimum: 0, maximum: 24 })) }))),
  password_no_personal_info: opt(orNull(open({ enable: flag }))),
  password_dictionary: opt(
    orNull(open({ enable: flag, dictionary: opt(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 200 })) })),
  ),
  requires_username: flag,
  disable_signup: flag,
  brute_force_protection: flag,
  validation: opt(
    orNull(
      open({
        username: opt(
          orNull(
            open({
              min: opt(Type.Integer({ minimum: 1, maximum: 128 })),
              max: opt(Type.Integer({ minimum: 1, maximum: 128 })),
            }),
          ),
        ),
      }),
    ),
  ),
});

export const connectionResource = resource({
  name: 'Connection',
  plural: 'connections',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the connection' }),
    name: field(Type.String({ pattern: '^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$', maxLength: 128 }), {
      required: true,
      createOnly: true,
      always: true,
      description: 'Name in requests and user records; letters, digits and single hyphens',
    }),
    display_name: field(Type.String({ maxLength: 128 }), {
      nullable: 'remove',
      description: 'Name shown to people',
      inert: 'A page that offers several connections is not built yet.',
    }),
    strategy: field(Type.String({ pattern: '^[a-z0-9-]{1,50}$' }), {
      required: true,
      createOnly: true,
      always: true,
      description: 'Kind of identity provider; auth0 is a database of ours',
    }),
    options: field(options, {
      nullable: 'remove',
      default: {},
      // They may hold credentials and scripts: none of them goes into a log event.
      secret: true,
      description: 'Settings of the strategy',
    }),
    enabled_clients: field(Type.Array(Type.String({ minLength: 1 })), {
      nullable: 'remove',
      default: [],
      description: 'Clients whose users may come from here',
    }),
    is_domain_connection: field(Type.Boolean(), {
      nullable: 'remove',
      default: false,
      description: 'Usable by every third-party client',
    }),
    show_as_button: field(Type.Boolean(), {
      nullable: 'remove',
      inert: 'Kept and shown; matters to enterprise connections.',
    }),
    realms: field(Type.Array(Type.String({ minLength: 1 })), {
      nullable: 'remove',
      description: 'Names of the connection in password-realm requests',
    }),
    metadata: field(anyObject({ maxProperties: 10 }), {
      nullable: 'remove',
      description: 'Up to ten texts of your own',
    }),
    authentication: field(open({ active: opt(Type.Boolean()) }), {
      nullable: 'remove',
      default: { active: true },
      inert: 'Kept and shown; has no effect yet.',
    }),
    connected_accounts: field(open({ active: opt(Type.Boolean()) }), {
      nullable: 'remove',
      default: { active: false },
      inert: 'Kept and shown; has no effect yet.',
    }),
  },
});

export type Connection = DocumentOf<typeof connectionResource>;
