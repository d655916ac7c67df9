/**
 * What users and log events are found by. `user_terms` is ordered by its key alone: values that are looked for, and
 * within one value the order in which users were made, which is the order of a search that asks for no other.
 */
import type { Statement } from '../migrate.ts';

const TERMS = `tenant text not null, path text not null, value text not null, created_at bigint not null,
     user_id text not null, primary key (tenant, path, value, created_at, user_id)`;

export const statements: readonly Statement[] = [
  {
    // Without a second copy of each row beside the index.
    sqlite: `create table user_terms (${TERMS}) without rowid`,
    // Compared byte by byte as SQLite does: prefixes are ranges then, whatever language the database speaks.
    postgres: `create table user_terms (${TERMS.replace(/(path|value) text/g, '$1 text collate "C"')})`,
  },
  // With the order of the answer: SQLite would otherwise rather read all users in that order than sort a few.
  `drop index users_by_email`,
  `create index users_by_email on users (tenant, email, created_at, user_id)`,
  `create index users_by_connection on users (tenant, connection, created_at, user_id)`,
  `create index users_by_update on users (tenant, updated_at, user_id)`,
  `create index users_by_login on users (tenant, last_login, user_id)`,
  `create index users_by_logins on users (tenant, logins_count, user_id)`,
  `create index log_events_by_type on log_events (tenant, type, log_id)`,
  `create index log_events_by_client on log_events (tenant, client_id, log_id)`,
];
