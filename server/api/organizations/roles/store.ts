/** Which roles an organization may give to its members and groups: those of the tenant, and its own. */
import { ApiError } from '../../../http/errors.ts';
import { invalidBody } from '../../invalid.ts';
import type { Where } from '../../pipeline.ts';
import { requireRole } from '../../roles/lookup.ts';
import type { Role } from '../../roles/schema.ts';

/** For one member, or one group, in one organization; the vendor's limit. */
export const MOST_ROLES = 50;

function isOf(role: Role, organizationId: string): boolean {
  return role.type !== 'organization' || role.owner_id === organizationId;
}

/** @throws ApiError 404 when there is no such role in the organization */
export async function requireRoleOf(call: Where, organizationId: string, roleId: string): Promise<Role> {
  const role = await requireRole(call, roleId);
  if (isOf(role, organizationId)) return role;
  throw new ApiError(404, 'The role does not exist.', 'inexistent_role');
}

/**
 * The ids, each once.
 * @throws ApiError 400 that names those that are no roles of the organization
 */
export async function assignableRoles(
  { services, sql, context }: Where,
  organizationId: string,
  ids: readonly string[],
): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of ids) {
    const role = await services.stores.roles.get(sql, context.tenant, id);
    if (!role || !isOf(role, organizationId)) unknown.push(id);
  }
  if (unknown.length === 0) return [...new Set(ids)];
  throw invalidBody(`One or more of the specified roles do not exist: ${unknown.join(', ')}`, 'roles');
}
