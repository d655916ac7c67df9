/**
 * Permissions: scopes of APIs that roles and users were given. Kept by the record id of the API, so that they go with
 * it. What a token may hold is asked here (`permissionsAt`); nothing else decides it.
 */
import { ApiError } from '../../http/errors.ts';
import type { Sql } from '../../storage/database.ts';
import type { Collection } from '../../storage/documents.ts';
import { statement } from '../../storage/statement.ts';
import type { ResourceServer } from '../resource-servers/schema.ts';
import type { PermissionName, ShownPermission } from './schema.ts';

/** A permission as it is kept. */
export type Permission = { readonly api_id: string; readonly permission: string };

/** Who is given permissions. */
export type Holder = { readonly kind: 'role' | 'user'; readonly id: string };

type OfHolder = { tenant: string; holder: string };

const STATEMENTS = {
  role: statementsOf('role_permissions', 'role_id'),
  user: statementsOf('user_permissions', 'user_id'),
};

function statementsOf(of: 'role_permissions' | 'user_permissions', id: 'role_id' | 'user_id') {
  // The two tables are alike but for the name of this column: typed as one of them.
  const [table, column] = [of as 'user_permissions', id as 'user_id'];
  return {
    give: statement<OfHolder & Permission & { created_at: number }>((q, bind) =>
      q
        .insertInto(table)
        .values({
          tenant: bind('tenant'),
          [column]: bind('holder'),
          api_id: bind('api_id'),
          permission: bind('permission'),
          created_at: bind('created_at'),
        })
        .onConflict((conflict) => conflict.columns(['tenant', column, 'api_id', 'permission']).doNothing()),
    ),
    take: statement<OfHolder & Permission>((q, bind) =>
      q
        .deleteFrom(table)
        .where('tenant', '=', bind('tenant'))
        .where(column, '=', bind('holder'))
        .where('api_id', '=', bind('api_id'))
        .where('permission', '=', bind('permission')),
    ),
    list: statement<OfHolder, Permission>((q, bind) =>
      q
        .selectFrom(table)
        .select(['api_id', 'permission'])
        .where('tenant', '=', bind('tenant'))
        .where(column, '=', bind('holder')),
    ),
  };
}

/** Directly, by a role, and by a role of a group. */
const effective = statement<{ tenant: string; user_id: string; api_id: string }, { permission: string }>((q, bind) =>
  q
    .selectFrom('user_permissions')
    .select('permission')
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .where('api_id', '=', bind('api_id'))
    .union(
      q
        .selectFrom('role_users as u')
        .innerJoin('role_permissions as p', (join) =>
          join.onRef('p.tenant', '=', 'u.tenant').onRef('p.role_id', '=', 'u.role_id'),
        )
        .select('p.permission')
        .where('u.tenant', '=', bind('tenant'))
        .where('u.user_id', '=', bind('user_id'))
        .where('p.api_id', '=', bind('api_id')),
    )
    .union(
      q
        .selectFrom('group_members as m')
        .innerJoin('role_groups as g', (join) =>
          join.onRef('g.tenant', '=', 'm.tenant').onRef('g.group_id', '=', 'm.group_id'),
        )
        .innerJoin('role_permissions as p', (join) =>
          join.onRef('p.tenant', '=', 'g.tenant').onRef('p.role_id', '=', 'g.role_id'),
        )
        .select('p.permission')
        .where('m.tenant', '=', bind('tenant'))
        .where('m.user_id', '=', bind('user_id'))
        .where('p.api_id', '=', bind('api_id')),
    ),
);

type Apis = Collection<ResourceServer>;

/**
 * The permissions that names stand for.
 * @throws ApiError 404 when there is no such API, 400 when it does not know the permission
 */
