/**
 * What the screens of organizations ask the Management API, and what they keep of its answers.
 */
import { infiniteQueryOptions, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Request, useChange, useDeed, useDeletion, useKept } from '../api/change.ts';
import { everyItem, pageQuery } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import type { Invitation, Member, Organization, OrganizationConnection, PageOf } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

export type OrganizationChanges = Partial<Pick<Organization, 'name' | 'display_name' | 'branding' | 'metadata'>>;

export const PER_PAGE = 50;
const MOST = 100;
const LIST = ['organizations', 'list'];
const one = (id: string, ...parts: string[]) => ['organizations', 'one', id, ...parts];

/** All organizations, page by page, by their names. */
export function organizationListQuery(api: Api) {
  return infiniteQueryOptions({
    queryKey: LIST,
    queryFn: ({ pageParam, signal }) =>
      api<PageOf<'organizations', Organization>>('/organizations', {
        query: { page: pageParam, per_page: MOST, include_totals: true, sort: 'name:1' },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) =>
      last.start + last.organizations.length < last.total ? page + 1 : undefined,
  });
}

export function organizationQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id),
    queryFn: ({ signal }) => api<Organization>(organizationPath(id), { signal }),
  });
}

/** The organization of the address, for the tabs of its page, which are shown only once it is there. */
export function useOrganization(): Organization {
  const { api } = useDashboard();
  const { organizationId } = getRouteApi('/organizations/$organizationId').useParams();
  return useSuspenseQuery(organizationQuery(api, organizationId)).data;
}

export function memberListQuery(api: Api, id: string, page: number) {
  return pageQuery<'members', Member>(api, {
    path: organizationPath(id, 'members'),
    key: one(id, 'members'),
    page,
    perPage: PER_PAGE,
    query: { fields: 'user_id,name,email,roles' },
  });
}

export function invitationListQuery(api: Api, id: string, page: number) {
  const [path, key] = [organizationPath(id, 'invitations'), one(id, 'invitations')];
  return pageQuery<'invitations', Invitation>(api, { path, key, page, perPage: PER_PAGE });
}

export function organizationConnectionsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id, 'connections'),
    queryFn: ({ signal }) => everyItem<OrganizationConnection>(api, organizationPath(id, 'connections'), { signal }),
  });
}

export function useCreateOrganization() {
  return useKept(
    (api, body: { name: string; display_name?: string }) =>
      api<Organization>('/organizations', { method: 'POST', body }),
    keyOf,
    LIST,
  );
}

export function useUpdateOrganization(id: string) {
  return useKept(
    (api, body: OrganizationChanges) => api<Organization>(organizationPath(id), { method: 'PATCH', body }),
    keyOf,
    LIST,
  );
}

export function useDeleteOrganization(id: string) {
  return useDeletion(organizationPath(id), one(id), LIST);
}

/** Something that is done to what an organization has. */
export function useOrganizationDeed<Input, Answer = unknown>(id: string, request: (input: Input) => Request) {
  return useDeed<Input, Answer>(one(id), request);
}

/** Makes somebody a member again, with the roles that they had here. */
export function useRestoreMember(id: string) {
  return useChange(
    async (api, { user_id = '', roles = [] }: Member) => {
      await api<void>(organizationPath(id, 'members'), { method: 'POST', body: { members: [user_id] } });
      if (roles.length === 0) return;
      const body = { roles: roles.map((role) => role.id) };
      await api<void>(organizationPath(id, 'members', user_id, 'roles'), { method: 'POST', body });
    },
    [one(id)],
  );
}

function keyOf({ id }: Organization) {
  return one(id);
}

export function organizationPath(id: string, ...parts: string[]) {
  return ['/organizations', encodeURIComponent(id), ...parts.map(encodeURIComponent)].join('/');
}
