/**
 * Connections: where users come from. What the options of each strategy may be is in `strategies/`, one file a family.
 */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import type { DatabaseOptions } from './strategies/database.ts';
import { STRATEGY_NAMES } from './strategies/table.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';

/** Texts by name; a text of `null` is left out. */
const METADATA = {
  type: 'object',
  additionalProperties: { type: ['string', 'null'], maxLength: 255 },
  maxProperties: 10,
};

const purpose = strict({ active: Type.Boolean() });

/** The options of any strategy. Typed as those of a database, which signing in goes by; the rest is the strategy's own. */
const options = Type.Unsafe<DatabaseOptions & Record<string, unknown>>({ type: 'object' });

export const connectionResource = resource({
  name: 'Connection',
  plural: 'connections',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the connection' }),
    name: field(Type.String({ pattern: PATTERNS.hyphenated, maxLength: 128 }), {
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
    strategy: field(choice(STRATEGY_NAMES), {
      required: true,
      createOnly: true,
      always: true,
      inert: 'People sign in through auth0 only so far; connections of other strategies are checked, kept and shown.',
      description: 'Kind of identity provider; auth0 is a database of ours',
    }),
    options: field(options, {
      nullable: 'remove',
      default: {},
      // They may hold credentials and scripts: none of them goes into a log event.
      secret: true,
      inert:
        'Of a database these have an effect: passwordPolicy, password_complexity_options, password_history, ' +
        'password_no_personal_info, password_dictionary, password_options, requires_username, validation, attributes ' +
        '(as identifiers), disable_signup. All others are checked, kept and shown.',
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
    metadata: field(Type.Unsafe<Record<string, string | null>>(METADATA), {
      nullable: 'remove',
      description: 'Up to ten texts of your own',
    }),
    authentication: field(purpose, {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'Whether people may sign in with it',
    }),
    connected_accounts: field(strict({ active: Type.Boolean(), cross_app_access: opt(Type.Boolean()) }), {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'Whether signed-in people may link accounts of it',
    }),
    cross_app_access_requesting_app: field(purpose, {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'Whether it asks other applications for access on behalf of its users',
    }),
    cross_app_access_resource_app: field(strict({ status: choice(['enabled', 'disabled']) }), {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'Whether other applications may ask for access to what it protects',
    }),
    provisioning_ticket_url: field(Type.String(), {
      readOnly: true,
      inert: 'Made and shown; the page behind it is not built yet.',
      description: 'Page where the administrator of the other side finds what to enter there',
    }),
  },
});

export type Connection = DocumentOf<typeof connectionResource>;
