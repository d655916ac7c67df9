/**
 * What the screens of roles ask the Management API, and what they keep of its answers.
 */
import { keepPreviousData, queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Api, RequestOptions } from '../api/request.ts';
import type { Permission, Role, RoleUser } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

type RolePage = { roles: Role[]; total: number; start: number; limit: number };
type RoleUserPage = { users: RoleUser[]; total: number; start: number; limit: number };
type PermissionPage = { permissions: Permission[]; total: number; start: number; limit: number };
export type RoleChanges = { name?: string; description?: string };

export const PER_PAGE = 50;
const LIST = ['roles', 'list'];
const one = (id: string, ...parts: string[]) => ['roles', 'one', id, ...parts];

/** A page of the tenant's roles whose name holds `name`. `page` counts from 1, as the address does. */
export function roleListQuery(api: Api, { name, page = 1 }: { name?: string | undefined; page?: number | undefined }) {
  return queryOptions({
    queryKey: [...LIST, name, page],
    queryFn: ({ signal }) =>
      api<RolePage>('/roles', {
        query: { name_filter: name, page: page - 1, per_page: PER_PAGE, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The roles that forms offer. */
export function roleChoicesQuery(api: Api) {
  return queryOptions({
    queryKey: [...LIST, 'choices'],
    queryFn: ({ signal }) => api<Role[]>('/roles', { query: { per_page: 100 }, signal }),
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
  return queryOptions({
    queryKey: one(id, 'permissions', String(page)),
    queryFn: ({ signal }) =>
      api<PermissionPage>(rolePath(id, 'permissions'), {
        query: { page: page - 1, per_page: PER_PAGE, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function roleUsersQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: one(id, 'users', String(page)),
    queryFn: ({ signal }) =>
      api<RoleUserPage>(rolePath(id, 'users'), {
        query: { page: page - 1, per_page: PER_PAGE, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function useCreateRole() {
  const { api } = useDashboard();
  const keep = useKeepRole();
  return useMutation({
    mutationFn: (body: RoleChanges) => api<Role>('/roles', { method: 'POST', body }),
    onSuccess: keep,
  });
}

export function useUpdateRole(id: string) {
  const { api } = useDashboard();
  const keep = useKeepRole();
  return useMutation({
    mutationFn: (body: RoleChanges) => api<Role>(rolePath(id), { method: 'PATCH', body }),
    onSuccess: keep,
  });
}

export function useDeleteRole(id: string) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>(rolePath(id), { method: 'DELETE' }),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: one(id), refetchType: 'none' });
      return queries.invalidateQueries({ queryKey: LIST, refetchType: 'all' });
    },
  });
}

/** Something that is done to what a role has; what is known of that role is asked for again. */
export function useRoleDeed<Input>(id: string, request: (input: Input) => RequestOptions & { path: string }) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, ...options } = request(input);
      return api<unknown>(path, options);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: one(id) }),
  });
}

function useKeepRole() {
  const queries = useQueryClient();
  return (role: Role) => {
    queries.setQueryData(one(role.id), role);
    return queries.invalidateQueries({ queryKey: LIST });
  };
}

export function rolePath(id: string, ...parts: string[]) {
  return ['/roles', encodeURIComponent(id), ...parts].join('/');
}
