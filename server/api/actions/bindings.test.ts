/** The operations of `/actions/triggers/{triggerId}/bindings` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

const bindings = '/actions/triggers/post-login/bindings';
const action = (name: string, id = 'post-login', deploy = true) => ({
  name,
  supported_triggers: [{ id }],
  code: 'exports.onExecutePostLogin = async () => {};',
  deploy,
});
const to = (type: string, value: string, more: object = {}) => ({ ref: { type, value }, ...more });
type Binding = { id: string; display_name: string; action: { id: string } };

onEveryServer('Bindings of actions', (server) => {
  test('actions are bound in an order, by id and by name, and bound anew', async () => {
    const one = await server.make('POST', '/actions/actions', action('One'));
    const two = await server.make('POST', '/actions/actions', action('Two'));
    assert.deepEqual(await server.make('GET', `${bindings}?per_page=50`), {
      bindings: [],
      total: 0,
      page: 0,
      per_page: 50,
    });
    const first = await server.make('PATCH', bindings, {
      bindings: [to('action_name', 'Two'), to('action_id', one.id, { display_name: 'The first' })],
    });
    const names = (list: Binding[]) => list.map(({ display_name }) => display_name);
    assert.deepEqual(names(first.bindings), ['Two', 'The first']);
    assert.equal(first.bindings[0].trigger_id, 'post-login');
    assert.equal(first.bindings[0].action.id, two.id);
    assert.equal(first.bindings[0].action.deployed_version.number, 1);
    const listed = await server.make('GET', bindings);
    assert.deepEqual(listed.bindings, first.bindings);
    assert.equal(listed.total, 2);
    const [second, other] = first.bindings as [Binding, Binding];
    const turned = await server.make('PATCH', bindings, {
      bindings: [to('binding_id', other.id, { display_name: 'Still first' }), to('binding_id', second.id)],
    });
    assert.deepEqual(names(turned.bindings), ['Still first', 'Two']);
    assert.deepEqual(
      turned.bindings.map(({ id }: Binding) => id),
      [other.id, second.id],
    );
    assert.deepEqual(await server.make('PATCH', bindings, { bindings: [] }), { bindings: [] });
  });

  test('a bound action is deleted by force only', async () => {
    const { id } = await server.make('POST', '/actions/actions', action('Bound'));
    await server.make('PATCH', bindings, { bindings: [to('action_id', id)] });
    assert.equal((await server.api('DELETE', `/actions/actions/${id}`)).body.errorCode, 'action_bound');
    assert.equal((await server.api('DELETE', `/actions/actions/${id}?force=false`)).status, 400);
    await server.make('DELETE', `/actions/actions/${id}?force=true`);
    assert.equal((await server.make('GET', bindings)).total, 0);
  });

  test('secrets of bindings are sealed', async () => {
    const { id } = await server.make('POST', '/actions/actions', action('Secretive'));
    const secrets = [{ name: 'key', value: 'key-in-the-clear' }];
    const bound = await server.make('PATCH', bindings, { bindings: [to('action_id', id, { secrets })] });
    assert.equal('secrets' in bound.bindings[0], false);
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('bad input is refused, and the bindings stay', async () => {
    const { id } = await server.make('POST', '/actions/actions', action('Stays'));
    const before = await server.make('PATCH', bindings, { bindings: [to('action_id', id)] });
    const draft = await server.make('POST', '/actions/actions', action('Not deployed', 'post-login', false));
    const foreign = await server.make('POST', '/actions/actions', action('Elsewhere', 'credentials-exchange'));
    const same = before.bindings[0].id;
    const attempts: [unknown, number, RegExp][] = [
      [{}, 400, /Missing required property: bindings/],
      [{ bindings: 'all' }, 400, /Expected type array/],
      [{ bindings: [{}] }, 400, /Missing required property: ref/],
      [{ bindings: [to('action', id)] }, 400, /No enum match for: action/],
      [{ bindings: [to('action_id', id, { order: 1 })] }, 400, /not allowed: order/],
      [{ bindings: [to('action_id', 'unknown')] }, 404, /That action does not exist/],
      [{ bindings: [to('binding_id', 'unknown')] }, 404, /That binding does not exist/],
      [{ bindings: [to('action_id', draft.id)] }, 400, /has not been deployed/],
      [{ bindings: [to('action_id', foreign.id)] }, 400, /is not for trigger post-login/],
      [{ bindings: [to('binding_id', same), to('binding_id', same)] }, 400, /named once/],
    ];
    for (const [body, status, message] of attempts) {
      const answer = await server.api('PATCH', bindings, body);
      assert.equal(answer.status, status, JSON.stringify(body));
      assert.match(answer.body.message, message);
    }
    assert.deepEqual((await server.make('GET', bindings)).bindings, before.bindings);
    const named = await server.api('PATCH', '/actions/triggers/event-stream/bindings', {
      bindings: [to('action_id', id)],
    });
    assert.match(named.body.message, /named by what uses them/);
    assert.equal((await server.api('GET', '/actions/triggers/unknown/bindings')).body.errorCode, 'invalid_uri');
    const reader = await server.tokenWith('read:actions');
    assert.equal((await server.api('PATCH', bindings, { bindings: [] }, reader)).status, 403);
  });
});
