/** Finding roles: the one that a request names, those with some ids, and those that are in effect by whatever way. */
import { ApiError } from '../../http/errors.ts';
import type { Where } from '../pipeline.ts';
import type { Role } from './schema.ts';

/** @throws ApiError 404 */
export async function requireRole({ services, sql, context }: Where, id: string): Promise<Role> {
  const role = await services.stores.roles.get(sql, context.tenant, id);
  if (!role) throw new ApiError(404, 'The role does not exist.', 'inexistent_role');
  return role;
}

/** @throws ApiError 400 for a role of an organization: its members get it, within the organization. */
export function requireTenantRole(role: Role): Role {
  if (role.type !== 'organization') return role;
  throw new ApiError(400, 'A role of an organization is given within it only', 'operation_not_supported');
}

/** The roles with these ids by name. */
export async function rolesWithIds({ services, sql, context }: Where, ids: Iterable<string>): Promise<Role[]> {
  const roles: Role[] = [];
  for (const id of ids) {
    const role = await services.stores.roles.get(sql, context.tenant, id);
    if (role) roles.push(role);
  }
  return roles.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A role as lists of what somebody has show it. */
export function shortened({ id, name, description }: Role): { id: string; name: string; description: string } {
  return { id, name, description: description ?? '' };
}

export type EffectiveRole = ReturnType<typeof shortened> & { readonly sources: readonly ('direct' | 'groups')[] };

/** The roles that somebody was given, directly or by groups, each once with where it comes from. */
export async function effectiveRoles(
  call: Where,
  direct: readonly string[],
  throughGroups: readonly { readonly role_id: string }[],
): Promise<EffectiveRole[]> {
  const given = new Set(direct);
  const byGroups = new Set(throughGroups.map((row) => row.role_id));
  const roles = await rolesWithIds(call, given.union(byGroups));
  return roles.map((role) => ({
    ...shortened(role),
    sources: [
      ...(given.has(role.id) ? (['direct'] as const) : []),
      ...(byGroups.has(role.id) ? (['groups'] as const) : []),
    ],
  }));
}
