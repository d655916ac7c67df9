/** Permissions of a user: those that were given directly or come by roles, and where each comes from. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointAnswer, checkpointQuery, listOf, pageAnswer, pageOf, pageQuery } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import type { EffectiveRole } from '../roles/lookup.ts';
import {
  givePermissions,
  knownPermissions,
  type Permission,
  permissionsOf,
  possiblePermissions,
  shownPermissions,
  takePermissions,
} from '../roles/permissions.ts';
import { permissionsBody, type ShownPermission, shownPermission, sourcedPermission } from '../roles/schema.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';
import { effectiveRolesOf } from './roles.ts';

const tag = 'Users';
const identifier = Type.String({ minLength: 1, maxLength: 600 });

const listUserPermissions = operation({
  id: 'get_permissions',
  method: 'GET',
  path: '/users/{id}/permissions',
  tag,
  summary: 'List the permissions of a user',
  scopes: ['read:users'],
  params: userId,
  query: strict(pageQuery),
  status: 200,
  response: listOf('permissions', sourcedPermission),
  errors: USER_NOT_FOUND,
});

const addUserPermissions = operation({
  id: 'post_permissions',
  method: 'POST',
  path: '/users/{id}/permissions',
  tag,
  summary: 'Give a user permissions',
  scopes: ['update:users'],
  params: userId,
  body: permissionsBody,
  status: 201,
  response: strict({}),
  errors: { 400: 'inexistent_permission', 404: 'inexistent_user' },
});

const removeUserPermissions = operation({
  id: 'delete_permissions',
  method: 'DELETE',
  path: '/users/{id}/permissions',
  tag,
  summary: 'Take permissions from a user',
  scopes: ['update:users'],
  params: userId,
  body: permissionsBody,
  status: 204,
  errors: USER_NOT_FOUND,
});

const listEffectivePermissions = operation({
  id: 'get_user_effective_permissions',
  method: 'GET',
  path: '/users/{id}/effective-permissions',
  tag,
  summary: 'List what a user may do at an API, directly or by roles',
  scopes: ['read:user_effective_permissions'],
  params: userId,
  query: strict({ ...checkpointQuery, resource_server_identifier: identifier }),
  status: 200,
  response: strict({ permissions: Type.Array(shownPermission), next: opt(Type.String()) }),
  errors: USER_NOT_FOUND,
});

const listPermissionSourceRoles = operation({
  id: 'get_user_effective_permission_role_sources',
  method: 'GET',
  path: '/users/{id}/effective-permissions/sources/effective-roles',
  tag,
  summary: 'List the roles by which a user has a permission',
  scopes: ['read:user_permission_source_roles'],
  params: userId,
  query: strict({
    ...checkpointQuery,
    resource_server_identifier: identifier,
    permission_name: Type.String({ minLength: 1, maxLength: 280 }),
  }),
  status: 200,
  response: strict({ roles: Type.Array(Type.Object({ id: Type.String() })), next: opt(Type.String()) }),
  errors: USER_NOT_FOUND,
});

export const userPermissionRoutes: Route[] = [
  handle(listUserPermissions, async (call) => {
    const { query } = call;
    const user = await requireUser(call, call.params.id);
    const all = await permissionsWithSources(call, user.user_id);
    const { offset, limit } = pageOf(query);
    const page = all.slice(offset, offset + limit).map(({ item, direct, roles }) => ({
      ...item,
      sources: [
        ...(direct ? [{ source_id: '', source_name: '', source_type: 'DIRECT' }] : []),
        ...roles.map(({ id, name }) => ({ source_id: id, source_name: name, source_type: 'ROLE' })),
      ],
    }));
    return pageAnswer(query, 'permissions', page, all.length);
  }),

  handle(addUserPermissions, async (call) => {
    const { services, context, sql, body } = call;
    const user = await requireUser(call, call.params.id);
    const { resourceServers } = services.stores;
    const permissions = await knownPermissions(sql, context.tenant, resourceServers, body.permissions);
    await givePermissions(sql, context.tenant, { kind: 'user', id: user.user_id }, permissions, context.now);
    return {};
  }),

  handle(removeUserPermissions, async (call) => {
    const { services, context, sql, body } = call;
    const user = await requireUser(call, call.params.id);
    const { resourceServers } = services.stores;
    const permissions = await possiblePermissions(sql, context.tenant, resourceServers, body.permissions);
    await takePermissions(sql, context.tenant, { kind: 'user', id: user.user_id }, permissions);
  }),

  handle(listEffectivePermissions, async (call) => {
    const { query } = call;
    const user = await requireUser(call, call.params.id);
    const at = (await permissionsWithSources(call, user.user_id)).filter(
      ({ item }) => item.resource_server_identifier === query.resource_server_identifier,
    );
    const { page, next } = checkpointAnswer(query, at, ({ item }) => item.permission_name);
    const permissions = page.map(({ item, direct, roles }) => ({
      ...item,
      sources: [...(direct ? ['direct'] : []), ...(roles.length > 0 ? ['roles'] : [])],
    }));
    return { permissions, ...next };
  }),

  handle(listPermissionSourceRoles, async (call) => {
    const { query } = call;
    const user = await requireUser(call, call.params.id);
    const found = (await permissionsWithSources(call, user.user_id)).find(
      ({ item }) =>
        item.resource_server_identifier === query.resource_server_identifier &&
        item.permission_name === query.permission_name,
    );
    const { page, next } = checkpointAnswer(query, found?.roles ?? [], (role) => role.id);
    return { roles: page, ...next };
  }),
];

type Sourced = { readonly item: ShownPermission; readonly direct: boolean; readonly roles: readonly EffectiveRole[] };

/** Everything a user may do, in the order of API and name, with the roles that each permission comes by. */
async function permissionsWithSources(call: Where, userId: string): Promise<Sourced[]> {
  const { sql, context, services } = call;
  const found = new Map<string, Permission & { direct: boolean; roles: EffectiveRole[] }>();
  const at = ({ api_id, permission }: Permission) => {
    const key = `${api_id} ${permission}`;
    const kept = found.get(key) ?? { api_id, permission, direct: false, roles: [] };
    found.set(key, kept);
    return kept;
  };
  const own = await permissionsOf(sql, context.tenant, { kind: 'user', id: userId });
  for (const permission of own) at(permission).direct = true;
  for (const role of await effectiveRolesOf(call, userId)) {
    const allowed = await permissionsOf(sql, context.tenant, { kind: 'role', id: role.id });
    for (const permission of allowed) at(permission).roles.push(role);
  }
  const shown = await shownPermissions(sql, context.tenant, services.stores.resourceServers, [...found.values()]);
  return shown.map(({ of, ...item }) => ({ item, direct: of.direct, roles: of.roles }));
}
