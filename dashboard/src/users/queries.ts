/**
 * What the screens of users ask the Management API, and what they keep of its answers.
 */
import {
  keepPreviousData,
  type QueryKey,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Api, RequestOptions } from '../api/request.ts';
import type {
  Identity,
  LogEvent,
  Permission,
  RefreshToken,
  Role,
  Session,
  SourcedPermission,
  User,
} from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

export type Page<Plural extends string, Item> = Record<Plural, Item[]> & {
  total: number;
  start: number;
  limit: number;
};
export type UserChanges = { [Name in keyof User]?: User[Name] | null };
export type NewUser = { connection: string; email?: string; username?: string; password: string };

/** An authentication method: what every type of it has. */
export type Method = {
  id: string;
  type: string;
  confirmed: boolean;
  created_at: string;
  name?: string;
  phone_number?: string;
  email?: string;
};

export const PER_PAGE = 50;
export const USER_LISTS = ['users', 'list'];
export const userKey = (id: string, ...parts: string[]) => ['users', 'one', id, ...parts];

export type UserSearch = { q?: string | undefined; sort?: string | undefined; page?: number | undefined };

/** A page of the users that a search finds. `page` counts from 1, as the address does. */
export function userListQuery(api: Api, { q, sort, page = 1 }: UserSearch) {
  return queryOptions({
    queryKey: [...USER_LISTS, q, sort, page],
    queryFn: ({ signal }) =>
      api<Page<'users', User>>('/users', {
        query: { q, sort, page: page - 1, per_page: PER_PAGE, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The first users that match a few words, for choosing one. */
export function userWordsQuery(api: Api, words: string) {
  return queryOptions({
    queryKey: [...USER_LISTS, 'words', words],
    queryFn: ({ signal }) =>
      api<User[]>('/users', { query: { q: quoted(words), per_page: 20, sort: 'last_login:-1' }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Words as they are, whatever they mean to the search language. */
function quoted(words: string): string | undefined {
  const text = words.trim().replace(/["\\]/g, '\\$&');
  return text === '' ? undefined : `"${text}"`;
}

export function userQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id),
    queryFn: ({ signal }) => api<User>(userPath(id), { signal }),
  });
}

/** The user of the address, for the tabs of its page, which are shown only once it is there. */
export function useUser(): User {
  const { api } = useDashboard();
  const { userId } = getRouteApi('/users/$userId').useParams();
  return useSuspenseQuery(userQuery(api, userId)).data;
}

export function userSessionsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'sessions'),
    queryFn: ({ signal }) => api<{ sessions: Session[] }>(userPath(id, 'sessions'), { query: { take: 100 }, signal }),
    select: ({ sessions }) => sessions,
  });
}

export function userTokensQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'refresh-tokens'),
    queryFn: ({ signal }) =>
      api<{ tokens: RefreshToken[] }>(userPath(id, 'refresh-tokens'), { query: { take: 100 }, signal }),
    select: ({ tokens }) => tokens,
  });
}

export function userMethodsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'authentication-methods'),
    queryFn: ({ signal }) => api<Method[]>(userPath(id, 'authentication-methods'), { signal }),
  });
}

export function userLogsQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: userKey(id, 'logs', String(page)),
    queryFn: ({ signal }) =>
      api<Page<'logs', LogEvent>>(userPath(id, 'logs'), {
        query: { page: page - 1, per_page: PER_PAGE, include_totals: true, sort: 'date:-1' },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function userRolesQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'roles'),
    queryFn: ({ signal }) => api<Role[]>(userPath(id, 'roles'), { query: { per_page: 100 }, signal }),
  });
}

export function userPermissionsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'permissions'),
    queryFn: ({ signal }) =>
      api<SourcedPermission[]>(userPath(id, 'permissions'), { query: { per_page: 100 }, signal }),
  });
}

export function useCreateUser() {
  const { api } = useDashboard();
  const keep = useKeepUser();
  return useMutation({
    mutationFn: (body: NewUser) => api<User>('/users', { method: 'POST', body }),
    onSuccess: keep,
  });
}

export function useUpdateUser(id: string) {
  const { api } = useDashboard();
  const keep = useKeepUser();
  return useMutation({
    mutationFn: (body: UserChanges) => api<User>(userPath(id), { method: 'PATCH', body }),
    onSuccess: keep,
  });
}

/** Something that is done to what a user has; what is known of that user is asked for again. */
export function useUserDeed<Input = void, Answer = unknown>(
  id: string,
  request: (input: Input) => RequestOptions & { path: string },
) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, ...options } = request(input);
      return api<Answer>(path, options);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: userKey(id) }),
  });
}

export function useDeleteUser(id: string) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>(userPath(id), { method: 'DELETE' }),
    onSuccess: () => forget(queries, userKey(id)),
  });
}

export function useLinkUser(id: string) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (other: User) => {
      const { provider, user_id } = other.identities[0]!;
      return api<Identity[]>(userPath(id, 'identities'), { method: 'POST', body: { provider, user_id } });
    },
    onSuccess: async (_identities, other) => {
      await queries.invalidateQueries({ queryKey: userKey(id) });
      return forget(queries, userKey(other.user_id));
    },
  });
}

/** What is gone is not asked for again; the lists are, also while they are not on screen. */
function forget(queries: ReturnType<typeof useQueryClient>, key: QueryKey) {
  queries.invalidateQueries({ queryKey: key, refetchType: 'none' });
  return queries.invalidateQueries({ queryKey: USER_LISTS, refetchType: 'all' });
}

function useKeepUser() {
  const queries = useQueryClient();
  return (user: User) => {
    queries.setQueryData(userKey(user.user_id), user);
    return queries.invalidateQueries({ queryKey: USER_LISTS });
  };
}

/** The path of a user, or of what the user has. Ids hold a bar, which has to be encoded. */
export function userPath(id: string, ...parts: string[]) {
  return ['/users', encodeURIComponent(id), ...parts.map(encodeURIComponent)].join('/');
}

/** What names a permission to the API. */
export function permissionName({ resource_server_identifier, permission_name }: Permission) {
  return { resource_server_identifier, permission_name };
}
