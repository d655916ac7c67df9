/**
 * Where organizations are kept: found by id and by name. What belongs to one has stores of its own, beside its
 * operations; all of it goes when the organization does.
 */
import { ApiError } from '../../http/errors.ts';
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Where } from '../pipeline.ts';
import { removeDependants } from '../removals.ts';
import { removeRolesOfOwner } from '../roles/store.ts';
import { organizationGrants } from './client-grants/store.ts';
import { organizationClients } from './clients/store.ts';
import { organizationConnections } from './connections/store.ts';
import { discoveryDomains } from './discovery-domains/store.ts';
import { invitationStore } from './invitations/store.ts';
import { removeAllOf } from './parts.ts';
import type { Organization } from './schema.ts';

export function organizationStore(sealer: Sealer): Collection<Organization> {
  return collection<Organization>(
    { kind: 'organization', id: 'id', keys: { name: { of: (doc) => doc.name, unique: true } } },
    sealer,
  );
}

/** The organization that a request is about. @throws ApiError 404 */
export async function requireOrganization({ services, sql, context }: Where, id: string): Promise<Organization> {
  const organization = await services.stores.organizations.get(sql, context.tenant, id);
  if (!organization) throw new ApiError(404, 'No organization found by that id.', 'inexistent_organization');
  return organization;
}

/** Documents that belong to an organization, all with a key of that name. */
const PARTS: readonly Collection<object>[] = [
  organizationConnections,
  organizationClients,
  organizationGrants,
  discoveryDomains,
];

/** Removes an organization and everything that belongs to it. Its members stay users. */
export async function removeOrganization(call: Where, id: string): Promise<void> {
  const { services, sql, context } = call;
  const { tenant } = context;
  await sql.query(
    sql.build.deleteFrom('organization_group_roles').where('tenant', '=', tenant).where('organization_id', '=', id),
  );
  for (const part of [...PARTS, invitationStore(services.vault)]) {
    await removeAllOf(sql, tenant, part, 'organization', id);
  }
  await removeRolesOfOwner(call, id);
  await services.stores.organizations.remove(sql, tenant, id);
  await removeDependants(call, 'organization', id);
}

/** The organizations with these ids, in their order; one that is gone is left out. */
export async function organizationsWithIds(
  sql: Sql,
  tenant: string,
  organizations: Collection<Organization>,
  ids: readonly string[],
): Promise<Organization[]> {
  const found: Organization[] = [];
  for (const id of ids) {
    const organization = await organizations.get(sql, tenant, id);
    if (organization) found.push(organization);
  }
  return found;
}
