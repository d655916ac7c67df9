/** User attribute profiles: what attributes users of enterprise connections have, and where each protocol finds them. */
import { type TProperties, Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, orNull, strict } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';

/** Strategies for which a profile may say something else. */
const PROFILE_STRATEGIES = ['pingfederate', 'ad', 'adfs', 'waad', 'google-apps', 'okta', 'oidc', 'samlp'] as const;

/** An object by strategy. */
export function byStrategy<P extends TProperties>(properties: P) {
  const one = opt(strict(properties));
  return strict(
    Object.fromEntries(PROFILE_STRATEGIES.map((name) => [name, one])) as Record<
      (typeof PROFILE_STRATEGIES)[number],
      typeof one
    >,
  );
}

const word = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const samlMapping = opt(Type.Array(word(128), { minItems: 1, maxItems: 10 }));
const scimMapping = opt(word(128));

const userId = strict({
  oidc_mapping: opt(choice(['sub'])),
  saml_mapping: samlMapping,
  scim_mapping: scimMapping,
  strategy_overrides: opt(
    byStrategy({
      oidc_mapping: opt(choice(['sub', 'oid', 'email'])),
      saml_mapping: samlMapping,
      scim_mapping: scimMapping,
    }),
  ),
});

const oidcMapping = opt(strict({ mapping: word(50), display_name: opt(word(50)) }));

const attribute = strict({
  description: word(128),
  label: word(128),
  profile_required: Type.Boolean(),
  auth0_mapping: word(50),
  oidc_mapping: oidcMapping,
  saml_mapping: samlMapping,
  scim_mapping: scimMapping,
  strategy_overrides: opt(
    byStrategy({ oidc_mapping: oidcMapping, saml_mapping: samlMapping, scim_mapping: scimMapping }),
  ),
});

const attributes = Type.Record(Type.String(), attribute, { minProperties: 1, maxProperties: 64 });

export const userAttributeProfileResource = resource({
  name: 'UserAttributeProfile',
  plural: 'user_attribute_profiles',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the profile' }),
    name: field(word(128), {
      required: true,
      always: true,
      description: 'Name of the profile; there is one of a name',
    }),
    user_id: field(orNull(userId), { always: true, inert: NOT_YET, description: 'What the id of a user is made of' }),
    user_attributes: field(attributes, {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'Attributes by name, and where they are found',
    }),
  },
});

export type UserAttributeProfile = DocumentOf<typeof userAttributeProfileResource>;
