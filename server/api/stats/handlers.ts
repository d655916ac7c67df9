/** What the operations of `/stats` do. Days are counted from the log, so they reach as far back as it does. */
import { sql as text } from 'kysely';
import { ApiError } from '../../http/errors.ts';
import { logIdsFrom } from '../../logs/events.ts';
import { handle, type Route } from '../pipeline.ts';
import { isThere } from '../users/gone.ts';
import { getActiveUsers, getDailyStats } from './operations.ts';

const DAY = 86_400_000;

/** Days that are counted unless a range is given, and the longest range. */
const USUAL_DAYS = 31;
const MOST_DAYS = 366;

/** What each type of log event counts as. */
const COUNTED: Readonly<Record<string, 'logins' | 'signups'>> = { s: 'logins', sepft: 'logins', ss: 'signups' };

export const statsRoutes: Route[] = [
  handle(getActiveUsers, async ({ sql, context }) => {
    const [row] = await sql.query(
      sql.build
        .selectFrom('users')
        .select((e) => e.fn.countAll<number>().as('total'))
        .where('tenant', '=', context.tenant)
        .where('last_login', '>', context.now - 30 * DAY)
        .where(isThere('users')),
    );
    return Number(row?.total ?? 0);
  }),

  handle(getDailyStats, async ({ sql, context, query }) => {
    const today = Math.floor(context.now / DAY);
    const to = query.to === undefined ? today : dayOf(query.to);
    const from = query.from === undefined ? to - USUAL_DAYS + 1 : dayOf(query.from);
    if (from > to) throw invalid('from is after to');
    if (to - from >= MOST_DAYS) throw invalid(`a range has at most ${MOST_DAYS} days`);
    const day = text<number>`date / ${text.lit(DAY)}`;
    const rows: { day: number; type: string; total: number }[] = await sql.query(
      sql.build
        .selectFrom('log_events')
        .select((e) => [day.as('day'), 'type', e.fn.countAll<number>().as('total')])
        .where('tenant', '=', context.tenant)
        // Ids tell the instant, or a later one where the clock was set back: no bound for the last day.
        .where('log_id', '>=', logIdsFrom(from * DAY))
        .where('date', '>=', from * DAY)
        .where('date', '<', (to + 1) * DAY)
        .where('type', 'in', Object.keys(COUNTED))
        .groupBy([day, 'type']),
    );
    const counts = new Map<number, { logins: number; signups: number }>();
    for (const row of rows) {
      const at = counts.get(Number(row.day)) ?? { logins: 0, signups: 0 };
      at[COUNTED[row.type]!] += Number(row.total);
      counts.set(Number(row.day), at);
    }
    return Array.from({ length: Math.min(to, today) - from + 1 }, (_, index) => from + index).map((at) => ({
      date: instant(at * DAY),
      ...(counts.get(at) ?? { logins: 0, signups: 0 }),
      leaked_passwords: 0,
      created_at: instant(at * DAY),
      updated_at: instant(Math.min((at + 1) * DAY, context.now)),
    }));
  }),
];

/** Days since the epoch of `YYYYMMDD`. @throws ApiError 400 for a day that no calendar has */
function dayOf(compact: string): number {
  const iso = compact.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  const at = Date.parse(iso);
  if (Number.isNaN(at) || instant(at).slice(0, 10) !== iso) throw invalid(`there is no day ${compact}`);
  return at / DAY;
}

function invalid(why: string): ApiError {
  return new ApiError(400, `Query validation error: '${why}'.`, 'invalid_query_string');
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
