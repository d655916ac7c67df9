/** The operations of `/log-streams` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

const http = { httpEndpoint: 'https://logs.example/in', httpAuthorization: 'key-in-the-clear' };

/** A sink of each kind. */
const SINKS: Record<string, object> = {
  http,
  eventbridge: { awsAccountId: '999999999999', awsRegion: 'us-west-2' },
  eventgrid: {
    azureSubscriptionId: 'b69a6835-57c7-4d53-b0d5-1c6ae580b6d5',
    azureRegion: 'northeurope',
    azureResourceGroup: 'logs',
  },
  datadog: { datadogApiKey: 'key', datadogRegion: 'eu' },
  splunk: { splunkDomain: 'splunk.example', splunkPort: '8088', splunkToken: 'token', splunkSecure: true },
  sumo: { sumoSourceAddress: 'sumo.example' },
  segment: { segmentWriteKey: 'key' },
  mixpanel: {
    mixpanelRegion: 'eu',
    mixpanelProjectId: '123',
    mixpanelServiceAccountUsername: 'robot',
    mixpanelServiceAccountPassword: 'password',
  },
};

onEveryServer('Log streams', (server) => {
  test('a stream of each kind is made with the sink of its kind', async () => {
    for (const [type, sink] of Object.entries(SINKS)) {
      const made = await server.make('POST', '/log-streams', { name: `To ${type}`, type, sink });
      assert.match(made.id, /^lst_\d{16}$/);
      assert.equal(made.status, 'active');
      assert.equal(made.isPriority, false);
      assert.deepEqual({ ...made.sink, ...sink }, made.sink);
      assert.deepEqual(await server.make('GET', `/log-streams/${made.id}`), made);
      const { sink: wrong } = { sink: type === 'sumo' ? SINKS.http : SINKS.sumo };
      const mixed = await server.api('POST', '/log-streams', { name: 'Mixed', type, sink: wrong });
      assert.equal(mixed.status, 400, type);
    }
    const all = await server.make('GET', '/log-streams');
    assert.deepEqual(all.map(({ type }: { type: string }) => type).toSorted(), Object.keys(SINKS).toSorted());
  });

  test('a stream is changed, paused and deleted', async () => {
    const made = await server.make('POST', '/log-streams', { name: 'Mine', type: 'http', sink: http });
    const path = `/log-streams/${made.id}`;
    const filters = [{ type: 'category', name: 'auth.login.fail' }];
    const changed = await server.make('PATCH', path, { name: 'Ours', filters, status: 'paused', isPriority: true });
    assert.deepEqual(changed, { ...made, name: 'Ours', filters, status: 'paused', isPriority: true });
    const sink = { httpEndpoint: 'https://logs.example/other' };
    assert.deepEqual((await server.make('PATCH', path, { sink })).sink, sink);
    await server.make('DELETE', path);
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, 404);
      assert.equal(answer.body.errorCode, 'inexistent_log_stream');
    }
  });

  test('what becomes of personal data is hashed by default, and goes with a sink that leaves it out', async () => {
    const pii_config = { log_fields: ['email'] };
    const made = await server.make('POST', '/log-streams', { type: 'sumo', sink: SINKS.sumo, pii_config });
    assert.deepEqual(made.pii_config, { log_fields: ['email'], method: 'hash', algorithm: 'xxhash' });
    const path = `/log-streams/${made.id}`;
    assert.deepEqual((await server.make('PATCH', path, { status: 'paused' })).pii_config, made.pii_config);
    assert.equal('pii_config' in (await server.make('PATCH', path, { sink: SINKS.sumo })), false);
  });

  test('the password of a sink stays when an update leaves it out', async () => {
    const made = await server.make('POST', '/log-streams', { type: 'mixpanel', sink: SINKS.mixpanel });
    const { mixpanelServiceAccountPassword: _left, ...sink } = made.sink;
    assert.deepEqual((await server.make('PATCH', `/log-streams/${made.id}`, { sink })).sink, made.sink);
  });

  test('the credentials of a sink stay as long as it is the same place', async () => {
    const made = await server.make('POST', '/log-streams', { type: 'http', sink: http });
    const path = `/log-streams/${made.id}`;
    const { httpAuthorization: _left, ...sink } = made.sink;
    assert.deepEqual((await server.make('PATCH', path, { sink })).sink, made.sink);
    const elsewhere = { ...sink, httpEndpoint: 'https://other.example/' };
    assert.deepEqual((await server.make('PATCH', path, { sink: elsewhere })).sink, elsewhere);
  });

  test('sinks are sealed in the database and masked in log events', async () => {
    const startFrom = '2021-03-01T19:57:29.532Z';
    const made = await server.make('POST', '/log-streams', { type: 'http', sink: http, startFrom });
    assert.equal('startFrom' in made, false);
    const texts = await textsAtRest(server);
    assert.ok(texts.some((text) => text.includes(made.id) && text.includes(startFrom)));
    assert.ok(texts.every((text) => !text.includes('key-in-the-clear')));
  });

  test('bad input is refused', async () => {
    const bridge = await server.make('POST', '/log-streams', { type: 'eventbridge', sink: SINKS.eventbridge });
    const plain = await server.make('POST', '/log-streams', { type: 'http', sink: http });
    const attempts: [string, string, object, RegExp][] = [
      ['POST', '', { type: 'http' }, /Missing required property: sink/],
      ['POST', '', { sink: http }, /Missing required property: type/],
      ['POST', '', { type: 'fax', sink: {} }, /No enum match for: fax/],
      ['POST', '', { type: 'http', sink: {} }, /Missing required property: httpEndpoint' on property sink/],
      ['POST', '', { type: 'http', sink: { httpEndpoint: 'http://plain.example' } }, /does not match pattern/],
      ['POST', '', { type: 'http', sink: { ...http, more: 1 } }, /not allowed: more' on property sink/],
      ['POST', '', { type: 'http', sink: http, status: 'paused' }, /not allowed: status/],
      ['POST', '', { type: 'http', sink: http, filters: [{ type: 'category', name: 'x' }] }, /No enum match for: x/],
      ['POST', '', { type: 'http', sink: http, pii_config: {} }, /Missing required property: log_fields/],
      ['PATCH', `/${bridge.id}`, { sink: SINKS.eventbridge! }, /cannot be changed/],
      ['PATCH', `/${plain.id}`, { sink: SINKS.sumo! }, /Missing required property: httpEndpoint/],
      ['PATCH', `/${plain.id}`, { type: 'sumo' }, /not allowed: type/],
      ['PATCH', `/${plain.id}`, { status: 'gone' }, /No enum match for: gone/],
    ];
    for (const [method, path, body, message] of attempts) {
      const answer = await server.api(method, `/log-streams${path}`, body);
      assert.equal(answer.status, 400, `${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:log_streams');
    const denied = await server.api('POST', '/log-streams', { type: 'http', sink: http }, reader);
    assert.equal(denied.status, 403);
  });
});
