/** What the operations of `/logs` do. Exporters go onwards from an event they know; people search. */
import { ApiError } from '../../http/errors.ts';
import { DEFAULT_TAKE, pageAnswer, pageOf, pickFields } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { getLog, listLogs } from './operations.ts';
import { searchLogEvents } from './search.ts';
import { getLogEvent, logEventsAfter } from './store.ts';

/** Searches reach this far; who wants more goes onwards with `from` and `take`. */
const MOST_RESULTS = 1000;

export const logRoutes: Route[] = [
  handle(listLogs, async ({ sql, context, query }) => {
    const { tenant } = context;
    if (query.from !== undefined || query.take !== undefined)
      return logEventsAfter(sql, tenant, query.from, query.take ?? DEFAULT_TAKE, context.now);
    const page = pageOf(query);
    if (page.offset + page.limit > MOST_RESULTS)
      throw new ApiError(400, `You can only page through the first ${MOST_RESULTS} records.`, 'invalid_paging');
    const { q, search: same, sort, include_totals: totals } = query;
    const search = { ...page, q: q || same, oldestFirst: sort?.endsWith(':1') ?? false, totals };
    const { events, total } = await searchLogEvents(sql, tenant, search);
    return pageAnswer(
      query,
      'logs',
      events.map((event) => pickFields(event, query)),
      total,
    );
  }),

  handle(getLog, async ({ sql, context, params }) => {
    const event = await getLogEvent(sql, context.tenant, params.id);
    if (!event) throw new ApiError(404, 'The log event does not exist', 'inexistent_log');
    return event;
  }),
];
