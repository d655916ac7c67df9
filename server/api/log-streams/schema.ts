/** Log streams: where log events are sent, and which. What a sink needs depends on its kind. */
import { type TObject, Type } from 'typebox';
import { byKind } from '../../schema/kinds.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, open, opt, strict } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; no event is delivered yet.';
const text = Type.String({ maxLength: 4096 });
const needed = Type.String({ minLength: 1, maxLength: 4096 });

/** Made by the server; a body that was read elsewhere may hold another. */
const partner = Type.String({ maxLength: 255 });

/** Regions of Amazon EventBridge. */
export const AWS_REGIONS = [
  'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1',
  'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5',
  'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1',
  'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1',
  'mx-central-1', 'sa-east-1', 'us-gov-east-1', 'us-gov-west-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
] as const; // biome-ignore format: a list reads better than a column

const AZURE_REGIONS = [
  'australiacentral', 'australiaeast', 'australiasoutheast', 'brazilsouth', 'canadacentral', 'canadaeast',
  'centralindia', 'centralus', 'eastasia', 'eastus', 'eastus2', 'francecentral', 'germanywestcentral', 'japaneast',
  'japanwest', 'koreacentral', 'koreasouth', 'northcentralus', 'northeurope', 'norwayeast', 'southafricanorth',
  'southcentralus', 'southeastasia', 'southindia', 'swedencentral', 'switzerlandnorth', 'uaenorth', 'uksouth',
  'ukwest', 'westcentralus', 'westeurope', 'westindia', 'westus', 'westus2',
] as const; // biome-ignore format: a list reads better than a column

const CATEGORIES = [
  'auth.login.fail', 'auth.login.notification', 'auth.login.success', 'auth.logout.fail', 'auth.logout.success',
  'auth.signup.fail', 'auth.signup.success', 'auth.silent_auth.fail', 'auth.silent_auth.success',
  'auth.token_exchange.fail', 'auth.token_exchange.success', 'management.fail', 'management.success', 'scim.event',
  'system.notification', 'user.fail', 'user.notification', 'user.success', 'actions', 'other',
] as const; // biome-ignore format: a list reads better than a column

/** What each kind of sink needs. */
export const SINKS = {
  http: strict({
    httpEndpoint: Type.String({ maxLength: 4096, pattern: PATTERNS.httpsPrefix }),
    httpAuthorization: opt(text),
    httpContentType: opt(text),
    httpContentFormat: opt(choice(['JSONARRAY', 'JSONLINES', 'JSONOBJECT'])),
    httpCustomHeaders: opt(Type.Array(open({ header: opt(text), value: opt(text) }), { maxItems: 100 })),
  }),
  eventbridge: strict({
    awsAccountId: Type.String({ pattern: PATTERNS.awsAccount }),
    awsRegion: choice(AWS_REGIONS),
    awsPartnerEventSource: opt(partner),
  }),
  eventgrid: strict({
    azureSubscriptionId: Type.String({
      pattern: PATTERNS.uuid,
    }),
    azureRegion: choice(AZURE_REGIONS),
    azureResourceGroup: needed,
    azurePartnerTopic: opt(partner),
  }),
  datadog: strict({ datadogApiKey: needed, datadogRegion: choice(['us', 'eu', 'us3', 'us5']) }),
  splunk: strict({
    splunkDomain: needed,
    splunkPort: Type.String({ pattern: PATTERNS.digitsOrEmpty, maxLength: 5 }),
    splunkToken: needed,
    splunkSecure: Type.Boolean(),
  }),
  sumo: strict({ sumoSourceAddress: needed }),
  segment: strict({ segmentWriteKey: needed }),
  mixpanel: strict({
    mixpanelRegion: choice(['us', 'eu']),
    mixpanelProjectId: Type.String({ pattern: PATTERNS.digits, maxLength: 64 }),
    mixpanelServiceAccountUsername: Type.String({ pattern: PATTERNS.withoutColon, maxLength: 255 }),
    mixpanelServiceAccountPassword: Type.String({ pattern: PATTERNS.withoutColon, maxLength: 255 }),
  }),
} as const;

export type SinkKind = keyof typeof SINKS;
export const SINK_KINDS = Object.keys(SINKS) as SinkKind[];

export const logStreamResource = resource({
  name: 'LogStream',
  plural: 'log_streams',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the stream' }),
    name: field(Type.String({ minLength: 1, maxLength: 255 }), { description: 'Name shown to administrators' }),
    type: field(choice(SINK_KINDS), {
      required: true,
      createOnly: true,
      always: true,
      description: 'Kind of sink',
    }),
    status: field(choice(['active', 'paused', 'suspended']), {
      updateOnly: true,
      always: true,
      inert: NOT_YET,
      description: 'Whether events are sent',
    }),
    sink: field(Type.Unsafe<Record<string, unknown>>({ type: 'object' }), {
      required: true,
      always: true,
      // Whoever may read log streams sees the credentials, as recorded; log events and the database do not.
      secret: true,
      inert: NOT_YET,
      description: 'Address and credentials of the sink; which ones depends on the kind',
    }),
    isPriority: field(Type.Boolean(), { default: false, inert: NOT_YET, description: 'Whether it is served first' }),
    filters: field(
      Type.Array(open({ type: opt(choice(['category'])), name: opt(choice(CATEGORIES)) }), { maxItems: 100 }),
      { inert: NOT_YET, description: 'Categories of events that are sent; all when there is none' },
    ),
    pii_config: field(
      strict({
        log_fields: Type.Array(choice(['first_name', 'last_name', 'username', 'email', 'phone', 'address']), {
          minItems: 1,
        }),
        method: opt(choice(['mask', 'hash'])),
        algorithm: opt(choice(['xxhash'])),
      }),
      { inert: NOT_YET, description: 'Personal data that is made unreadable before it is sent' },
    ),
    startFrom: field(Type.String({ format: 'date-time' }), {
      createOnly: true,
      writeOnly: true,
      inert: NOT_YET,
      description: 'Instant from which on events are sent',
    }),
  },
});

/** The body that makes a stream: the sink is that of its kind. */
export const newLogStream = byKind(
  logStreamResource.create,
  'type',
  Object.fromEntries(SINK_KINDS.map((kind): [string, TObject] => [kind, Type.Object({ sink: SINKS[kind] })])),
);

export type LogStream = DocumentOf<typeof logStreamResource>;
