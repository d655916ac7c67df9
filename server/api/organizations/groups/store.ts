/** Which roles the members of a group have within an organization. A group that has one belongs to the organization. */
import type { Sql } from '../../../storage/database.ts';
import { statement } from '../../../storage/statement.ts';
import type { OrganizationGroupRoleTable } from '../../../storage/tables.ts';

const insertRole = statement<OrganizationGroupRoleTable>((q, bind) =>
  q
    .insertInto('organization_group_roles')
    .values({
      tenant: bind('tenant'),
      organization_id: bind('organization_id'),
      group_id: bind('group_id'),
      role_id: bind('role_id'),
      created_at: bind('created_at'),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'organization_id', 'group_id', 'role_id']).doNothing()),
);
const deleteRole = statement<Omit<OrganizationGroupRoleTable, 'created_at'>>((q, bind) =>
  q
    .deleteFrom('organization_group_roles')
    .where('tenant', '=', bind('tenant'))
    .where('organization_id', '=', bind('organization_id'))
    .where('group_id', '=', bind('group_id'))
    .where('role_id', '=', bind('role_id')),
);
const ofOrganization = statement<{ tenant: string; organization_id: string }, { group_id: string; role_id: string }>(
  (q, bind) =>
    q
      .selectFrom('organization_group_roles')
      .select(['group_id', 'role_id'])
      .where('tenant', '=', bind('tenant'))
      .where('organization_id', '=', bind('organization_id')),
);
const ofUser = statement<
  { tenant: string; organization_id: string; user_id: string },
  { group_id: string; role_id: string }
>((q, bind) =>
  q
    .selectFrom('group_members as m')
    .innerJoin('organization_group_roles as r', (join) =>
      join.onRef('r.tenant', '=', 'm.tenant').onRef('r.group_id', '=', 'm.group_id'),
    )
    .select(['r.role_id', 'r.group_id'])
    .where('m.tenant', '=', bind('tenant'))
    .where('m.user_id', '=', bind('user_id'))
    .where('r.organization_id', '=', bind('organization_id')),
);

/** Gives the members of a group a role within the organization; nothing happens when they have it. */
export async function giveGroupRole(
  sql: Sql,
  tenant: string,
  organizationId: string,
  groupId: string,
  roleId: string,
  now: number,
): Promise<void> {
  const row = { tenant, organization_id: organizationId, group_id: groupId, role_id: roleId, created_at: now };
  await sql.run(insertRole, row);
}

export async function takeGroupRole(
  sql: Sql,
  tenant: string,
  organizationId: string,
  groupId: string,
  roleId: string,
): Promise<void> {
  await sql.run(deleteRole, { tenant, organization_id: organizationId, group_id: groupId, role_id: roleId });
}

/** The ids of the groups that have a role in the organization. */
export async function groupsOfOrganization(sql: Sql, tenant: string, organizationId: string): Promise<string[]> {
  const rows = await sql.all(ofOrganization, { tenant, organization_id: organizationId });
  return [...new Set(rows.map((row) => row.group_id))];
}

/** The ids of the roles that a group has in the organization. */
export async function rolesOfGroup(
  sql: Sql,
  tenant: string,
  organizationId: string,
  groupId: string,
): Promise<string[]> {
  const rows = await sql.all(ofOrganization, { tenant, organization_id: organizationId });
  return rows.filter((row) => row.group_id === groupId).map((row) => row.role_id);
}

/** The ids of the groups that have a role in the organization. */
export async function groupsOfRole(
  sql: Sql,
  tenant: string,
  organizationId: string,
  roleId: string,
): Promise<string[]> {
  const rows = await sql.all(ofOrganization, { tenant, organization_id: organizationId });
  return rows.filter((row) => row.role_id === roleId).map((row) => row.group_id);
}

/** The roles that a user has in the organization through groups, with the group each comes from. */
export function rolesThroughGroups(
  sql: Sql,
  tenant: string,
  organizationId: string,
  userId: string,
): Promise<{ role_id: string; group_id: string }[]> {
  return sql.all(ofUser, { tenant, organization_id: organizationId, user_id: userId });
}
