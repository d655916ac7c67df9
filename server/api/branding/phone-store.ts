/** Where phone providers and templates are kept: of either a tenant has at most one of a kind. */
import { type Collection, collection, type Sealer, unsealed } from '../../storage/documents.ts';
import type { PhoneProviderDocument, PhoneTemplate } from './phone-schema.ts';

export function phoneProviderStore(sealer: Sealer): Collection<PhoneProviderDocument> {
  return collection<PhoneProviderDocument>(
    {
      kind: 'phone_provider',
      id: 'id',
      keys: { channel: { of: (provider) => provider.channel, unique: true } },
      sealed: ['credentials'],
    },
    sealer,
  );
}

/** Nothing in them is secret. */
export const phoneTemplates: Collection<PhoneTemplate> = collection<PhoneTemplate>(
  { kind: 'phone_template', id: 'id', keys: { type: { of: (template) => template.type, unique: true } } },
  unsealed,
);
