/**
 * Clients that are listed for an organization. Recorded, and in the newer SDKs; the vendor's document does not have
 * them.
 */
import { Type } from 'typebox';
import { opt, strict } from '../../../schema/types.ts';
import type { Part } from '../parts.ts';
import { organizationId } from '../schema.ts';

const clientId = Type.String({ minLength: 1, maxLength: 100 });
const useForMemberAccess = Type.Boolean({ description: 'Whether members may sign in by the client' });

export type OrganizationClient = Part & { readonly client_id: string; readonly use_for_member_access: boolean };

export const clientParams = strict({ id: organizationId, client_id: clientId });

export const addClientsBody = strict({
  clients: Type.Array(strict({ client_id: clientId, use_for_member_access: opt(useForMemberAccess) }), {
    minItems: 1,
    maxItems: 100,
  }),
});
export const removeClientsBody = strict({ clients: Type.Array(clientId, { minItems: 1, maxItems: 100 }) });
export const clientChange = strict({ use_for_member_access: opt(useForMemberAccess) });

export const organizationClientAnswer = strict({
  client_id: Type.String(),
  use_for_member_access: Type.Boolean(),
  client: strict({
    name: Type.String(),
    is_first_party: Type.Boolean(),
    grant_types: Type.Array(Type.String()),
  }),
});
