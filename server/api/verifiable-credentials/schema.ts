/** Templates of verifiable presentations: which claims of a mobile driving licence are asked for. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { opt, strict } from '../../schema/types.ts';

/** ISO/IEC 18013-5 §7.2.1: data elements of the namespace org.iso.18013.5.1. */
const CLAIMS = [
  'family_name',
  'given_name',
  'birth_date',
  'issue_date',
  'expiry_date',
  'issuing_country',
  'issuing_authority',
  'portrait',
  'driving_privileges',
  'resident_address',
  'portrait_capture_date',
  'age_in_years',
  'age_birth_year',
  'issuing_jurisdiction',
  'nationality',
  'resident_city',
  'resident_state',
  'resident_postal_code',
  'resident_country',
  'family_name_national_character',
  'given_name_national_character',
] as const;

const claims = strict(Object.fromEntries(CLAIMS.map((name) => [name, opt(Type.Boolean())])), { minProperties: 1 });
const short = Type.String({ minLength: 1, maxLength: 255 });
const NOT_YET = 'Kept and shown; credentials are not verified yet.';

export const vcTemplateResource = resource({
  name: 'VerifiableCredentialTemplate',
  plural: 'templates',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true }),
    name: field(short, { required: true, always: true, description: 'Name of the template' }),
    type: field(short, { required: true, always: true, description: 'Kind of credential: mdl', inert: NOT_YET }),
    dialect: field(Type.String({ pattern: PATTERNS.credentialDialect, maxLength: 255 }), {
      required: true,
      always: true,
      description: 'Language of the presentation',
      inert: NOT_YET,
    }),
    presentation: field(strict({ 'org.iso.18013.5.1.mDL': strict({ 'org.iso.18013.5.1': claims }) }), {
      required: true,
      always: true,
      description: 'Claims by namespace; true for those that the verifier means to keep',
      inert: NOT_YET,
    }),
    custom_certificate_authority: field(Type.String({ minLength: 1, maxLength: 4096 }), {
      createOnly: true,
      nullable: 'keep',
      description: 'Certificate of an issuer to trust, PEM',
      inert: NOT_YET,
    }),
    well_known_trusted_issuers: field(
      Type.String({ pattern: PATTERNS.credentialIssuers, minLength: 1, maxLength: 255 }),
      {
        required: true,
        always: true,
        description: 'Known list of issuers to trust',
        inert: NOT_YET,
      },
    ),
    version: field(Type.Number(), { updateOnly: true, nullable: 'remove', description: 'Version of the template' }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
  },
});

export type VcTemplate = DocumentOf<typeof vcTemplateResource>;
