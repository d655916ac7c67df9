/** Custom domains: hosts of its own that a tenant answers on, each with an issuer, once it is shown to be the tenant's. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, orNull, strict } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const CERTIFICATES = 'Kept and shown; certificates are the reverse proxy’s, or those of LATCHKEY_TLS_CERT.';
const hostname = Type.String({ pattern: PATTERNS.hostName, minLength: 3, maxLength: 255 });

const verification = strict({
  methods: Type.Array(
    strict({
      name: choice(['CNAME', 'TXT']),
      record: Type.String(),
      domain: Type.String(),
    }),
  ),
  status: opt(choice(['verified', 'pending', 'failed'])),
  error_msg: opt(Type.String()),
  last_verified_at: opt(Type.String()),
});

export const customDomainResource = resource({
  name: 'CustomDomain',
  plural: 'custom_domains',
  fields: {
    custom_domain_id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier' }),
    domain: field(hostname, { required: true, createOnly: true, always: true, description: 'The host' }),
    primary: field(Type.Boolean(), { readOnly: true, always: true, description: 'Whether it came first' }),
    is_default: field(Type.Boolean(), {
      readOnly: true,
      always: true,
      description: 'Whether links of the Management API lead there',
    }),
    status: field(choice(['pending_verification', 'ready', 'failed']), { readOnly: true, always: true }),
    type: field(choice(['auth0_managed_certs', 'self_managed_certs']), {
      required: true,
      createOnly: true,
      always: true,
      description: 'How the domain is shown to be yours: by a CNAME record, or by a TXT record',
    }),
    origin_domain_name: field(Type.String(), { readOnly: true, description: 'The host behind the domain' }),
    verification: field(verification, { readOnly: true, always: true, description: 'What to put into the DNS' }),
    verification_method: field(choice(['txt']), {
      createOnly: true,
      writeOnly: true,
      inert: 'The type of the domain decides.',
    }),
    custom_client_ip_header: field(
      orNull(choice(['true-client-ip', 'cf-connecting-ip', 'x-forwarded-for', 'x-azure-clientip', ''])),
      { nullable: 'keep', inert: 'LATCHKEY_TRUST_PROXY says whose word about addresses is taken.' },
    ),
    tls_policy: field(choice(['recommended']), { inert: CERTIFICATES }),
    domain_metadata: field(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        maxProperties: 10,
        additionalProperties: { type: ['string', 'null'], maxLength: 255 },
        propertyNames: { maxLength: 255 },
      }),
      { merge: true, description: 'Notes, for templates of mails and pages' },
    ),
    relying_party_identifier: field(Type.String({ pattern: PATTERNS.hostName, maxLength: 255 }), {
      nullable: 'remove',
      description: 'Relying party of passkeys',
      inert: NOT_YET,
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
  },
});

export type CustomDomain = DocumentOf<typeof customDomainResource>;
