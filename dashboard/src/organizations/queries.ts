/**
 * What the screens of organizations ask the Management API, and what they keep of its answers.
 */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Api, RequestOptions } from '../api/request.ts';
import type { Invitation, Member, Organization, OrganizationConnection } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';

type OrganizationPage = { organizations: Organization[]; total: number; start: number; limit: number };
type MemberPage = { members: Member[]; total: number; start: number; limit: number };
type InvitationPage = { invitations: Invitation[]; total: number; start: number; limit: number };

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
      api<OrganizationPage>('/organizations', {
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
  return queryOptions({
    queryKey: one(id, 'members', String(page)),
    queryFn: ({ signal }) =>
      api<MemberPage>(organizationPath(id, 'members'), {
        query: { fields: 'user_id,name,email,roles', page: page - 1, per_page: PER_PAGE, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function invitationListQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: one(id, 'invitations', String(page)),
    queryFn: ({ signal }) =>
      api<InvitationPage>(organizationPath(id, 'invitations'), {
        query: { page: page - 1, per_page: PER_PAGE, include_totals: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function organizationConnectionsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: one(id, 'connections'),
    queryFn: ({ signal }) =>
      api<OrganizationConnection[]>(organizationPath(id, 'connections'), { query: { per_page: MOST }, signal }),
  });
}

export function useCreateOrganization() {
  const { api } = useDashboard();
  const keep = useKeepOrganization();
  return useMutation({
    mutationFn: (body: { name: string; display_name?: string }) =>
      api<Organization>('/organizations', { method: 'POST', body }),
    onSuccess: keep,
  });
}

export function useUpdateOrganization(id: string) {
  const { api } = useDashboard();
  const keep = useKeepOrganization();
  return useMutation({
    mutationFn: (body: OrganizationChanges) => api<Organization>(organizationPath(id), { method: 'PATCH', body }),
    onSuccess: keep,
  });
}

export function useDeleteOrganization(id: string) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>(organizationPath(id), { method: 'DELETE' }),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: one(id), refetchType: 'none' });
      return queries.invalidateQueries({ queryKey: LIST, refetchType: 'all' });
    },
  });
}

/** Something that is done to what an organization has; what is known of it is asked for again. */
export function useOrganizationDeed<Input, Answer = unknown>(
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
    onSuccess: () => queries.invalidateQueries({ queryKey: one(id) }),
  });
}

function useKeepOrganization() {
  const queries = useQueryClient();
  return (organization: Organization) => {
    queries.setQueryData(one(organization.id), organization);
    return queries.invalidateQueries({ queryKey: LIST });
  };
}

export function organizationPath(id: string, ...parts: string[]) {
  return ['/organizations', encodeURIComponent(id), ...parts.map(encodeURIComponent)].join('/');
}
