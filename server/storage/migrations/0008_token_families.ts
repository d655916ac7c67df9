/**
 * Refresh tokens as families: one row for each authorization, which a rotation changes in place. Tokens of the former
 * form are not known any more; their users sign in again.
 */
export const statements = [
  `drop table refresh_tokens`,
  `create table refresh_tokens (tenant text not null, grant_id text not null, generation bigint not null,
     client_id text not null, user_id text not null, session_id text, scope text not null, audience text,
     auth_time bigint, rotating integer not null, created_at bigint not null, last_used_at bigint,
     idle_expires_at bigint, expires_at bigint, revoked_at bigint, about text not null, metadata text,
     primary key (tenant, grant_id))`,
  `create index refresh_tokens_by_user on refresh_tokens (tenant, user_id, client_id)`,
  `create index refresh_tokens_by_end on refresh_tokens (coalesce(revoked_at, idle_expires_at, expires_at))`,
];
