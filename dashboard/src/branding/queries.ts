/**
 * What the branding asks the Management API, and what it changes there.
 */
import { queryOptions } from '@tanstack/react-query';
import type { Branding } from '../../../server/api/branding/schema.ts';
import type { Theme } from '../../../server/api/branding/theme-schema.ts';
import { useChange } from '../api/change.ts';
import { ApiFailure } from '../api/errors.ts';
import type { Api } from '../api/request.ts';
import type { Body } from '../forms/draft.ts';

export type { Branding, Theme };

const BRANDING = ['branding', 'settings'];
const THEME = ['branding', 'theme'];

export function brandingQuery(api: Api) {
  return queryOptions({
    queryKey: BRANDING,
    queryFn: async ({ signal }) => {
      const [branding, { friendly_name }] = await Promise.all([
        api<Branding>('/branding', { signal }),
        api<{ friendly_name?: string }>('/tenants/settings', { query: { fields: 'friendly_name' }, signal }),
      ]);
      return { branding, name: friendly_name || 'Latchkey' };
    },
  });
}

/** The theme, or null when the tenant has none. */
export function themeQuery(api: Api) {
  return queryOptions({
    queryKey: THEME,
    queryFn: ({ signal }) =>
      api<Theme>('/branding/themes/default', { signal }).catch((error) => {
        if (error instanceof ApiFailure && error.statusCode === 404) return null;
        throw error;
      }),
  });
}

export function useUpdateBranding() {
  return useChange((api, body: Body) => api<Branding>('/branding', { method: 'PATCH', body }), [BRANDING]);
}

export function useDeleteTheme() {
  return useChange(
    (api, id: string) => api<void>(`/branding/themes/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    [THEME],
  );
}
