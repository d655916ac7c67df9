/**
 * What the screens of users ask the Management API, and what they keep of its answers.
 */
import { keepPreviousData, queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { forget, type Request, useDeed, useDeletion, useKept } from '../api/change.ts';
import { everyItem, pageQuery } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import type { Identity, LogEvent, RefreshToken, Role, Session, SourcedPermission, User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

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
  return pageQuery<'users', User>(api, {
    path: '/users',
    key: USER_LISTS,
    page,
    perPage: PER_PAGE,
    query: { q, sort },
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
  return pageQuery<'logs', LogEvent>(api, {
    path: userPath(id, 'logs'),
    key: userKey(id, 'logs'),
    page,
    perPage: PER_PAGE,
    query: { sort: 'date:-1' },
  });
}

export function userRolesQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'roles'),
    queryFn: ({ signal }) => everyItem<Role>(api, userPath(id, 'roles'), { signal }),
  });
}

export function userPermissionsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'permissions'),
    queryFn: ({ signal }) => everyItem<SourcedPermission>(api, userPath(id, 'permissions'), { signal }),
  });
}

export function useCreateUser() {
  return useKept((api, body: NewUser) => api<User>('/users', { method: 'POST', body }), keyOf, USER_LISTS);
}

export function useUpdateUser(id: string) {
  return useKept((api, body: UserChanges) => api<User>(userPath(id), { method: 'PATCH', body }), keyOf, USER_LISTS);
}

/** Something that is done to what a user has. */
export function useUserDeed<Input = void, Answer = unknown>(id: string, request: (input: Input) => Request) {
  return useDeed<Input, Answer>(userKey(id), request);
}

export function useDeleteUser(id: string) {
  return useDeletion(userPath(id), userKey(id), USER_LISTS);
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
      return forget(queries, userKey(other.user_id), USER_LISTS);
    },
  });
}

function keyOf({ user_id }: User) {
  return userKey(user_id);
}

/** The path of a user, or of what the user has. Ids hold a bar, which has to be encoded. */
export function userPath(id: string, ...parts: string[]) {
  return ['/users', encodeURIComponent(id), ...parts.map(encodeURIComponent)].join('/');
}
