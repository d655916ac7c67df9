/**
 * The scopes of the Management API, those of the vendor's, `read:mailbox` and those for administrators: what there is,
 * and what may be done with it (read, create, update, delete). Grants written for the vendor's API name any of them, so
 * all are known, whether or not an operation asks for them yet.
 */
const VERBS = { r: 'read', c: 'create', u: 'update', d: 'delete' } as const;

const BY_SUBJECT = {
  actions: 'rcud',
  administrators: 'rcud',
  anomaly_blocks: 'rd',
  attack_protection: 'ru',
  authentication_methods: 'rcud',
  branding: 'rud',
  client_credentials: 'rcud',
  client_grants: 'rcud',
  client_keys: 'ru',
  client_summary: 'r',
  client_token_vault_privileged_access: 'u',
  clients: 'rcud',
  connection_profiles: 'rcud',
  connections: 'rcud',
  connections_keys: 'rcu',
  current_user: 'rd',
  current_user_device_credentials: 'cd',
  current_user_identities: 'u',
  current_user_metadata: 'u',
  custom_domains: 'rcud',
  custom_signing_keys: 'rcud',
  device_credentials: 'rd',
  directory_provisionings: 'rcud',
  email_provider: 'rcud',
  email_templates: 'rcu',
  encryption_keys: 'rcud',
  event_deliveries: 'ru',
  event_streams: 'rcud',
  events: 'r',
  experimentation: 'rcud',
  federated_connections_tokens: 'rd',
  flows: 'rcud',
  flows_executions: 'rd',
  flows_vault_connections: 'rcud',
  forms: 'rcud',
  grants: 'rd',
  group_members: 'r',
  group_roles: 'rcd',
  groups: 'rd',
  guardian_enrollment_tickets: 'c',
  guardian_enrollments: 'rd',
  guardian_factors: 'ru',
  hooks: 'rcud',
  log_streams: 'rcud',
  logs: 'r',
  logs_users: 'r',
  mailbox: 'r',
  mfa_policies: 'ru',
  network_acls: 'rcud',
  organization_client_grants: 'rcd',
  organization_clients: 'rcud',
  organization_connections: 'rcud',
  organization_discovery_domains: 'rcud',
  organization_group_roles: 'rcd',
  organization_groups: 'r',
  organization_invitations: 'rcd',
  organization_member_effective_roles: 'r',
  organization_member_role_source_groups: 'r',
  organization_member_roles: 'rcd',
  organization_members: 'rcd',
  organizations: 'rcud',
  organizations_summary: 'r',
  phone_providers: 'rcud',
  phone_templates: 'rcud',
  prompts: 'ru',
  rate_limit_policies: 'rcud',
  refresh_tokens: 'rud',
  resource_servers: 'rcud',
  role_members: 'rcd',
  roles: 'rcud',
  rules: 'rcud',
  rules_configs: 'rud',
  scim_config: 'rcud',
  scim_token: 'rcd',
  self_service_profile_custom_texts: 'ru',
  self_service_profiles: 'rcud',
  sessions: 'rud',
  signing_keys: 'rcu',
  sso_access_tickets: 'cd',
  stats: 'r',
  tenant_settings: 'ru',
  token_exchange_profiles: 'rcud',
  user_attribute_profiles: 'rcud',
  user_effective_permissions: 'r',
  user_effective_roles: 'r',
  user_idp_tokens: 'r',
  user_permission_source_roles: 'r',
  user_role_source_groups: 'r',
  user_tickets: 'c',
  users: 'rcud',
  users_app_metadata: 'u',
  vdcs_templates: 'rcud',
} as const satisfies Readonly<Record<string, string>>;

type Letters<Text extends string> = Text extends `${infer First extends keyof typeof VERBS}${infer Rest}`
  ? First | Letters<Rest>
  : never;

/** The scopes by name, so that a mistyped one does not compile. */
export type ManagementScope = {
  [Subject in keyof typeof BY_SUBJECT]: `${(typeof VERBS)[Letters<(typeof BY_SUBJECT)[Subject]>]}:${Subject}`;
}[keyof typeof BY_SUBJECT];

/** `{ value, description }` of every scope, as a resource server lists them. */
export const MANAGEMENT_SCOPES: readonly { value: ManagementScope; description: string }[] = Object.entries(
  BY_SUBJECT,
).flatMap(([subject, letters]) =>
  [...letters].map((letter) => {
    const verb = VERBS[letter as keyof typeof VERBS];
    return {
      value: `${verb}:${subject}` as ManagementScope,
      description: `${verb[0]!.toUpperCase()}${verb.slice(1)} ${subject.replaceAll('_', ' ')}`,
    };
  }),
);
