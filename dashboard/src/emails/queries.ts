/**
 * What the screens of mails ask the Management API, and what they change there.
 */
import { queryOptions } from '@tanstack/react-query';
import type { EmailTemplate, TemplateName } from '../../../server/api/email-templates/schema.ts';
import type { EmailProvider } from '../../../server/api/emails/schema.ts';
import { useChange } from '../api/change.ts';
import { ApiFailure } from '../api/errors.ts';
import type { Api } from '../api/request.ts';
import type { Body } from '../forms/draft.ts';

export type { EmailProvider, EmailTemplate, TemplateName };

const PROVIDER = ['emails', 'provider'];
const template = (name: string) => ['emails', 'template', name];

const orNull = (error: unknown) => {
  if (error instanceof ApiFailure && error.statusCode === 404) return null;
  throw error;
};

/** The mail provider, or null when there is none. */
export function providerQuery(api: Api) {
  return queryOptions({
    queryKey: PROVIDER,
    queryFn: ({ signal }) => api<EmailProvider>('/emails/provider', { signal }).catch(orNull),
  });
}

export function useSaveProvider(exists: boolean) {
  return useChange(
    (api, body: Body) => api<EmailProvider>('/emails/provider', { method: exists ? 'PATCH' : 'POST', body }),
    [PROVIDER],
  );
}

export function useDeleteProvider() {
  return useChange((api) => api<void>('/emails/provider', { method: 'DELETE' }), [PROVIDER]);
}

/** The tenant's own template, or null while ours is in use. */
export function templateQuery(api: Api, name: string) {
  return queryOptions({
    queryKey: template(name),
    queryFn: ({ signal }) => api<EmailTemplate>(pathOf(name), { signal }).catch(orNull),
  });
}

export function useSaveTemplate(name: TemplateName, exists: boolean) {
  return useChange(
    (api, body: Body) =>
      exists
        ? api<EmailTemplate>(pathOf(name), { method: 'PATCH', body })
        : api<EmailTemplate>('/email-templates', { method: 'POST', body }),
    [template(name)],
  );
}

/** Sends the mail that confirms an address to the user who has it. @throws ApiFailure when nobody has it */
export function useSendVerification() {
  return useChange(async (api, email: string) => {
    const [user] = await api<{ user_id: string }[]>('/users-by-email', { query: { email } });
    if (!user) throw new ApiFailure('api', 'No user has this address.', { statusCode: 404 });
    return api<unknown>('/jobs/verification-email', { method: 'POST', body: { user_id: user.user_id } });
  }, []);
}

function pathOf(name: string) {
  return `/email-templates/${encodeURIComponent(name)}`;
}
