/**
 * What the settings of the tenant ask the Management API, and what they change there.
 */
import { queryOptions } from '@tanstack/react-query';
import type { CustomDomain } from '../../../server/api/custom-domains/schema.ts';
import type { SigningKeyAnswer } from '../../../server/api/keys/schema.ts';
import type { TenantSettings } from '../../../server/api/tenants/schema.ts';
import { useChange } from '../api/change.ts';
import { everyItem } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import type { Body } from '../forms/draft.ts';

export type { CustomDomain, SigningKeyAnswer };

const SETTINGS = ['tenant', 'settings'];
const KEYS = ['tenant', 'signing-keys'];
const DOMAINS = ['tenant', 'custom-domains'];

export function settingsQuery(api: Api) {
  return queryOptions({
    queryKey: SETTINGS,
    queryFn: ({ signal }) => api<TenantSettings>('/tenants/settings', { signal }),
  });
}

export function useUpdateSettings() {
  return useChange(
    (api, body: Body) => api<TenantSettings>('/tenants/settings', { method: 'PATCH', body }),
    [SETTINGS],
  );
}

/** Identifiers that tokens can be for, and names of connections, for settings that refer to them. */
export function referencesQuery(api: Api) {
  return queryOptions({
    queryKey: ['tenant', 'references'],
    queryFn: async ({ signal }) => {
      const [apis, connections] = await Promise.all([
        everyItem<{ identifier: string }>(api, '/resource-servers', { signal }),
        everyItem<{ name: string }>(api, '/connections', { query: { strategy: 'auth0', fields: 'name' }, signal }),
      ]);
      return { audiences: apis.map(({ identifier }) => identifier), databases: connections.map(({ name }) => name) };
    },
  });
}

export function signingKeysQuery(api: Api) {
  return queryOptions({
    queryKey: KEYS,
    queryFn: ({ signal }) => api<SigningKeyAnswer[]>('/keys/signing', { signal }),
  });
}

export function useRotateKeys() {
  return useChange((api) => api<{ kid: string }>('/keys/signing/rotate', { method: 'POST' }), [KEYS]);
}

export function useRevokeKey() {
  return useChange(
    (api, kid: string) => api<unknown>(`/keys/signing/${encodeURIComponent(kid)}/revoke`, { method: 'PUT' }),
    [KEYS],
  );
}

export function customDomainsQuery(api: Api) {
  return queryOptions({
    queryKey: DOMAINS,
    queryFn: ({ signal }) => api<CustomDomain[]>('/custom-domains', { signal }),
  });
}

export function useCreateDomain() {
  return useChange(
    (api, body: { domain: string; type: string }) => api<CustomDomain>('/custom-domains', { method: 'POST', body }),
    [DOMAINS],
  );
}

export function useVerifyDomain(id: string) {
  return useChange((api) => api<CustomDomain>(`${pathOf(id)}/verify`, { method: 'POST' }), [DOMAINS]);
}

export function useSetDefaultDomain() {
  return useChange(
    (api, domain: string) => api<unknown>('/custom-domains/default', { method: 'PATCH', body: { domain } }),
    [DOMAINS],
  );
}

export function useDeleteDomain(id: string) {
  return useChange((api) => api<void>(pathOf(id), { method: 'DELETE' }), [DOMAINS]);
}

function pathOf(id: string) {
  return `/custom-domains/${encodeURIComponent(id)}`;
}
