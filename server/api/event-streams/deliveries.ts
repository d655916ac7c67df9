/**
 * What the operations on deliveries do. Nothing is sent yet, and no other than a test event comes to a stream: each
 * attempt is recorded as failed, and says why.
 */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { DEFAULT_TAKE } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { requireStream } from './handlers.ts';
import { getDelivery, listDeliveries, redeliver, redeliverEvent, testEventStream } from './operations.ts';
import { type Delivery, EVENT_TYPES } from './schema.ts';
import { deliveryStore, eventKey } from './store.ts';

const STATUSES: readonly string[] = ['failed'];

export const deliveryRoutes: Route[] = [
  handle(listDeliveries, async (call) => {
    const { services, sql, context, params, query } = call;
    const wanted = {
      ...query,
      statuses: wordsOf('statuses', query.statuses, STATUSES),
      event_types: wordsOf('event_types', query.event_types, EVENT_TYPES),
    };
    const { id } = await requireStream(call, params.id);
    const all = await deliveryStore(services.vault).findAll(sql, context.tenant, 'stream', id);
    const start = query.from === undefined ? 0 : all.findIndex((delivery) => delivery.id === query.from) + 1;
    return all
      .slice(start)
      .filter((delivery) => matches(delivery, wanted))
      .slice(0, query.take ?? DEFAULT_TAKE);
  }),

  handle(getDelivery, async (call) => {
    const { id } = await requireStream(call, call.params.id);
    return requireDelivery(call, id, call.params.event_id);
  }),

  handle(redeliver, async (call) => {
    const { services, sql, context, params } = call;
    const filters = call.body ?? {};
    const { id } = await requireStream(call, params.id);
    for (const delivery of await deliveryStore(services.vault).findAll(sql, context.tenant, 'stream', id)) {
      if (matches(delivery, filters)) await attemptAgain(call, delivery);
    }
    return filters;
  }),

  handle(redeliverEvent, async (call) => {
    const { id } = await requireStream(call, call.params.id);
    await attemptAgain(call, await requireDelivery(call, id, call.params.event_id));
  }),

  handle(testEventStream, async (call) => {
    const { services, sql, context, params, body } = call;
    const { id } = await requireStream(call, params.id);
    const delivery: Delivery = {
      id: `del_${randomAlphanumeric(22)}`,
      event_stream_id: id,
      status: 'failed',
      event_type: body.event_type,
      attempts: [failedAttempt(context.now)],
      event: {
        id: `evt_${randomAlphanumeric(22)}`,
        source: context.site.issuer,
        specversion: '1.0',
        type: body.event_type,
        time: new Date(context.now).toISOString(),
        data: JSON.stringify(body.data ?? {}),
      },
    };
    await deliveryStore(services.vault).insert(sql, context.tenant, delivery, context.now);
    return delivery;
  }),
];

type Filters = {
  readonly statuses?: readonly string[] | undefined;
  readonly event_types?: readonly string[] | undefined;
  readonly date_from?: string;
  readonly date_to?: string;
};

async function requireDelivery(
  { services, sql, context }: Where,
  streamId: string,
  eventId: string,
): Promise<Delivery> {
  const key = eventKey(streamId, eventId);
  const delivery = await deliveryStore(services.vault).find(sql, context.tenant, 'event', key);
  if (!delivery) throw new ApiError(404, 'The event does not exist', 'inexistent_event');
  return delivery;
}

function failedAttempt(now: number): Delivery['attempts'][number] {
  return {
    status: 'failed',
    timestamp: new Date(now).toISOString(),
    error_message: 'This version does not deliver events yet.',
  };
}

async function attemptAgain({ services, sql, context }: Where, delivery: Delivery): Promise<void> {
  const attempts = [...delivery.attempts, failedAttempt(context.now)];
  await deliveryStore(services.vault).replace(sql, context.tenant, { ...delivery, attempts }, context.now);
}

/** From `date_from` on, until before `date_to`. */
function matches(
  { status, event_type, event }: Delivery,
  { statuses, event_types, date_from, date_to }: Filters,
): boolean {
  const time = Date.parse(event.time);
  return (
    (statuses === undefined || statuses.includes(status)) &&
    (event_types === undefined || event_types.includes(event_type)) &&
    (date_from === undefined || time >= Date.parse(date_from)) &&
    (date_to === undefined || time < Date.parse(date_to))
  );
}

/** Words between commas, each of which is a known one. */
function wordsOf(name: string, text: string | undefined, known: readonly string[]): string[] | undefined {
  const words = text?.split(',').map((word) => word.trim());
  const unknown = words?.find((word) => !known.includes(word));
  if (unknown !== undefined)
    throw new ApiError(
      400,
      `Query validation error: 'No enum match for: ${unknown.slice(0, 100)}' on property ${name}.`,
      'invalid_query_string',
    );
  return words;
}
