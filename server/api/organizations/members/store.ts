/** Who belongs to an organization, and which roles they were given in it. */
import { sql as raw } from 'kysely';
import { ApiError } from '../../../http/errors.ts';
import type { Sql } from '../../../storage/database.ts';
import { statement } from '../../../storage/statement.ts';
import type { OrganizationMemberRoleTable, OrganizationMemberTable, UserTable } from '../../../storage/tables.ts';
import { countUpTo } from '../../lists.ts';
import { isThere } from '../../users/gone.ts';

type Membership = Omit<OrganizationMemberTable, 'created_at'>;

const insertMember = statement<OrganizationMemberTable>((q, bind) =>
  q
    .insertInto('organization_members')
    .values({
      tenant: bind('tenant'),
      organization_id: bind('organization_id'),
      user_id: bind('user_id'),
      created_at: bind('created_at'),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'organization_id', 'user_id']).doNothing()),
);
const findMember = statement<Membership, { created_at: number }>((q, bind) =>
  q
    .selectFrom('organization_members')
    .select('created_at')
    .where('tenant', '=', bind('tenant'))
    .where('organization_id', '=', bind('organization_id'))
    .where('user_id', '=', bind('user_id')),
);
const insertRole = statement<OrganizationMemberRoleTable>((q, bind) =>
  q
    .insertInto('organization_member_roles')
    .values({
      tenant: bind('tenant'),
      organization_id: bind('organization_id'),
      user_id: bind('user_id'),
      role_id: bind('role_id'),
      created_at: bind('created_at'),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'organization_id', 'user_id', 'role_id']).doNothing()),
);
const deleteRole = statement<Omit<OrganizationMemberRoleTable, 'created_at'>>((q, bind) =>
  q
    .deleteFrom('organization_member_roles')
    .where('tenant', '=', bind('tenant'))
    .where('organization_id', '=', bind('organization_id'))
    .where('user_id', '=', bind('user_id'))
    .where('role_id', '=', bind('role_id')),
);
const rolesOf = statement<Membership, { role_id: string }>((q, bind) =>
  q
    .selectFrom('organization_member_roles')
    .select('role_id')
    .where('tenant', '=', bind('tenant'))
    .where('organization_id', '=', bind('organization_id'))
    .where('user_id', '=', bind('user_id')),
);

/** Makes a user a member; nothing happens when they are one. */
export async function addMember(
  sql: Sql,
  tenant: string,
  organizationId: string,
  userId: string,
  now: number,
): Promise<void> {
  await sql.run(insertMember, { tenant, organization_id: organizationId, user_id: userId, created_at: now });
}

/** Ends a membership and the roles that came with it. */
export async function removeMember(sql: Sql, tenant: string, organizationId: string, userId: string): Promise<void> {
  for (const table of ['organization_members', 'organization_member_roles'] as const) {
    await sql.query(
      sql.build
        .deleteFrom(table)
        .where('tenant', '=', tenant)
        .where('organization_id', '=', organizationId)
        .where('user_id', '=', userId),
    );
  }
}

export async function isMember(sql: Sql, tenant: string, organizationId: string, userId: string): Promise<boolean> {
  return (await sql.first(findMember, { tenant, organization_id: organizationId, user_id: userId })) !== undefined;
}

/** Where a member stands: members are in the order in which they came. */
export type Place = { readonly since: number; readonly user_id: string };

/** Which members: by number, or those after a place. */
export type MemberPage = { readonly limit: number; readonly offset?: number; readonly after?: Place | undefined };

export type MemberRow = UserTable & { readonly since: number };

/** @param roleId keeps those who were given this role */
export async function listMembers(
  sql: Sql,
  tenant: string,
  organizationId: string,
  page: MemberPage,
  roleId?: string,
): Promise<MemberRow[]> {
  let members = membersOf(sql, tenant, organizationId, roleId)
    .select(['m.created_at', 'm.user_id'])
    .orderBy('m.created_at')
    .orderBy('m.user_id');
  const { after } = page;
  // Row values, so that both engines begin in the middle of the index.
  if (after !== undefined)
    members = members.where(raw<boolean>`(m.created_at, m.user_id) > (${after.since}, ${after.user_id})`);
  // The page is found in the index; only its users are read.
  return sql.query(
    sql.build
      .selectFrom(
        members
          .limit(page.limit)
          .offset(page.offset ?? 0)
          .as('m'),
      )
      .innerJoin('users as u', (join) => join.on('u.tenant', '=', tenant).onRef('u.user_id', '=', 'm.user_id'))
      .selectAll('u')
      .where(isThere('u'))
      .select('m.created_at as since')
      .orderBy('m.created_at')
      .orderBy('m.user_id'),
  );
}

/** The cursor of a member: opaque to who pages. */
export function cursorOf({ since, user_id }: MemberRow): string {
  return Buffer.from(`${since},${user_id}`).toString('base64url');
}

/** @throws ApiError 400 for what is no cursor */
export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, since, user_id] = /^(\d{1,16}),(.{1,300})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (since !== undefined && user_id !== undefined) return { since: Number(since), user_id };
  throw new ApiError(400, "Query validation error: 'Not a cursor' on property from.", 'invalid_query_string');
}

export function countMembers(sql: Sql, tenant: string, organizationId: string): Promise<number> {
  return countUpTo(sql, membersOf(sql, tenant, organizationId).select('m.user_id'));
}

function membersOf(sql: Sql, tenant: string, organizationId: string, roleId?: string) {
  const members = sql.build
    .selectFrom('organization_members as m')
    .where('m.tenant', '=', tenant)
    .where('m.organization_id', '=', organizationId);
  if (roleId === undefined) return members;
  return members.where((e) =>
    e.exists(
      e
        .selectFrom('organization_member_roles as r')
        .select('r.user_id')
        .whereRef('r.tenant', '=', 'm.tenant')
        .whereRef('r.organization_id', '=', 'm.organization_id')
        .whereRef('r.user_id', '=', 'm.user_id')
        .where('r.role_id', '=', roleId),
    ),
  );
}

/** The ids of the organizations that a user belongs to, in the order in which they came to them. */
export async function organizationsOfUser(sql: Sql, tenant: string, userId: string): Promise<string[]> {
  const rows = await sql.query(
    sql.build
      .selectFrom('organization_members')
      .select('organization_id')
      .where('tenant', '=', tenant)
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .orderBy('organization_id'),
  );
  return rows.map((row) => row.organization_id);
}

/** Gives a member a role within the organization; nothing happens when they have it. */
export async function giveMemberRole(
  sql: Sql,
  tenant: string,
  organizationId: string,
  userId: string,
  roleId: string,
  now: number,
): Promise<void> {
  const row = { tenant, organization_id: organizationId, user_id: userId, role_id: roleId, created_at: now };
  await sql.run(insertRole, row);
}

export async function takeMemberRole(
  sql: Sql,
  tenant: string,
  organizationId: string,
  userId: string,
  roleId: string,
): Promise<void> {
  await sql.run(deleteRole, { tenant, organization_id: organizationId, user_id: userId, role_id: roleId });
}

/** The roles that a member was given directly. */
export async function memberRoleIds(
  sql: Sql,
  tenant: string,
  organizationId: string,
  userId: string,
): Promise<string[]> {
  const rows = await sql.all(rolesOf, { tenant, organization_id: organizationId, user_id: userId });
  return rows.map((row) => row.role_id);
}
