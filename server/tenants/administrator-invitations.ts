/**
 * Invitations to become an administrator: who has the link of the mail chooses a password and is one. The link is kept
 * as a hash only, and works once: whoever removes the invitation has used it.
 */
import { hashSecret } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import { type Collection, collection, unsealed } from '../storage/documents.ts';
import type { AdministratorRole } from './administrator-roles.ts';

export type Invitation = {
  readonly id: string;
  /** In small letters. */
  readonly email: string;
  readonly roles: readonly AdministratorRole[];
  readonly inviter?: string | undefined;
  readonly ticket_hash: string;
  /** ISO 8601, like `expires_at`. */
  readonly created_at: string;
  readonly expires_at: string;
};

export const administratorInvitations: Collection<Invitation> = collection<Invitation>(
  {
    kind: 'administrator_invitation',
    id: 'id',
    keys: {
      email: { of: (doc) => doc.email, unique: true },
      ticket: { of: (doc) => doc.ticket_hash, unique: true },
    },
  },
  unsealed,
);

/** The invitation of a link that still works. */
export async function findInvitation(
  sql: Sql,
  tenant: string,
  secret: string,
  now: number,
): Promise<Invitation | undefined> {
  const invitation = await administratorInvitations.find(sql, tenant, 'ticket', hashSecret(secret));
  return invitation && Date.parse(invitation.expires_at) > now ? invitation : undefined;
}

/** Uses an invitation up: of parallel uses one gets true. */
export function useInvitation(sql: Sql, tenant: string, { id }: Invitation): Promise<boolean> {
  return administratorInvitations.remove(sql, tenant, id);
}
