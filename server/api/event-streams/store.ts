/** Where event streams and deliveries are kept. What a destination is configured with holds credentials and is sealed. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Delivery, EventStream } from './schema.ts';

export function eventStreamStore(sealer: Sealer): Collection<EventStream> {
  return collection<EventStream>(
    {
      kind: 'event_stream',
      id: 'id',
      keys: {
        name: { of: (stream) => stream.name ?? undefined, unique: true },
        action: { of: ({ destination: to }) => (to.type === 'action' ? to.configuration.action_id : undefined) },
      },
      sealed: ['destination.configuration'],
    },
    sealer,
  );
}

/** What became of events. Their data tells of people, so it is sealed as well. */
export function deliveryStore(sealer: Sealer): Collection<Delivery> {
  return collection<Delivery>(
    {
      kind: 'event_delivery',
      id: 'id',
      keys: {
        stream: { of: (delivery) => delivery.event_stream_id },
        event: { of: (delivery) => eventKey(delivery.event_stream_id, delivery.event.id), unique: true },
      },
      sealed: ['event.data'],
    },
    sealer,
  );
}

/** An event may go to several streams. */
export function eventKey(streamId: string, eventId: string): string {
  return `${streamId} ${eventId}`;
}

/** A stream that is gone has no deliveries. */
export async function removeDeliveriesOf(sql: Sql, sealer: Sealer, tenant: string, streamId: string): Promise<void> {
  const store = deliveryStore(sealer);
  for (const { id } of await store.findAll(sql, tenant, 'stream', streamId)) await store.remove(sql, tenant, id);
}
