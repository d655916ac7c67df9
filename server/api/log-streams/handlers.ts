/** What the operations of `/log-streams` do. Delivery is not theirs. */
import { randomInt, randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { inOrderOf, withChanges, withDefaults } from '../../schema/resource.ts';
import { validator } from '../../schema/validate.ts';
import { invalidBody } from '../invalid.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { createLogStream, deleteLogStream, getLogStream, listLogStreams, updateLogStream } from './operations.ts';
import { type LogStream, logStreamResource, SINK_KINDS, SINKS, type SinkKind } from './schema.ts';
import { logStreamStore } from './store.ts';

/** The property of a sink that names what the cloud's side has to accept. It is given when the stream is made. */
const PARTNER: Partial<Record<SinkKind, { property: string; prefix: string }>> = {
  eventbridge: { property: 'awsPartnerEventSource', prefix: 'aws.partner' },
  eventgrid: { property: 'azurePartnerTopic', prefix: 'azure.partner' },
};

/**
 * Credentials that an update may leave out, as tools that deploy do, which export them masked: they stay as they are,
 * as long as they would be sent to the same place.
 */
const KEPT: Record<string, readonly string[]> = {
  datadogApiKey: [],
  httpAuthorization: ['httpEndpoint'],
  mixpanelServiceAccountPassword: [],
  segmentWriteKey: [],
  splunkToken: ['splunkDomain', 'splunkPort', 'splunkSecure'],
};

const sinkChecks = Object.fromEntries(
  SINK_KINDS.map((kind) => [kind, validator(Type.Object({ sink: SINKS[kind] }), 'body')]),
);

export const logStreamRoutes: Route[] = [
  handle(listLogStreams, async ({ services, sql, context }) =>
    (await logStreamStore(services.vault).list(sql, context.tenant)).map(shown),
  ),

  handle(createLogStream, async ({ services, sql, context, body }) => {
    const stream = withDefaults(logStreamResource, body) as LogStream;
    // As `lst_0000000000002466`: digits only.
    stream.id = `lst_${Array.from({ length: 16 }, () => randomInt(10)).join('')}`;
    stream.status = 'active';
    const partner = PARTNER[stream.type];
    if (partner)
      stream.sink = {
        ...stream.sink,
        [partner.property]: `${partner.prefix}/${context.tenant}-${randomUUID()}/logs`,
      };
    completePii(stream);
    await logStreamStore(services.vault).insert(sql, context.tenant, stream, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shown(stream);
  }),

  handle(getLogStream, async (call) => shown(await requireStream(call))),

  handle(updateLogStream, async (call) => {
    const { services, sql, context } = call;
    const current = await requireStream(call);
    const changes = call.body as Partial<LogStream>;
    const stream = withChanges(logStreamResource, current, changes) as LogStream;
    if (changes.sink) {
      stream.sink = inOrderOf(current.sink, { ...keptCredentials(current.sink, changes.sink), ...changes.sink });
      checkSink(stream);
      // Recorded: whoever sends a sink without `pii_config` means none.
      if (!changes.pii_config) delete stream.pii_config;
    }
    completePii(stream);
    await logStreamStore(services.vault).replace(sql, context.tenant, stream, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shown(stream);
  }),

  handle(deleteLogStream, async (call) => {
    const { services, sql, context } = call;
    const { id } = await requireStream(call);
    await logStreamStore(services.vault).remove(sql, context.tenant, id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

type About = Where & { readonly params: unknown };

async function requireStream({ services, sql, context, params }: About): Promise<LogStream> {
  const stream = await logStreamStore(services.vault).get(sql, context.tenant, (params as { id: string }).id);
  if (!stream) throw new ApiError(404, 'The log stream does not exist', 'inexistent_log_stream');
  return stream;
}

function keptCredentials(current: LogStream['sink'], given: LogStream['sink']): LogStream['sink'] {
  const stays = (name: string) => KEPT[name]?.every((place) => current[place] === given[place]) ?? false;
  return Object.fromEntries(Object.entries(current).filter(([name]) => stays(name)));
}

function checkSink({ type, sink }: LogStream): void {
  if (PARTNER[type]) throw invalidBody(`The sink of a stream of type ${type} cannot be changed`, 'sink');
  const problem = sinkChecks[type]!({ sink });
  if (problem) throw new ApiError(400, problem.message, problem.errorCode);
}

function completePii(stream: LogStream): void {
  if (stream.pii_config) stream.pii_config = { method: 'hash', algorithm: 'xxhash', ...stream.pii_config };
}

function shown({ startFrom: _kept, ...stream }: LogStream): unknown {
  return stream;
}