export async function knownPermissions(
  sql: Sql,
  tenant: string,
  apis: Apis,
  names: readonly PermissionName[],
): Promise<Permission[]> {
  const found = await apisNamed(sql, tenant, apis, names);
  return names.map(({ resource_server_identifier: identifier, permission_name: permission }) => {
    const api = found.get(identifier);
    if (!api) {
      throw new ApiError(404, `The resource server does not exist: ${identifier}`, 'inexistent_resource_server');
    }
    if (!api.scopes?.some((scope) => scope.value === permission)) {
      throw new ApiError(400, `The API ${identifier} has no permission ${permission}`, 'inexistent_permission');
    }
    return { api_id: api.id, permission };
  });
}

/** The permissions that names stand for, without those that nobody can have. */
export async function possiblePermissions(
  sql: Sql,
  tenant: string,
  apis: Apis,
  names: readonly PermissionName[],
): Promise<Permission[]> {
  const found = await apisNamed(sql, tenant, apis, names);
  return names.flatMap(({ resource_server_identifier: identifier, permission_name: permission }) => {
    const api = found.get(identifier);
    return api ? [{ api_id: api.id, permission }] : [];
  });
}

async function apisNamed(
  sql: Sql,
  tenant: string,
  apis: Apis,
  names: readonly PermissionName[],
): Promise<Map<string, ResourceServer | undefined>> {
  const found = new Map<string, ResourceServer | undefined>();
  for (const { resource_server_identifier: identifier } of names) {
    if (!found.has(identifier)) found.set(identifier, await apis.find(sql, tenant, 'identifier', identifier));
  }
  return found;
}

export async function givePermissions(
  sql: Sql,
  tenant: string,
  { kind, id }: Holder,
  permissions: readonly Permission[],
  now: number,
): Promise<void> {
  const { give } = STATEMENTS[kind];
  for (const permission of permissions) {
    await sql.run(give, { tenant, holder: id, ...permission, created_at: now });
  }
}

export async function takePermissions(
  sql: Sql,
  tenant: string,
  { kind, id }: Holder,
  permissions: readonly Permission[],
): Promise<void> {
  const { take } = STATEMENTS[kind];
  for (const permission of permissions) await sql.run(take, { tenant, holder: id, ...permission });
}

/** What a role or a user was given directly. */
export function permissionsOf(sql: Sql, tenant: string, { kind, id }: Holder): Promise<Permission[]> {
  return sql.all(STATEMENTS[kind].list, { tenant, holder: id });
}

/** What a user may do at an API: directly, by roles, and by roles of groups. In alphabetical order. */
export async function permissionsAt(sql: Sql, tenant: string, userId: string, apiId: string): Promise<string[]> {
  const rows = await sql.all(effective, { tenant, user_id: userId, api_id: apiId });
  return rows.map((row) => row.permission).sort();
}

/** Takes permissions of an API from everyone: all of them, or those that it does not know any more. */
export async function removePermissionsOfApi(
  sql: Sql,
  tenant: string,
  apiId: string,
  remaining: readonly string[] = [],
): Promise<void> {
  for (const table of ['role_permissions', 'user_permissions'] as const) {
    let gone = sql.build.deleteFrom(table).where('tenant', '=', tenant).where('api_id', '=', apiId);
    if (remaining.length > 0) gone = gone.where('permission', 'not in', [...remaining]);
    await sql.query(gone);
  }
}

/** Permissions with the words that their API has for them, in the order of API and name. */
export async function shownPermissions<P extends Permission>(
  sql: Sql,
  tenant: string,
  apis: Apis,
  permissions: readonly P[],
): Promise<(ShownPermission & { readonly of: P })[]> {
  const found = new Map<string, ResourceServer | undefined>();
  for (const { api_id } of permissions) {
    if (!found.has(api_id)) found.set(api_id, await apis.get(sql, tenant, api_id));
  }
  const shown = permissions.flatMap((of) => {
    const api = found.get(of.api_id);
    if (!api) return [];
    const scope = api.scopes?.find(({ value }) => value === of.permission);
    return [
      {
        permission_name: of.permission,
        description: scope?.description ?? '',
        resource_server_name: api.name ?? api.identifier,
        resource_server_identifier: api.identifier,
        of,
      },
    ];
  });
  const key = (item: ShownPermission) => `${item.resource_server_identifier}\n${item.permission_name}`;
  return shown.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
