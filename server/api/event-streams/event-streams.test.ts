/** The operations of `/event-streams` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

const path = '/event-streams';
const subscriptions = [{ event_type: 'user.created' }, { event_type: 'user.updated' }];
const webhook = (webhook_authorization: object = { method: 'bearer', token: 'token-in-the-clear' }) => ({
  type: 'webhook',
  configuration: { webhook_endpoint: 'https://hooks.example/in', webhook_authorization },
});
const bridge = {
  type: 'eventbridge',
  configuration: { aws_account_id: '242849305777', aws_region: 'us-east-1' },
};
const stream = (name: string, destination: object = webhook()) => ({ name, subscriptions, destination });
const isDelivery = /^del_\w{22}$/;

onEveryServer('Event streams', (server) => {
  test('a stream is made, read, changed and deleted', async () => {
    const made = await server.make('POST', path, stream('First'));
    const { id, created_at, updated_at, ...rest } = made;
    assert.match(id, /^est_\w{22}$/);
    assert.equal(created_at, updated_at);
    assert.deepEqual(rest, { ...stream('First', webhook({ method: 'bearer' })), status: 'enabled' });
    assert.deepEqual(await server.make('GET', `${path}/${id}`), made);
    server.advance(1000);
    const fewer = subscriptions.slice(1);
    const changed = await server.make('PATCH', `${path}/${id}`, { status: 'disabled', subscriptions: fewer });
    assert.deepEqual(changed, { ...made, status: 'disabled', subscriptions: fewer, updated_at: changed.updated_at });
    assert.notEqual(changed.updated_at, updated_at);
    await server.make('DELETE', `${path}/${id}`);
    await server.make('DELETE', `${path}/${id}`);
    for (const [method, rest, body] of [
      ['GET', ''],
      ['PATCH', '', { status: 'enabled' }],
      ['GET', '/deliveries'],
      ['GET', '/deliveries/evt_x'],
      ['POST', '/redeliver', {}],
      ['POST', '/redeliver/evt_x'],
      ['POST', '/test', { event_type: 'user.created' }],
    ] as const) {
      const answer = await server.api(method, `${path}/${id}${rest}`, body);
      assert.equal(answer.status, 404, `${method} ${rest}`);
      assert.equal(answer.body.errorCode, 'inexistent_event_stream');
    }
  });

  test('the secret of a webhook is kept sealed, never shown, and stays until another is given', async () => {
    const ways: [object, object][] = [
      [
        { method: 'basic', username: 'admin', password: 'basic-in-the-clear' },
        { method: 'basic', username: 'admin' },
      ],
      [
        { method: 'custom_header', header_key: 'x-key', header_value: 'header-in-the-clear' },
        { method: 'custom_header', header_key: 'x-key' },
      ],
    ];
    for (const [index, [given, shown]] of ways.entries()) {
      const made = await server.make('POST', path, stream(`Way ${index}`, webhook(given)));
      assert.deepEqual(made.destination, webhook(shown));
      const same = await server.make('PATCH', `${path}/${made.id}`, { destination: webhook(shown) });
      assert.deepEqual(same.destination, webhook(shown));
      const other = await server.api('PATCH', `${path}/${made.id}`, { destination: webhook({ method: 'bearer' }) });
      assert.match(other.body.message, /Missing required property: token/);
    }
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('a stream to EventBridge gets a partner event source and keeps its destination', async () => {
    const made = await server.make('POST', path, stream('Bridge', bridge));
    assert.match(made.destination.configuration.aws_partner_event_source, /^aws\.partner\/.+\/events$/);
    const refused = await server.api('PATCH', `${path}/${made.id}`, { destination: bridge });
    assert.match(refused.body.message, /cannot be changed/);
    const renamed = await server.make('PATCH', `${path}/${made.id}`, { name: 'Bridge two' });
    assert.deepEqual(renamed.destination, made.destination);
  });

  test('the action of a stream is for events, stays as long as the stream, and goes with the last one', async () => {
    const action = (name: string, id: string) =>
      server.make('POST', '/actions/actions', { name, supported_triggers: [{ id }] });
    const other = await action('Not for events', 'post-login');
    const { id } = await action('For events', 'event-stream');
    const to = (action_id: string) => ({ type: 'action', configuration: { action_id } });
    for (const [wrong, message] of [
      [other.id, /not for trigger event-stream/],
      ['unknown', /does not exist/],
    ] as const) {
      assert.match((await server.api('POST', path, stream('Wrong', to(wrong)))).body.message, message);
    }
    const one = await server.make('POST', path, stream('One', to(id)));
    const two = await server.make('POST', path, stream('Two', to(id)));
    assert.equal((await server.api('DELETE', `/actions/actions/${id}?force=true`)).body.errorCode, 'action_bound');
    await server.make('DELETE', `${path}/${one.id}`);
    await server.make('GET', `/actions/actions/${id}`);
    await server.make('DELETE', `${path}/${two.id}`);
    assert.equal((await server.api('GET', `/actions/actions/${id}`)).status, 404);
  });

  test('lists go on from a checkpoint', async () => {
    await server.make('POST', path, stream('Listed'));
    const all = (await server.make('GET', path)).eventStreams;
    const first = await server.make('GET', `${path}?take=1`);
    assert.deepEqual(first.eventStreams, [all[0]]);
    const rest = await server.make('GET', `${path}?take=100&from=${first.next}`);
    assert.deepEqual(rest, { eventStreams: all.slice(1) });
  });

  test('a test event is recorded as a delivery that failed, and so is each attempt after it', async () => {
    const { id } = await server.make('POST', path, stream('Tested'));
    const data = { object: { user_id: 'auth0|1-in-the-clear' } };
    const made = await server.make('POST', `${path}/${id}/test`, { event_type: 'user.created', data });
    assert.match(made.id, isDelivery);
    assert.equal(made.status, 'failed');
    assert.equal(made.event.source, server.issuer);
    assert.deepEqual(JSON.parse(made.event.data), data);
    assert.match(made.attempts[0].error_message, /does not deliver events yet/);
    const deliveries = `${path}/${id}/deliveries`;
    assert.deepEqual(await server.make('GET', deliveries), [made]);
    assert.deepEqual(await server.make('GET', `${deliveries}/${made.event.id}`), made);
    assert.equal((await server.api('POST', `${path}/${id}/redeliver/${made.event.id}`)).status, 202);
    const filters = { statuses: ['failed'], event_types: ['user.created'] };
    assert.deepEqual(await server.make('POST', `${path}/${id}/redeliver`, filters), filters);
    await server.make('POST', `${path}/${id}/redeliver`, { event_types: ['user.deleted'] });
    await server.make('POST', `${path}/${id}/redeliver`, { date_to: '2020-01-01T00:00:00Z' });
    assert.equal((await server.make('GET', `${deliveries}/${made.event.id}`)).attempts.length, 3);
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
    const unknown = await server.api('POST', `${path}/${id}/redeliver/evt_unknown`);
    assert.equal(unknown.body.errorCode, 'inexistent_event');
  });

  test('deliveries are filtered and go on from a checkpoint', async () => {
    const { id } = await server.make('POST', path, stream('Filtered'));
    for (const event_type of ['user.created', 'user.updated', 'user.created'])
      await server.make('POST', `${path}/${id}/test`, { event_type });
    const count = async (query: string) => (await server.make('GET', `${path}/${id}/deliveries?${query}`)).length;
    assert.equal(await count('event_types=user.created,user.deleted'), 2);
    assert.equal(await count('statuses=failed&take=2'), 2);
    assert.equal(await count('date_from=2020-01-01T00:00:00Z'), 3);
    assert.equal(await count('date_to=2020-01-01T00:00:00Z'), 0);
    const [first] = await server.make('GET', `${path}/${id}/deliveries?take=1`);
    assert.equal(await count(`from=${first.id}`), 2);
    for (const query of ['statuses=done', 'event_types=user', 'date_from=yesterday', 'take=0']) {
      const answer = await server.api('GET', `${path}/${id}/deliveries?${query}`);
      assert.equal(answer.body.errorCode, 'invalid_query_string', query);
    }
  });

  test('bad input is refused', async () => {
    const { id } = await server.make('POST', path, stream('Taken'));
    const free = await server.make('POST', path, stream('Free'));
    const attempts: [string, string, unknown, number, RegExp][] = [
      ['POST', '', { name: 'Nowhere', subscriptions }, 400, /Missing required property: destination/],
      ['POST', '', { ...stream('Empty'), subscriptions: [] }, 400, /minimum 1|too short/],
      [
        'POST',
        '',
        { ...stream('Other'), subscriptions: [{ event_type: 'user.met' }] },
        400,
        /No enum match for: user.met/,
      ],
      ['POST', '', { ...stream('More'), more: 1 }, 400, /not allowed: more/],
      ['POST', '', stream('Taken'), 409, /already exists/],
      ['POST', '', stream('Fax', { type: 'fax' }), 400, /No enum match for: fax/],
      ['POST', '', stream('Half', { type: 'webhook' }), 400, /Missing required property: configuration/],
      ['POST', '', stream('Open', webhook({ method: 'none' })), 400, /No enum match for: none/],
      ['POST', '', stream('No token', webhook({ method: 'bearer' })), 400, /Missing required property: token/],
      ['POST', '', stream('Mixed', webhook({ method: 'bearer', password: 'x' })), 400, /not allowed: password/],
      ['PATCH', `/${free.id}`, { name: 'Taken' }, 409, /already exists/],
      ['PATCH', `/${id}`, { destination: bridge }, 400, /type of a destination stays webhook/],
      ['PATCH', `/${id}`, { id: 'est_other' }, 400, /not allowed: id/],
      ['POST', `/${id}/test`, {}, 400, /Missing required property: event_type/],
      ['POST', `/${id}/redeliver`, { statuses: ['done'] }, 400, /No enum match for: done/],
      ['POST', `/${id}/redeliver`, { date_from: '2020-01-01T00:00:00.000Z' }, 400, /too long/],
    ];
    for (const [method, rest, body, status, message] of attempts) {
      const answer = await server.api(method, `${path}${rest}`, body);
      assert.equal(answer.status, status, `${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:event_streams');
    assert.equal((await server.api('POST', path, stream('Reader'), reader)).status, 403);
    assert.equal((await server.api('GET', `${path}/${id}/deliveries`, undefined, reader)).status, 200);
  });
});
