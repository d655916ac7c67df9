/** Profiles to begin with. What a template holds can be sent back as it is, to make a profile. */
import type { UserAttributeProfile } from './schema.ts';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

/** What the id of a user is made of when a profile does not say (recorded). */
export function defaultUserId(): NonNullable<UserAttributeProfile['user_id']> {
  return {
    oidc_mapping: 'sub',
    saml_mapping: [`${CLAIMS}nameidentifier`, `${CLAIMS}upn`, `${CLAIMS}name`],
    scim_mapping: 'externalId',
  };
}

type Template = {
  readonly id: string;
  readonly display_name: string;
  readonly template: Omit<UserAttributeProfile, 'id'>;
};

const attribute = (name: string, label: string, saml: string, scim: string, required = false) => ({
  [name]: {
    label,
    description: `${label} of the user`,
    profile_required: required,
    auth0_mapping: name,
    oidc_mapping: { mapping: name, display_name: label },
    saml_mapping: [`${CLAIMS}${saml}`],
    scim_mapping: scim,
  },
});

export const TEMPLATES: readonly Template[] = [
  {
    id: 'auth0-generic',
    display_name: 'Generic user attribute profile',
    template: {
      name: 'Generic user attribute profile',
      user_id: defaultUserId(),
      user_attributes: {
        ...attribute('email', 'E-mail address', 'emailaddress', 'emails[primary eq true].value', true),
        ...attribute('name', 'Full name', 'name', 'displayName'),
        ...attribute('given_name', 'Given name', 'givenname', 'name.givenName'),
        ...attribute('family_name', 'Family name', 'surname', 'name.familyName'),
        ...attribute('nickname', 'Nickname', 'nickname', 'nickName'),
        ...attribute('picture', 'Picture', 'picture', 'photos[type eq "photo"].value'),
      },
    },
  },
];
