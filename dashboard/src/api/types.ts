/**
 * The shapes the server answers with. They are taken from the server's own schemas; nothing is described twice.
 */
import type { Static, TSchema } from 'typebox';
import type { ClientGrant as StoredClientGrant } from '../../../server/api/client-grants/schema.ts';
import type { Client as StoredClient } from '../../../server/api/clients/schema.ts';
import type { connectionResource } from '../../../server/api/connections/schema.ts';
import type { jobResource } from '../../../server/api/jobs/schema.ts';
import type { SigningKeyAnswer } from '../../../server/api/keys/schema.ts';
import type { logResource } from '../../../server/api/logs/schema.ts';
import type { organizationConnectionResource } from '../../../server/api/organizations/connections/schema.ts';
import type { invitationResource } from '../../../server/api/organizations/invitations/schema.ts';
import type { member } from '../../../server/api/organizations/members/schema.ts';
import type { organizationResource } from '../../../server/api/organizations/schema.ts';
import type { refreshTokenSchema } from '../../../server/api/refresh-tokens/schema.ts';
import type { ResourceServer as StoredResourceServer } from '../../../server/api/resource-servers/schema.ts';
import type { roleResource, shownPermission, sourcedPermission } from '../../../server/api/roles/schema.ts';
import type { sessionSchema } from '../../../server/api/sessions/schema.ts';
import type { identitySchema, User } from '../../../server/api/users/schema.ts';
import type { DocumentOf } from '../../../server/schema/resource.ts';

export type { DashboardConfig } from '../../../server/dashboard/schema.ts';

/** A document in an answer: what a request removes with `null` is absent there. */
type Answered<Document> = { [Name in keyof Document]: Exclude<Document[Name], null> };

/** What describes an answer that is no resource of its own. */
type Shown<Schema extends TSchema> = Static<Schema>;

/** A page of a list that was asked for with `include_totals`, whose items are under their plural. */
export type PageOf<Plural extends string, Item> = { start: number; limit: number; total: number } & {
  [Name in Plural]: Item[];
};

export type Client = Answered<StoredClient>;
/** A key that a client proves itself with; the key itself is taken and never shown. */
export type ClientCredential = NonNullable<
  NonNullable<Client['client_authentication_methods']>['private_key_jwt']
>['credentials'][number] & { created_at?: string };
export type ClientGrant = Answered<StoredClientGrant>;
export type Connection = DocumentOf<typeof connectionResource>;
export type Identity = Shown<typeof identitySchema>;
/** An import or export of users. */
export type Job = Answered<DocumentOf<typeof jobResource>>;
export type LogEvent = DocumentOf<typeof logResource>;
export type MailboxMessage = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  created_at: string;
};
export type Invitation = DocumentOf<typeof invitationResource>;
export type Member = Shown<typeof member>;
export type Organization = DocumentOf<typeof organizationResource>;
export type OrganizationConnection = DocumentOf<typeof organizationConnectionResource>;
export type Permission = Shown<typeof shownPermission>;
export type RefreshToken = Shown<typeof refreshTokenSchema>;
export type ResourceServer = Answered<StoredResourceServer>;
export type Role = DocumentOf<typeof roleResource>;
export type RoleUser = Pick<User, 'user_id' | 'email' | 'name'>;
export type Session = Shown<typeof sessionSchema>;
export type SigningKey = Answered<SigningKeyAnswer>;
export type SourcedPermission = Shown<typeof sourcedPermission>;
export type { User } from '../../../server/api/users/schema.ts';
