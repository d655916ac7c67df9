/**
 * Each index of the log costs every event that is written. Events are removed by their ids, which tell the instant; and
 * most events of machines are about no user.
 */
export const statements = [
  `drop index log_events_by_date`,
  `drop index log_events_by_user`,
  `create index log_events_by_user on log_events (tenant, user_id, log_id) where user_id is not null`,
];
