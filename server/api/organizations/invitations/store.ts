/** Where invitations are kept. Their links are sealed, and found by the hash of their secret. */
import { hashSecret } from '../../../keys/secrets.ts';
import type { Sql } from '../../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../../storage/documents.ts';
import { removeAllOf } from '../parts.ts';
import type { Invitation } from './schema.ts';

export function invitationStore(sealer: Sealer): Collection<Invitation> {
  return collection<Invitation>(
    {
      kind: 'organization_invitation',
      id: 'id',
      keys: {
        organization: { of: (doc) => doc.organization_id },
        ticket: { of: (doc) => hashSecret(doc.ticket_id), unique: true },
        client: { of: (doc) => doc.client_id },
        connection: { of: (doc) => doc.connection_id ?? undefined },
        role: { of: (doc) => doc.roles ?? undefined },
      },
      sealed: ['invitation_url', 'ticket_id'],
    },
    sealer,
  );
}

/** What invitations lead to: without it they lead nowhere. */
export function removeInvitationsOf(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  key: 'client' | 'connection',
  id: string,
): Promise<void> {
  return removeAllOf(sql, tenant, invitationStore(sealer), key, id);
}

/** A role that is gone does not come with any membership. */
export async function removeRoleFromInvitations(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  roleId: string,
  now: number,
): Promise<void> {
  const store = invitationStore(sealer);
  for (const { roles, ...invitation } of await store.findAll(sql, tenant, 'role', roleId)) {
    const left = roles?.filter((id) => id !== roleId) ?? [];
    await store.replace(sql, tenant, left.length > 0 ? { ...invitation, roles: left } : invitation, now);
  }
}
