/**
 * What the screen of administrators asks the Management API, and what it changes there.
 */
import { queryOptions } from '@tanstack/react-query';
import type { AdministratorAnswer, AdministratorInvitation } from '../../../server/api/administrators/schema.ts';
import type { AdministratorRole } from '../../../server/tenants/administrator-roles.ts';
import { useChange } from '../api/change.ts';
import { everyItem } from '../api/paging.ts';
import type { Api } from '../api/request.ts';

export type { AdministratorInvitation, AdministratorRole };
export type Administrator = AdministratorAnswer;

const ADMINISTRATORS = ['tenant', 'administrators'];
const INVITATIONS = ['tenant', 'administrator-invitations'];

export function administratorsQuery(api: Api) {
  return queryOptions({
    queryKey: ADMINISTRATORS,
    queryFn: ({ signal }) => everyItem<Administrator>(api, '/administrators', { signal }),
  });
}

export function invitationsQuery(api: Api) {
  return queryOptions({
    queryKey: INVITATIONS,
    queryFn: ({ signal }) => everyItem<AdministratorInvitation>(api, '/administrators/invitations', { signal }),
  });
}

type Given = { roles: AdministratorRole[] };

export function useAddAdministrator() {
  return useChange(
    (api, body: Given & { user_id: string }) => api<Administrator>('/administrators', { method: 'POST', body }),
    [ADMINISTRATORS],
  );
}

export function useChangeAdministrator(userId: string) {
  return useChange(
    (api, body: Given) => api<Administrator>(pathOf(userId), { method: 'PATCH', body }),
    [ADMINISTRATORS],
  );
}

export function useRemoveAdministrator() {
  return useChange((api, userId: string) => api<void>(pathOf(userId), { method: 'DELETE' }), [ADMINISTRATORS]);
}

/** Also invites again: an invitation takes the place of an earlier one to the same address. */
export function useInvite() {
  return useChange(
    (api, body: Given & { email: string }) =>
      api<AdministratorInvitation>('/administrators/invitations', { method: 'POST', body }),
    [INVITATIONS],
  );
}

export function useWithdraw() {
  return useChange(
    (api, id: string) => api<void>(`/administrators/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    [INVITATIONS],
  );
}

function pathOf(userId: string) {
  return `/administrators/${encodeURIComponent(userId)}`;
}
