/** Access control by network: which requests are refused, let through or sent elsewhere before anything else happens. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';

const list = (maxLength: number) =>
  opt(Type.Array(Type.String({ minLength: 1, maxLength }), { minItems: 1, maxItems: 1000 }));

/** Lists of addresses that others keep up to date. Recorded; the description of the API does not know them. */
export const CURATED_LISTS: readonly string[] = ['auth0.low_reputation', 'auth0.icloud_relay_proxy'];

const conditions = strict(
  {
    asns: opt(Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1, maxItems: 1000 })),
    auth0_managed: opt(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 10, uniqueItems: true })),
    ipv4_cidrs: list(18),
    ipv6_cidrs: list(43),
    user_agents: list(300),
    ja3_fingerprints: list(100),
    ja4_fingerprints: list(100),
    geo_country_codes: list(2),
    geo_subdivision_codes: list(6),
    hostnames: list(255),
    connecting_ipv4_cidrs: list(18),
    connecting_ipv6_cidrs: list(43),
  },
  { minProperties: 1 },
);

const yes = opt(Type.Unsafe<true>({ type: 'boolean', enum: [true] }));

const rule = strict({
  match: opt(conditions),
  scope: choice(['management', 'authentication', 'tenant', 'dynamic_client_registration']),
  action: strict(
    {
      block: yes,
      allow: yes,
      log: yes,
      redirect: yes,
      redirect_uri: opt(Type.String({ minLength: 1, maxLength: 2000 })),
    },
    { minProperties: 1 },
  ),
  not_match: opt(conditions),
});

export const networkAclResource = resource({
  name: 'NetworkAcl',
  plural: 'network_acls',
  fields: {
    description: field(Type.String({ maxLength: 255 }), {
      required: true,
      always: true,
      description: 'What it is for',
    }),
    active: field(Type.Boolean(), { required: true, always: true, description: 'Whether it is in force' }),
    priority: field(Type.Number({ minimum: 1, maximum: 100 }), {
      default: 50,
      description: 'The lowest number is asked first',
    }),
    rule: field(rule, {
      required: true,
      always: true,
      description: 'Which requests it is about and what becomes of them',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
    id: field(Type.String(), { readOnly: true, always: true }),
  },
});

export type NetworkAcl = DocumentOf<typeof networkAclResource>;
export type AclConditions = NonNullable<NetworkAcl['rule']['match']>;
