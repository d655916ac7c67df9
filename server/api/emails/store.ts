/** Where the mail provider of a tenant is kept: one document, its credentials sealed. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { EmailProvider } from './schema.ts';

export type StoredEmailProvider = EmailProvider & { readonly id: 'provider' };

export function emailProviderStore(sealer: Sealer): Collection<StoredEmailProvider> {
  return collection<StoredEmailProvider>(
    { kind: 'email_provider', id: 'id', keys: {}, sealed: ['credentials'] },
    sealer,
  );
}
