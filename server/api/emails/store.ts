/** Where the mail provider of a tenant is kept: one document, its credentials sealed. */
import type { Provider } from '../../mail/providers.ts';
import type { Services } from '../../services.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import type { EmailProvider } from './schema.ts';

export type StoredEmailProvider = EmailProvider & { readonly id: 'provider' };

export function emailProviderStore(sealer: Sealer): Collection<StoredEmailProvider> {
  return collection<StoredEmailProvider>(
    { kind: 'email_provider', id: 'id', keys: {}, sealed: ['credentials'] },
    sealer,
  );
}

/** The provider that mails go through now. A custom one is an action, which does not run yet: then there is none. */
export async function providerInUse(
  { database, vault }: Pick<Services, 'database' | 'vault'>,
  configuration: TenantConfiguration,
): Promise<Provider | undefined> {
  const provider = await configuration.memo('mail provider', () =>
    emailProviderStore(vault).get(database.read, configuration.tenant, 'provider'),
  );
  return provider && provider.enabled !== false && provider.name !== 'custom' ? (provider as Provider) : undefined;
}
