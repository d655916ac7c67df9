/**
 * Every table and its columns, as Kysely sees them. The SQL that makes them is in `migrations/`.
 *
 * Conventions that hold for both engines:
 * - every row carries `tenant`; every primary key starts with it;
 * - instants are integers, milliseconds since the epoch; booleans are 0 or 1; JSON is text;
 * - a column ending in `_hash` holds the SHA-256 of a bearer secret, never the secret (OWASP ASVS 6.5);
 * - a column ending in `_sealed` is encrypted with the master key (see `keys/vault.ts`).
 */

/** Facts about the whole database, such as the version of its schema. */
export type MetaTable = { name: string; value: string };

/** One customer of this installation. `doc` holds the tenant settings. `revision` counts configuration changes. */
export type TenantTable = { tenant: string; domain: string; revision: number; doc: string; created_at: number };

/** Hosts that a tenant answers on: its own domain and its custom domains. */
export type DomainTable = { domain: string; tenant: string };

/** Management resources: one JSON document each, so that a new property needs no migration. */
export type DocumentTable = {
  tenant: string;
  kind: string;
  id: string;
  seq: number;
  doc: string;
  created_at: number;
  updated_at: number;
};

/** The last `seq` given in one collection: a row of its own, so that concurrent inserts wait for each other. */
export type DocumentSequenceTable = { tenant: string; kind: string; last: number };

/** The few keys a document is looked up by. `is_unique = 1` makes (tenant, kind, name, value) unique. */
export type DocumentKeyTable = {
  tenant: string;
  kind: string;
  name: string;
  value: string;
  id: string;
  is_unique: number;
};

export type SigningKeyTable = {
  tenant: string;
  kid: string;
  status: 'next' | 'current' | 'previous' | 'revoked';
  certificate: string;
  private_key_sealed: string;
  created_at: number;
  current_since: number | null;
  rotated_at: number | null;
  revoked_at: number | null;
};

export type UserTable = {
  tenant: string;
  user_id: string;
  email: string | null;
  connection: string;
  blocked: number;
  logins_count: number;
  last_login: number | null;
  last_ip: string | null;
  doc: string;
  created_at: number;
  updated_at: number;
};

/** What a user can be found by within a connection: e-mail, username, phone, or the provider's id. */
export type UserIdentifierTable = {
  tenant: string;
  connection: string;
  type: 'email' | 'username' | 'phone_number' | 'identity';
  value: string;
  user_id: string;
};

/** What a user is searched by: see `api/users/terms.ts`. `created_at` is the user's. */
export type UserTermTable = { tenant: string; path: string; value: string; created_at: number; user_id: string };

/** `history` is a JSON array of earlier hashes, newest first. */
export type PasswordTable = { tenant: string; user_id: string; hash: string; history: string; changed_at: number };

/** A browser session (SSO). The cookie carries a secret; `id` is public and becomes the `sid` claim. */
export type SessionTable = {
  tenant: string;
  id: string;
  secret_hash: string;
  user_id: string;
  connection: string;
  clients: string;
  auth_time: number;
  created_at: number;
  last_seen_at: number;
  idle_expires_at: number;
  expires_at: number;
  /** JSON: the device, and how the user signed in. */
  about: string;
  /** JSON: what applications keep with it. */
  metadata: string | null;
};

/** An authorization request that waits for the user: the parameters, bound to one browser. */
export type LoginTransactionTable = {
  tenant: string;
  state_hash: string;
  browser_hash: string;
  client_id: string;
  params: string;
  session_id: string | null;
  consented: number;
  created_at: number;
  expires_at: number;
};

export type CodeTable = {
  tenant: string;
  code_hash: string;
  grant_id: string;
  client_id: string;
  user_id: string;
  session_id: string;
  redirect_uri: string | null;
  scope: string;
  audience: string | null;
  nonce: string | null;
  code_challenge: string | null;
  code_challenge_method: string | null;
  auth_time: number;
  created_at: number;
  expires_at: number;
  consumed_at: number | null;
};

/** The refresh tokens that one authorization gave: a family, which is at one generation at a time. */
export type RefreshTokenTable = {
  tenant: string;
  /** Id of the authorization. */
  grant_id: string;
  /** How often the token was rotated. */
  generation: number;
  client_id: string;
  user_id: string;
  session_id: string | null;
  scope: string;
  audience: string | null;
  auth_time: number | null;
  rotating: 0 | 1;
  created_at: number;
  last_used_at: number | null;
  idle_expires_at: number | null;
  expires_at: number | null;
  revoked_at: number | null;
  /** JSON: the device. */
  about: string;
  /** JSON: what applications keep with it. */
  metadata: string | null;
};

/** Authorizations (`grant_id`) and tokens (`jti`) that ended before their time; kept until everything they gave has expired. */
export type RevocationTable = { tenant: string; subject: string; expires_at: number };

