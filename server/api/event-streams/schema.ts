/** Event streams: which changes of users, organizations and groups are told to whom. */
import { type Static, Type } from 'typebox';
import { oneKind } from '../../schema/kinds.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { AWS_REGIONS } from '../log-streams/schema.ts';

export const NOT_YET = 'Kept and shown; no event is delivered yet.';

export const EVENT_TYPES = [
  'group.created', 'group.deleted', 'group.member.added', 'group.member.deleted', 'group.role.assigned',
  'group.role.deleted', 'group.updated', 'organization.connection.added', 'organization.connection.removed',
  'organization.connection.updated', 'organization.created', 'organization.deleted',
  'organization.group.role.assigned', 'organization.group.role.deleted', 'organization.member.added',
  'organization.member.deleted', 'organization.member.role.assigned', 'organization.member.role.deleted',
  'organization.updated', 'user.created', 'user.deleted', 'user.updated',
] as const; // biome-ignore format: a list reads better than a column

const secret = opt(Type.String({ minLength: 1, maxLength: 4096 }));
const username = Type.String({ maxLength: 128, pattern: PATTERNS.withoutColon });
const headerName = Type.String({ minLength: 1, maxLength: 255, pattern: PATTERNS.headerName });

/** The part of each way to authorize that is never shown. */
export const SECRET_OF = { basic: 'password', bearer: 'token', custom_header: 'header_value' } as const;

const authorization = oneKind('method', {
  basic: strict({ method: choice(['basic']), username, password: secret }),
  bearer: strict({ method: choice(['bearer']), token: secret }),
  custom_header: strict({ method: choice(['custom_header']), header_key: headerName, header_value: secret }),
});
const shownAuthorization = oneKind('method', {
  basic: strict({ method: choice(['basic']), username }),
  bearer: strict({ method: choice(['bearer']) }),
  custom_header: strict({ method: choice(['custom_header']), header_key: headerName }),
});

const webhook_endpoint = Type.String({ maxLength: 4096, pattern: PATTERNS.httpsPrefix });
const awsAccount = { aws_account_id: Type.String({ pattern: PATTERNS.awsAccount }), aws_region: choice(AWS_REGIONS) };
const action = strict({
  type: choice(['action']),
  configuration: strict({ action_id: Type.String({ minLength: 1, maxLength: 64, pattern: PATTERNS.id }) }),
});
/** The partner event source is made by the server; a body that was read elsewhere may hold another. */
const eventbridge = strict({
  type: choice(['eventbridge']),
  configuration: strict({ ...awsAccount, aws_partner_event_source: opt(Type.String({ maxLength: 255 })) }),
});
const webhook = <S extends typeof authorization | typeof shownAuthorization>(webhook_authorization: S) =>
  strict({ type: choice(['webhook']), configuration: strict({ webhook_endpoint, webhook_authorization }) });

const destination = oneKind('type', { webhook: webhook(authorization), eventbridge, action });
const shownDestination = oneKind('type', { webhook: webhook(shownAuthorization), eventbridge, action });

export const eventStreamResource = resource({
  name: 'EventStream',
  plural: 'eventStreams',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the stream' }),
    status: field(choice(['enabled', 'disabled']), {
      always: true,
      default: 'enabled',
      inert: NOT_YET,
      description: 'Whether events are delivered',
    }),
    name: field(Type.String({ minLength: 1, maxLength: 128 }), {
      description: 'Name, unlike that of any other stream',
    }),
    subscriptions: field(Type.Array(strict({ event_type: choice(EVENT_TYPES) }), { minItems: 1, maxItems: 100 }), {
      inert: NOT_YET,
      description: 'Types of events that are delivered',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
    destination: field(destination, {
      required: true,
      always: true,
      secret: true,
      shown: shownDestination,
      inert: NOT_YET,
      description: 'Where events go: a webhook, Amazon EventBridge, or an action',
    }),
  },
});

export type EventStream = DocumentOf<typeof eventStreamResource>;
export type Destination = Static<typeof destination>;

export const deliveryStatus = choice(['failed']);

export const delivery = strict({
  id: Type.String(),
  event_stream_id: Type.String(),
  status: deliveryStatus,
  event_type: choice(EVENT_TYPES),
  attempts: Type.Array(strict({ status: deliveryStatus, timestamp: Type.String(), error_message: opt(Type.String()) })),
  event: strict({
    id: Type.String(),
    source: Type.String(),
    specversion: Type.String(),
    type: Type.String(),
    time: Type.String(),
    data: Type.String(),
  }),
});

export type Delivery = Static<typeof delivery>;
