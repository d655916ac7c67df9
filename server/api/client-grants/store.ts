/** Where client grants are kept. One grant for each party, API and kind of subject. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import { removeGrantFromOrganizations } from '../organizations/client-grants/store.ts';
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

/** Removes a grant, also from the organizations that have it. Answers whether there was one. */
export async function removeClientGrant(
  sql: Sql,
  tenant: string,
  grants: Collection<ClientGrant>,
  id: string,
): Promise<boolean> {
  await removeGrantFromOrganizations(sql, tenant, id);
  return grants.remove(sql, tenant, id);
}
