/**
 * The counts behind attack protection, in the database: they hold for every process that shares it and outlive each.
 * What must not be passed by attempts that come at once is one statement that counts and tells the outcome.
 */
import { sql as text } from 'kysely';
import { statement } from '../../storage/statement.ts';
import type { FailedLoginTable, IpAttemptTable } from '../../storage/tables.ts';

export type ByKey = { tenant: string; key: string };

/** Adds a failure to those in a row. One that is older than `since` is forgotten, and with it the row. */
export const countFailure = statement<FailedLoginTable & { since: number }, { attempts: number }>((q, bind) =>
  q
    .insertInto('failed_logins')
    .values({
      tenant: bind('tenant'),
      key: bind('key'),
      connection: bind('connection'),
      identifier: bind('identifier'),
      ip: bind('ip'),
      user_id: bind('user_id'),
      attempts: bind('attempts'),
      last_at: bind('last_at'),
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet({
        attempts: text<number>`case when failed_logins.last_at > ${bind('since')} then failed_logins.attempts + 1 else 1 end`,
        user_id: bind('user_id'),
        last_at: bind('last_at'),
      }),
    )
    .returning('attempts'),
);

/** The rows of two keys at once. */
export const readFailures = statement<
  { tenant: string; one: string; other: string; since: number },
  { key: string; attempts: number }
>((q, bind) =>
  q
    .selectFrom('failed_logins')
    .select(['key', 'attempts'])
    .where('tenant', '=', bind('tenant'))
    .where('key', 'in', [bind('one'), bind('other')])
    .where('last_at', '>', bind('since')),
);

/** Ends a row of failures that has not reached the limit. */
export const clearFailures = statement<ByKey & { limit: number }>((q, bind) =>
  q
    .deleteFrom('failed_logins')
    .where('tenant', '=', bind('tenant'))
    .where('key', '=', bind('key'))
    .where('attempts', '<', bind('limit')),
);

export const readAddress = statement<ByKey, IpAttemptTable>((q, bind) =>
  q.selectFrom('ip_attempts').selectAll().where('tenant', '=', bind('tenant')).where('key', '=', bind('key')),
);

/** Takes one of an address's attempts. No row comes back when it has none left. */
export const takeAttempt = statement<ByKey & { now: number; rate: number; limit: number }, { used: number }>(
  (q, bind) => {
    // Whole attempts that were given back since the last count; the remainder of the time goes on counting.
    const given = text<number>`cast((${bind('now')} - ip_attempts.since) / ${bind('rate')} as bigint)`;
    return q
      .insertInto('ip_attempts')
      .values({ tenant: bind('tenant'), key: bind('key'), used: text<number>`1`, since: bind('now') })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'key'])
          .doUpdateSet({
            used: text<number>`case when ip_attempts.used > ${given} then ip_attempts.used - ${given} else 0 end + 1`,
            since: text<number>`case when ip_attempts.used > ${given}
              then ip_attempts.since + ${given} * ${bind('rate')} else ${bind('now')} end`,
          })
          .where(text<boolean>`ip_attempts.used - ${given} < ${bind('limit')}`),
      )
      .returning('used');
  },
);

export const removeAddress = statement<ByKey>((q, bind) =>
  q.deleteFrom('ip_attempts').where('tenant', '=', bind('tenant')).where('key', '=', bind('key')),
);
