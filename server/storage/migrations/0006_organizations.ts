/** Who belongs to an organization, and which roles its members and groups have within it. */
export const statements = [
  `create table organization_members (tenant text not null, organization_id text not null, user_id text not null,
     created_at bigint not null, primary key (tenant, organization_id, user_id))`,
  `create index organization_members_in_order on organization_members (tenant, organization_id, created_at, user_id)`,
  `create index organization_members_by_user on organization_members (tenant, user_id, created_at)`,
  `create table organization_member_roles (tenant text not null, organization_id text not null, user_id text not null,
     role_id text not null, created_at bigint not null, primary key (tenant, organization_id, user_id, role_id))`,
  `create index organization_member_roles_by_user on organization_member_roles (tenant, user_id)`,
  `create index organization_member_roles_by_role on organization_member_roles (tenant, role_id, organization_id, user_id)`,
  `create table organization_group_roles (tenant text not null, organization_id text not null, group_id text not null,
     role_id text not null, created_at bigint not null, primary key (tenant, organization_id, group_id, role_id))`,
  `create index organization_group_roles_by_group on organization_group_roles (tenant, group_id)`,
  `create index organization_group_roles_by_role on organization_group_roles (tenant, role_id, organization_id, group_id)`,
];
