/** Which client grants an organization has. */
import type { Sql } from '../../../storage/database.ts';
import { partCollection, removeAllOf } from '../parts.ts';
import type { OrganizationGrant } from './schema.ts';

export const organizationGrants = partCollection<OrganizationGrant>('organization_client_grant', 'grant_id');

/** The organizations that a grant was given to, in the order in which they got it. */
export async function organizationsOfGrant(sql: Sql, tenant: string, grantId: string): Promise<string[]> {
  return (await organizationGrants.findAll(sql, tenant, 'grant_id', grantId)).map((part) => part.organization_id);
}

/** A grant that is gone is gone from every organization. */
export function removeGrantFromOrganizations(sql: Sql, tenant: string, grantId: string): Promise<void> {
  return removeAllOf(sql, tenant, organizationGrants, 'grant_id', grantId);
}
