/**
 * The shapes the server answers with. They are taken from the server's own schemas; nothing is described twice.
 */
import type { Static, TSchema } from 'typebox';
import type { connectionResource } from '../../../server/api/connections/schema.ts';
import type { logResource } from '../../../server/api/logs/schema.ts';
import type { organizationConnectionResource } from '../../../server/api/organizations/connections/schema.ts';
import type { invitationResource } from '../../../server/api/organizations/invitations/schema.ts';
import type { member } from '../../../server/api/organizations/members/schema.ts';
import type { organizationResource } from '../../../server/api/organizations/schema.ts';
import type { refreshTokenSchema } from '../../../server/api/refresh-tokens/schema.ts';
import type { roleResource, shownPermission, sourcedPermission } from '../../../server/api/roles/schema.ts';
import type { sessionSchema } from '../../../server/api/sessions/schema.ts';

import type { identitySchema, User } from '../../../server/api/users/schema.ts';
import type { DocumentOf } from '../../../server/schema/resource.ts';

export type { DashboardConfig } from '../../../server/dashboard/schema.ts';

export type Client = {
  client_id: string;
  client_secret?: string;
  name: string;
  description?: string;
  logo_uri?: string;
  global?: boolean;
  is_first_party?: boolean;
  app_type?: string;
  callbacks?: string[];
  allowed_logout_urls?: string[];
  web_origins?: string[];
  token_endpoint_auth_method?: string;
  [key: string]: unknown;
};
export type ResourceServer = {
  id: string;
  name?: string;
  identifier: string;
  is_system?: boolean;
  scopes?: { value: string; description?: string }[];
};
export type ClientGrant = { id: string; client_id: string; audience: string; scope: string[] };
export type MailboxMessage = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  created_at: string;
};

/** What describes an answer that is no resource of its own. */
type Shown<Schema extends TSchema> = Static<Schema>;

export type Connection = DocumentOf<typeof connectionResource>;
export type Identity = Shown<typeof identitySchema>;
export type Invitation = DocumentOf<typeof invitationResource>;
export type LogEvent = DocumentOf<typeof logResource>;
export type Member = Shown<typeof member>;
export type Organization = DocumentOf<typeof organizationResource>;
export type OrganizationConnection = DocumentOf<typeof organizationConnectionResource>;
export type Permission = Shown<typeof shownPermission>;
export type RefreshToken = Shown<typeof refreshTokenSchema>;
export type Role = DocumentOf<typeof roleResource>;
export type RoleUser = Pick<User, 'user_id' | 'email' | 'name'>;
export type Session = Shown<typeof sessionSchema>;
export type SourcedPermission = Shown<typeof sourcedPermission>;
export type { User } from '../../../server/api/users/schema.ts';