/** What a user allowed a client to do at an API (remembered consent). */
export type GrantTable = {
  tenant: string;
  id: string;
  client_id: string;
  user_id: string;
  audience: string;
  scope: string;
  created_at: number;
};

/** One-time links: e-mail verification, password change, first administrator. */
export type TicketTable = {
  tenant: string;
  ticket_hash: string;
  kind: string;
  user_id: string | null;
  data: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
};

/** `jti` of client assertions already seen (RFC 7523 §3, item 7). */
export type UsedAssertionTable = { tenant: string; jti_hash: string; expires_at: number };

export type LogEventTable = {
  tenant: string;
  log_id: string;
  date: number;
  type: string;
  client_id: string | null;
  user_id: string | null;
  connection_id: string | null;
  ip: string | null;
  doc: string;
};

/** Outgoing mail: written with what it tells of, delivered after the commit, kept as the development inbox. */
export type MailTable = {
  tenant: string;
  id: string;
  recipient: string;
  subject: string;
  html: string;
  text: string;
  status: 'pending' | 'sent' | 'failed' | 'kept';
  attempts: number;
  next_attempt_at: number;
  created_at: number;
  /** Null: the usual sender. */
  sender: string | null;
};

/** What a role may do at an API. `api_id` is the record id of the resource server. */
export type RolePermissionTable = {
  tenant: string;
  role_id: string;
  api_id: string;
  permission: string;
  created_at: number;
};

/** What a user may do at an API without any role. */
export type UserPermissionTable = {
  tenant: string;
  user_id: string;
  api_id: string;
  permission: string;
  created_at: number;
};

/** Who has a role. */
export type RoleUserTable = { tenant: string; role_id: string; user_id: string; created_at: number };

/** Groups whose members have a role. */
export type RoleGroupTable = { tenant: string; role_id: string; group_id: string; created_at: number };

export type GroupMemberTable = { tenant: string; group_id: string; user_id: string; created_at: number };

/** Who belongs to an organization. */
export type OrganizationMemberTable = { tenant: string; organization_id: string; user_id: string; created_at: number };

/** The roles that a member was given within the organization. */
export type OrganizationMemberRoleTable = {
  tenant: string;
  organization_id: string;
  user_id: string;
  role_id: string;
  created_at: number;
};

/** The roles that the members of a group have within the organization. */
export type OrganizationGroupRoleTable = {
  tenant: string;
  organization_id: string;
  group_id: string;
  role_id: string;
  created_at: number;
};

/** What a user proves to be themselves with besides the password. `secret_sealed` is the seed of one-time codes. */
export type AuthenticationMethodTable = {
  tenant: string;
  id: string;
  user_id: string;
  type: string;
  confirmed: number;
  secret_sealed: string | null;
  doc: string;
  created_at: number;
};

/** Small things that belong to a user, found by their kind: device keys, connected accounts, token sets. */
export type UserRecordTable = {
  tenant: string;
  kind: string;
  id: string;
  user_id: string;
  doc: string;
  created_at: number;
};

/**
 * Failed logins in a row of one account, from one address or (`ip` empty) from all of them. `key` is a digest of
 * connection, identifier and address; `user_id` is null when nobody has the identifier.
 */
export type FailedLoginTable = {
  tenant: string;
  key: string;
  connection: string;
  identifier: string;
  ip: string;
  user_id: string | null;
  attempts: number;
  last_at: number;
};

/** Attempts of an address that were not given back yet, counted at `since`. `key` is the stage and the address. */
export type IpAttemptTable = { tenant: string; key: string; used: number; since: number };

export type Tables = {
  meta: MetaTable;
  tenants: TenantTable;
  domains: DomainTable;
  documents: DocumentTable;
  document_sequences: DocumentSequenceTable;
  document_keys: DocumentKeyTable;
  signing_keys: SigningKeyTable;
  users: UserTable;
  user_identifiers: UserIdentifierTable;
  user_terms: UserTermTable;
  passwords: PasswordTable;
  sessions: SessionTable;
  login_transactions: LoginTransactionTable;
  codes: CodeTable;
  refresh_tokens: RefreshTokenTable;
  revocations: RevocationTable;
  grants: GrantTable;
  tickets: TicketTable;
  used_assertions: UsedAssertionTable;
  log_events: LogEventTable;
  mails: MailTable;
  role_permissions: RolePermissionTable;
  user_permissions: UserPermissionTable;
  role_users: RoleUserTable;
  role_groups: RoleGroupTable;
  group_members: GroupMemberTable;
  organization_members: OrganizationMemberTable;
  organization_member_roles: OrganizationMemberRoleTable;
  organization_group_roles: OrganizationGroupRoleTable;
  authentication_methods: AuthenticationMethodTable;
  user_records: UserRecordTable;
  failed_logins: FailedLoginTable;
  ip_attempts: IpAttemptTable;
};
