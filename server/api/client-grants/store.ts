/** Where client grants are kept. One grant for each party, API and kind of subject. */
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { ClientGrant } from './schema.ts';

/** The unique key of a grant: who, which API, for whom. */
export function partyKey(grant: Pick<ClientGrant, 'client_id' | 'default_for' | 'audience' | 'subject_type'>): string {
  return JSON.stringify([grant.client_id ?? grant.default_for ?? null, grant.audience, grant.subject_type ?? 'client']);
}

export function clientGrantStore(sealer: Sealer): Collection<ClientGrant> {
  return collection<ClientGrant>(
    {
      kind: 'client_grant',
      id: 'id',
      keys: {
        party: { of: partyKey, unique: true },
        client: { of: (doc) => doc.client_id ?? undefined },
        audience: { of: (doc) => doc.audience },
      },
    },
    sealer,
  );
}
