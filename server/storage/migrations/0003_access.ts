/**
 * Who may do what: permissions of roles and of users, who has which role, who is in which group; what a user signs in
 * with besides a password; and what sessions and refresh tokens tell of the device and keep for applications.
 */
export const statements = [
  `create table role_permissions (tenant text not null, role_id text not null, api_id text not null,
     permission text not null, created_at bigint not null, primary key (tenant, role_id, api_id, permission))`,
  `create index role_permissions_by_api on role_permissions (tenant, api_id, permission)`,
  `create table user_permissions (tenant text not null, user_id text not null, api_id text not null,
     permission text not null, created_at bigint not null, primary key (tenant, user_id, api_id, permission))`,
  `create index user_permissions_by_api on user_permissions (tenant, api_id, permission)`,
  `create table role_users (tenant text not null, role_id text not null, user_id text not null,
     created_at bigint not null, primary key (tenant, role_id, user_id))`,
  `create index role_users_by_user on role_users (tenant, user_id)`,
  `create table role_groups (tenant text not null, role_id text not null, group_id text not null,
     created_at bigint not null, primary key (tenant, role_id, group_id))`,
  `create index role_groups_by_group on role_groups (tenant, group_id)`,
  `create table group_members (tenant text not null, group_id text not null, user_id text not null,
     created_at bigint not null, primary key (tenant, group_id, user_id))`,
  `create index group_members_by_user on group_members (tenant, user_id)`,
  `create table authentication_methods (tenant text not null, id text not null, user_id text not null,
     type text not null, confirmed integer not null, secret_sealed text, doc text not null, created_at bigint not null,
     primary key (tenant, id))`,
  `create index authentication_methods_by_user on authentication_methods (tenant, user_id)`,
  `create table user_records (tenant text not null, kind text not null, id text not null, user_id text not null,
     doc text not null, created_at bigint not null, primary key (tenant, kind, id))`,
  `create index user_records_by_user on user_records (tenant, user_id, kind)`,
  `alter table sessions add column about text not null default '{}'`,
  `alter table sessions add column metadata text`,
  `alter table refresh_tokens add column about text not null default '{}'`,
  `alter table refresh_tokens add column metadata text`,
];
