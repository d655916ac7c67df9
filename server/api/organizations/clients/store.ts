/** Which clients are listed for an organization. */
import type { Sql } from '../../../storage/database.ts';
import { partCollection, partId, removeAllOf } from '../parts.ts';
import type { OrganizationClient } from './schema.ts';

export const organizationClients = partCollection<OrganizationClient>('organization_client', 'client_id');

/** What an organization says of a client; undefined when the client is not listed. */
export async function associationOf(
  sql: Sql,
  tenant: string,
  organizationId: string,
  clientId: string,
): Promise<Pick<OrganizationClient, 'use_for_member_access'> | undefined> {
  const part = await organizationClients.get(sql, tenant, partId(organizationId, clientId));
  return part && { use_for_member_access: part.use_for_member_access };
}

/** A client that is gone is gone from every organization. */
export function removeClientFromOrganizations(sql: Sql, tenant: string, clientId: string): Promise<void> {
  return removeAllOf(sql, tenant, organizationClients, 'client_id', clientId);
}
