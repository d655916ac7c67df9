/**
 * Organizations: the customers of an application, each with its own members, connections and branding. What belongs to
 * one is kept in the folders beside this file; what deleting one takes along is in `store.ts`.
 */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, orNull, strict } from '../../schema/types.ts';

export const NOT_AT_LOGIN = 'Kept and shown; signing in to an organization is not there yet.';

export const organizationName = Type.String({
  minLength: 1,
  maxLength: 50,
  pattern: PATTERNS.organizationName,
});

/** Ids in paths. */
export const organizationId = Type.String({ minLength: 1, maxLength: 50, description: 'Id of the organization' });
export const params = strict({ id: organizationId });
export const ORGANIZATION_NOT_FOUND = { 404: 'inexistent_organization' };
export const tag = 'Organizations';

const color = Type.String({ format: 'html-color' });
const perPeriod = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** A connection of an organization as the older operations show it. */
export const enabledConnectionAnswer = strict({
  connection_id: Type.String(),
  assign_membership_on_login: opt(Type.Boolean()),
  show_as_button: opt(Type.Boolean()),
  is_signup_enabled: opt(Type.Boolean()),
  connection: strict({ name: Type.String(), strategy: Type.String() }),
});

/** A connection that is enabled together with the making of the organization. */
export const enabledConnection = strict({
  connection_id: Type.String({ minLength: 1, maxLength: 50 }),
  assign_membership_on_login: opt(Type.Boolean()),
  show_as_button: opt(Type.Boolean()),
  is_signup_enabled: opt(Type.Boolean()),
});

export const organizationResource = resource({
  name: 'Organization',
  plural: 'organizations',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the organization' }),
    name: field(organizationName, {
      required: true,
      always: true,
      description: 'Name in requests: lower-case letters, digits, hyphens and underscores',
    }),
    display_name: field(Type.String({ minLength: 1, maxLength: 255 }), { description: 'Name that people read' }),
    branding: field(
      strict({
        logo_url: opt(orNull(Type.String({ format: 'strict-https-uri', maxLength: 2048 }))),
        colors: opt(strict({ primary: color, page_background: color })),
      }),
      { description: 'How the login pages of its members look', inert: NOT_AT_LOGIN },
    ),
    metadata: field(
      Type.Record(Type.String({ maxLength: 255 }), orNull(Type.String({ maxLength: 255 })), { maxProperties: 25 }),
      { description: 'Texts that the application keeps with it; an update replaces all, null leaves one out' },
    ),
    token_quota: field(
      strict({
        client_credentials: strict(
          { enforce: opt(Type.Boolean()), per_day: opt(perPeriod), per_hour: opt(perPeriod) },
          { minProperties: 1 },
        ),
      }),
      {
        nullable: 'remove',
        description: 'How many tokens clients may get for it',
        inert: 'Kept and shown; no token is counted yet.',
      },
    ),
    // Recorded, where the document does not have them: these two, and the clients of an organization.
    third_party_client_access: field(choice(['allow', 'block']), {
      default: 'block',
      description: 'Whether its members may use clients of third parties',
      inert: NOT_AT_LOGIN,
    }),
    is_app_entitlement_active: field(Type.Boolean(), {
      default: false,
      description: 'Whether its members may use only the clients that are listed for it',
      inert: NOT_AT_LOGIN,
    }),
    enabled_connections: field(Type.Array(enabledConnection, { maxItems: 10 }), {
      createOnly: true,
      writeOnly: true,
      description: 'Connections to enable at once',
    }),
  },
});
/** What making one answers: its connections are told once. */
export const createdOrganization = Type.Object({
  ...organizationResource.read.properties,
  enabled_connections: opt(Type.Array(enabledConnectionAnswer)),
});
export type Organization = DocumentOf<typeof organizationResource>;

/** What whoever may read summaries only is shown. */
const SUMMARY = ['id', 'name', 'display_name', 'branding'] as const;

export function summaryOf(organization: Organization): Partial<Organization> {
  return Object.fromEntries(SUMMARY.flatMap((name) => (organization[name] ? [[name, organization[name]]] : [])));
}

/** What is kept: texts that are null are left out, and so is metadata without any. */
export function tidied({ metadata, enabled_connections: _, ...organization }: Organization): Organization {
  const texts = Object.entries(metadata ?? {}).filter(([, text]) => text !== null);
  return texts.length > 0 ? { ...organization, metadata: Object.fromEntries(texts) } : organization;
}
