/** The operations of `/event-streams`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { anyObject, choice, opt, orNull, strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { checkpointQuery } from '../lists.ts';
import { delivery, deliveryStatus, EVENT_TYPES, eventStreamResource } from './schema.ts';

const tag = 'Event streams';
const params = strict({ id: idInPath() });
const ofEvent = strict({ id: idInPath(), event_id: idInPath() });
const NOT_FOUND = { 404: 'inexistent_event_stream' };
const NO_EVENT = { 404: 'inexistent_event_stream, inexistent_event' };
const CONFLICT = { 409: 'event_stream_conflict' };
/** To the second, as the vendor takes it. */
const instant = Type.String({ maxLength: 20, format: 'date-time' });
const words = Type.String({ maxLength: 2000 });

export const listEventStreams = operation({
  id: 'get_event-streams',
  method: 'GET',
  path: '/event-streams',
  tag,
  summary: 'List event streams',
  scopes: ['read:event_streams'],
  query: strict(checkpointQuery),
  status: 200,
  response: strict({ eventStreams: Type.Array(eventStreamResource.read), next: opt(Type.String()) }),
});

export const createEventStream = operation({
  id: 'post_event-streams',
  method: 'POST',
  path: '/event-streams',
  tag,
  summary: 'Create an event stream',
  scopes: ['create:event_streams'],
  body: eventStreamResource.create,
  status: 201,
  response: eventStreamResource.read,
  errors: CONFLICT,
  resource: eventStreamResource,
});

export const getEventStream = operation({
  id: 'get_event-streams_by_id',
  method: 'GET',
  path: '/event-streams/{id}',
  tag,
  summary: 'Get an event stream',
  scopes: ['read:event_streams'],
  params,
  status: 200,
  response: eventStreamResource.read,
  errors: NOT_FOUND,
});

export const updateEventStream = operation({
  id: 'patch_event-streams_by_id',
  method: 'PATCH',
  path: '/event-streams/{id}',
  tag,
  summary: 'Update an event stream',
  scopes: ['update:event_streams'],
  params,
  body: eventStreamResource.update,
  status: 200,
  response: eventStreamResource.read,
  errors: { ...NOT_FOUND, ...CONFLICT },
  resource: eventStreamResource,
});

export const deleteEventStream = operation({
  id: 'delete_event-streams_by_id',
  method: 'DELETE',
  path: '/event-streams/{id}',
  tag,
  summary: 'Delete an event stream, its deliveries, and the action that was there for it',
  scopes: ['delete:event_streams'],
  params,
  status: 204,
});

export const listDeliveries = operation({
  id: 'get_event_deliveries',
  method: 'GET',
  path: '/event-streams/{id}/deliveries',
  tag,
  summary: 'List the deliveries of an event stream that failed',
  scopes: ['read:event_streams', 'read:event_deliveries'],
  params,
  query: strict({
    ...checkpointQuery,
    statuses: opt(words),
    event_types: opt(words),
    date_from: opt(instant),
    date_to: opt(instant),
  }),
  status: 200,
  response: Type.Array(delivery),
  errors: NOT_FOUND,
});

export const getDelivery = operation({
  id: 'get_deliveries_by_event_id',
  method: 'GET',
  path: '/event-streams/{id}/deliveries/{event_id}',
  tag,
  summary: 'Get the delivery of an event',
  scopes: ['read:event_deliveries'],
  params: ofEvent,
  status: 200,
  response: delivery,
  errors: NO_EVENT,
});

const filters = strict({
  date_from: opt(instant),
  date_to: opt(instant),
  statuses: opt(Type.Array(deliveryStatus)),
  event_types: opt(Type.Array(choice(EVENT_TYPES))),
});
const NO_ATTEMPT = 'Nothing is sent yet: each attempt is recorded as a failed one that says so.';

export const redeliver = operation({
  id: 'post_redeliver',
  method: 'POST',
  path: '/event-streams/{id}/redeliver',
  tag,
  summary: 'Deliver failed events once more',
  scopes: ['update:event_deliveries'],
  params,
  body: orNull(filters),
  status: 202,
  response: filters,
  errors: NOT_FOUND,
  inert: NO_ATTEMPT,
});

export const redeliverEvent = operation({
  id: 'post_redeliver_by_event_id',
  method: 'POST',
  path: '/event-streams/{id}/redeliver/{event_id}',
  tag,
  summary: 'Deliver a failed event once more',
  scopes: ['update:event_deliveries'],
  params: ofEvent,
  status: 202,
  errors: NO_EVENT,
  inert: NO_ATTEMPT,
});

export const testEventStream = operation({
  id: 'post_test_event',
  method: 'POST',
  path: '/event-streams/{id}/test',
  tag,
  summary: 'Send a test event to an event stream',
  scopes: ['update:event_streams'],
  params,
  body: strict({ event_type: choice(EVENT_TYPES), data: opt(anyObject()) }),
  status: 202,
  response: delivery,
  errors: NOT_FOUND,
  inert: NO_ATTEMPT,
});
