/**
 * What the screens of roles ask the Management API, and what they keep of its answers.
 */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Request, useDeed, useDeletion, useKept } from '../api/change.ts';
import { everyItem, pageQuery } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import type { Permission, Role, RoleUser } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

export type RoleChanges = { name?: string; description?: string };

export const PER_PAGE = 50;
const LIST = ['roles', 'list'];
const one = (id: string, ...parts: string[]) => ['roles', 'one', id, ...parts];

/** A page of the tenant's roles whose name holds `name`. `page` counts from 1, as the address does. */
export function roleListQuery(api: Api, { name, page = 1 }: { name?: string | undefined; page?: number | undefined }) {
  return pageQuery<'roles', Role>(api, {
    path: '/roles',
    key: LIST,
    page,
    perPage: PER_PAGE,
    query: { name_filter: name },
  });
}

/** The roles that forms offer. */
export function roleChoicesQuery(api: Api) {
  return queryOptions({
    queryKey: [...LIST, 'choices'],
    queryFn: ({ signal }) => everyItem<Role>(api, '/roles', { signal }),
  });
}

export function roleQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id),
    queryFn: ({ signal }) => api<Role>(rolePath(id), { signal }),
  });
}

/** The role of the address, for the tabs of its page, which are shown only once it is there. */
export function useRole(): Role {
  const { api } = useDashboard();
  const { roleId } = getRouteApi('/roles/$roleId').useParams();
  return useSuspenseQuery(roleQuery(api, roleId)).data;
}

export function rolePermissionsQuery(api: Api, id: string, page: number) {
  const [path, key] = [rolePath(id, 'permissions'), one(id, 'permissions')];
  return pageQuery<'permissions', Permission>(api, { path, key, page, perPage: PER_PAGE });
}

export function roleUsersQuery(api: Api, id: string, page: number) {
  const [path, key] = [rolePath(id, 'users'), one(id, 'users')];
  return pageQuery<'users', RoleUser>(api, { path, key, page, perPage: PER_PAGE });
}

export function useCreateRole() {
  return useKept((api, body: RoleChanges) => api<Role>('/roles', { method: 'POST', body }), keyOf, LIST);
}

export function useUpdateRole(id: string) {
  return useKept((api, body: RoleChanges) => api<Role>(rolePath(id), { method: 'PATCH', body }), keyOf, LIST);
}

export function useDeleteRole(id: string) {
  return useDeletion(rolePath(id), one(id), LIST);
}

/** Something that is done to what a role has. */
export function useRoleDeed<Input>(id: string, request: (input: Input) => Request) {
  return useDeed(one(id), request);
}

function keyOf({ id }: Role) {
  return one(id);
}

export function rolePath(id: string, ...parts: string[]) {
  return ['/roles', encodeURIComponent(id), ...parts].join('/');
}
