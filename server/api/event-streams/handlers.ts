/** What the operations on event streams themselves do; deliveries have a file of their own. */
import { randomUUID } from 'node:crypto';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { actionStore, removeAction } from '../actions/store.ts';
import { invalidBody } from '../invalid.ts';
import { listByCheckpoints } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import {
  createEventStream,
  deleteEventStream,
  getEventStream,
  listEventStreams,
  updateEventStream,
} from './operations.ts';
import { type Destination, type EventStream, eventStreamResource, SECRET_OF } from './schema.ts';
import { eventStreamStore, removeDeliveriesOf } from './store.ts';

const AUTHORIZATION = 'destination.configuration.webhook_authorization';

export const eventStreamRoutes: Route[] = [
  handle(listEventStreams, ({ services, sql, context, query }) => {
    const streams = eventStreamStore(services.vault);
    return listByCheckpoints(sql, context.tenant, streams, eventStreamResource, query, shownStream);
  }),

  handle(createEventStream, async (call) => {
    const { services, sql, context } = call;
    const { tenant, now } = context;
    const body = withDefaults(eventStreamResource, call.body) as EventStream;
    const at = new Date(now).toISOString();
    const stream: EventStream = {
      ...body,
      id: `est_${randomAlphanumeric(22)}`,
      destination: withPartner(completed(body.destination, undefined), tenant),
      created_at: at,
      updated_at: at,
    };
    await requireAction(call, stream.destination);
    await refuseTwin(call, stream);
    await eventStreamStore(services.vault).insert(sql, tenant, stream, now);
    await services.configurations.touch(sql, tenant);
    return shownStream(stream);
  }),

  handle(getEventStream, async (call) => shownStream(await requireStream(call, call.params.id))),

  handle(updateEventStream, async (call) => {
    const { services, sql, context } = call;
    const current = await requireStream(call, call.params.id);
    const changes = call.body as Partial<EventStream>;
    const stream = withChanges(eventStreamResource, current, changes) as EventStream;
    stream.updated_at = new Date(context.now).toISOString();
    if (changes.destination) {
      stream.destination = completed(changes.destination, current.destination);
      await requireAction(call, stream.destination);
    }
    await refuseTwin(call, stream);
    await eventStreamStore(services.vault).replace(sql, context.tenant, stream, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shownStream(stream);
  }),

  handle(deleteEventStream, async (call) => {
    const { services, sql, context, params } = call;
    const { vault } = services;
    const stream = await eventStreamStore(vault).get(sql, context.tenant, params.id);
    if (!stream) return;
    await eventStreamStore(vault).remove(sql, context.tenant, stream.id);
    await removeDeliveriesOf(sql, vault, context.tenant, stream.id);
    await removeOwnAction(call, stream.destination);
    await services.configurations.touch(sql, context.tenant);
  }),
];

/** @throws ApiError 404 */
export async function requireStream({ services, sql, context }: Where, id: string): Promise<EventStream> {
  const stream = await eventStreamStore(services.vault).get(sql, context.tenant, id);
  if (!stream) throw new ApiError(404, 'The event stream does not exist', 'inexistent_event_stream');
  return stream;
}

/** A destination with the secret that a body left out, if the stream has it for the same way to authorize. */
function completed(given: Destination, current: Destination | undefined): Destination {
  if (current && given.type !== current.type)
    throw invalidBody(`The type of a destination stays ${current.type}`, 'destination.type');
  if (current?.type === 'eventbridge')
    throw invalidBody('A destination of type eventbridge cannot be changed', 'destination');
  if (given.type !== 'webhook') return given;
  const authorization: Record<string, unknown> = { ...given.configuration.webhook_authorization };
  const before: Record<string, unknown> =
    current?.type === 'webhook' ? { ...current.configuration.webhook_authorization } : {};
  const secret = SECRET_OF[given.configuration.webhook_authorization.method];
  authorization[secret] ??= before.method === authorization.method ? before[secret] : undefined;
  if (authorization[secret] === undefined) throw invalidBody(`Missing required property: ${secret}`, AUTHORIZATION);
  return {
    ...given,
    configuration: { ...given.configuration, webhook_authorization: authorization },
  } as unknown as Destination;
}

/** EventBridge knows a sender by the name of its partner event source. */
function withPartner(destination: Destination, tenant: string): Destination {
  if (destination.type !== 'eventbridge') return destination;
  const aws_partner_event_source = `aws.partner/${tenant}-${randomUUID()}/events`;
  return { ...destination, configuration: { ...destination.configuration, aws_partner_event_source } } as Destination;
}

/** Events go to an action that is for them. */
async function requireAction({ services, sql, context }: Where, destination: Destination): Promise<void> {
  if (destination.type !== 'action') return;
  const { action_id } = destination.configuration;
  const action = await actionStore(services.vault).get(sql, context.tenant, action_id);
  const property = 'destination.configuration.action_id';
  if (!action) throw invalidBody('The action does not exist', property);
  if (!action.supported_triggers.some(({ id }) => id === 'event-stream'))
    throw invalidBody('The action is not for trigger event-stream', property);
}

/** Recorded: the action of a stream goes with it. One that another stream uses as well stays. */
async function removeOwnAction({ services, sql, context }: Where, destination: Destination): Promise<void> {
  if (destination.type !== 'action') return;
  const { action_id } = destination.configuration;
  const others = await eventStreamStore(services.vault).findAll(sql, context.tenant, 'action', action_id);
  if (others.length === 0) await removeAction(sql, services.vault, context.tenant, action_id);
}

async function refuseTwin({ services, sql, context }: Where, { id, name }: EventStream): Promise<void> {
  if (!name) return;
  const other = await eventStreamStore(services.vault).find(sql, context.tenant, 'name', name);
  if (other && other.id !== id)
    throw new ApiError(409, 'An event stream with the same name already exists', 'event_stream_conflict');
}

/** A stream without what is secret of its destination. */
function shownStream(stream: EventStream): unknown {
  const { destination } = stream;
  if (destination.type !== 'webhook') return stream;
  const { webhook_endpoint, webhook_authorization } = destination.configuration;
  const { [SECRET_OF[webhook_authorization.method]]: _secret, ...shown } = webhook_authorization as Record<
    string,
    unknown
  >;
  return {
    ...stream,
    destination: { type: 'webhook', configuration: { webhook_endpoint, webhook_authorization: shown } },
  };
}
