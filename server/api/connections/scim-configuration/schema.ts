/** SCIM configurations: how users of a connection are provisioned from outside, and the tokens that may do it. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { open, opt, optionalBody, orNull, strict } from '../../../schema/types.ts';

const NOT_YET = 'Kept and shown; the SCIM endpoints are not built yet.';

const mapping = Type.Array(
  open({ auth0: opt(Type.String({ maxLength: 500 })), scim: opt(Type.String({ maxLength: 500 })) }),
  {
    maxItems: 500,
  },
);
const shownOnly = { readOnly: true, always: true } as const;

export const scimConfigurationResource = resource({
  name: 'ScimConfiguration',
  plural: 'scim_configurations',
  fields: {
    connection_id: field(Type.String(), { ...shownOnly, description: 'The connection' }),
    connection_name: field(Type.String(), { ...shownOnly, description: 'Its name' }),
    strategy: field(Type.String(), { ...shownOnly, description: 'Its strategy' }),
    tenant_name: field(Type.String(), { ...shownOnly, description: 'The tenant' }),
    user_id_attribute: field(Type.String({ minLength: 1, maxLength: 500 }), {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'The SCIM attribute that becomes the id of a user',
    }),
    mapping: field(mapping, { required: true, always: true, inert: NOT_YET, description: 'Where attributes go' }),
    created_at: field(Type.String(), { ...shownOnly }),
    updated_on: field(Type.String(), { ...shownOnly }),
  },
});

/** A configuration as it is kept: what belongs to the connection or the tenant is read there. */
export type ScimConfiguration = Pick<
  DocumentOf<typeof scimConfigurationResource>,
  'connection_id' | 'user_id_attribute' | 'mapping' | 'created_at' | 'updated_on'
>;

/** Whatever is left out of a new configuration gets the default. */
export const newScimConfiguration = optionalBody({
  user_id_attribute: opt(Type.String({ minLength: 1, maxLength: 500 })),
  mapping: opt(mapping),
});

/** An update says everything: there is no telling apart what stays. */
export const changedScimConfiguration = strict({
  user_id_attribute: Type.String({ minLength: 1, maxLength: 500 }),
  mapping,
});

export const SCIM_SCOPES = [
  ...(['get:users', 'post:users', 'put:users', 'patch:users', 'delete:users'] as const),
  ...(['get:groups', 'post:groups', 'put:groups', 'patch:groups', 'delete:groups'] as const),
];

/** A token as it is kept: of the secret its hash only. */
export type ScimToken = {
  readonly token_id: string;
  readonly connection_id: string;
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly valid_until?: string;
};

export const newScimToken = optionalBody({
  scopes: opt(
    Type.Array(Type.Unsafe<string>({ type: 'string', enum: SCIM_SCOPES }), { minItems: 1, uniqueItems: true }),
  ),
  /** Seconds; null for ever. */
  token_lifetime: opt(orNull(Type.Integer({ minimum: 900, maximum: 31_536_000_000 }))),
});

const tokenShape = {
  token_id: Type.String(),
  scopes: Type.Array(Type.String()),
  created_at: Type.String(),
  valid_until: opt(Type.String()),
};
export const scimTokenRead = Type.Object({ ...tokenShape, last_used_at: opt(Type.String()) });
/** The only answer that holds the token. */
export const scimTokenMade = Type.Object({ ...tokenShape, token: Type.String() });

/** Only for masking: a log event must not hold the token. */
export const scimTokenResource = resource({
  name: 'ScimToken',
  plural: 'tokens',
  fields: { token: field(Type.String(), { readOnly: true, secret: true, description: 'The bearer token' }) },
});
