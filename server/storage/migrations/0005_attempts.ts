/** Failed logins, counted for each account and for each address. */
export const statements = [
  `create table failed_logins (tenant text not null, key text not null, connection text not null,
     identifier text not null, ip text not null, user_id text, attempts bigint not null, last_at bigint not null,
     primary key (tenant, key))`,
  `create index failed_logins_by_identifier on failed_logins (tenant, identifier)`,
  `create index failed_logins_by_user on failed_logins (tenant, user_id)`,
  `create index failed_logins_by_end on failed_logins (last_at)`,
  `create table ip_attempts (tenant text not null, key text not null, used bigint not null, since bigint not null,
     primary key (tenant, key))`,
  `create index ip_attempts_by_end on ip_attempts (since)`,
];
