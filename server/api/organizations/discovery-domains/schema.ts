/** E-mail domains by which a person's organization is found. */
import { Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { choice, strict } from '../../../schema/types.ts';
import { NOT_AT_LOGIN, organizationId } from '../schema.ts';

const domainName = Type.String({
  minLength: 3,
  maxLength: 255,
  pattern: PATTERNS.domainName,
});
const discoveryDomainId = Type.String({ minLength: 1, maxLength: 50 });

export const discoveryDomainResource = resource({
  name: 'DiscoveryDomain',
  plural: 'domains',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the domain' }),
    domain: field(domainName, {
      required: true,
      createOnly: true,
      always: true,
      description: 'The domain; an organization has it once',
    }),
    status: field(choice(['pending', 'verified']), {
      default: 'pending',
      always: true,
      description: 'Whether it is known that the domain is theirs; who calls says so',
      inert: NOT_AT_LOGIN,
    }),
    use_for_organization_discovery: field(Type.Boolean(), {
      default: true,
      description: 'Whether the organization is found by the domain',
      inert: NOT_AT_LOGIN,
    }),
    verification_host: field(Type.String(), {
      readOnly: true,
      always: true,
      description: 'Where in the DNS the proof belongs',
    }),
    verification_txt: field(Type.String(), {
      readOnly: true,
      always: true,
      description: 'Text of the TXT record that proves the domain',
    }),
  },
});
export type DiscoveryDomain = DocumentOf<typeof discoveryDomainResource> & { readonly organization_id: string };

export const domainParams = strict({ id: organizationId, discovery_domain_id: discoveryDomainId });
export const domainNameParams = strict({
  id: organizationId,
  discovery_domain: Type.String({ minLength: 3, maxLength: 255 }),
});
