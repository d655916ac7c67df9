/** Client grants that may be used for an organization. */
import { Type } from 'typebox';
import { PATTERNS } from '../../../schema/patterns.ts';
import { choice, opt, strict } from '../../../schema/types.ts';
import type { ClientGrant } from '../../client-grants/schema.ts';
import type { Part } from '../parts.ts';
import { organizationId } from '../schema.ts';

export type OrganizationGrant = Part & { readonly grant_id: string };

export const grantId = Type.String({ minLength: 1, maxLength: 100, pattern: PATTERNS.clientGrantId });
export const grantParams = strict({ id: organizationId, grant_id: Type.String({ minLength: 1, maxLength: 100 }) });

export const organizationGrantAnswer = Type.Object({
  id: Type.String(),
  client_id: opt(Type.String()),
  audience: Type.String(),
  scope: opt(Type.Array(Type.String())),
  organization_usage: opt(choice(['deny', 'allow', 'require'])),
  allow_any_organization: opt(Type.Boolean()),
  subject_type: opt(Type.String()),
});

/** What is shown of a grant here. */
export function shownGrant(grant: ClientGrant): Record<string, unknown> {
  const { id, client_id, audience, scope, organization_usage, allow_any_organization, subject_type } = grant;
  return { id, client_id, audience, scope, organization_usage, allow_any_organization, subject_type };
}
