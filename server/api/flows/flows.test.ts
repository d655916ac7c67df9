/** The operations of `/flows` over HTTP, those of the vault apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';
import { flowExecutionStore } from './store.ts';

const stop = { id: 'stop', type: 'FLOW', action: 'DO_NOTHING' };
const request = (id: string, params: object = {}) => ({
  id,
  type: 'HTTP',
  action: 'SEND_REQUEST',
  params: { url: 'https://api.example/', method: 'POST', ...params },
});
const condition = (id: string, yes: object[], no?: object[]) => ({
  id,
  type: 'FLOW',
  action: 'BOOLEAN_CONDITION',
  // biome-ignore lint/suspicious/noThenProperty: the name of the parameter
  params: { if: { operator: 'AND', operands: [] }, then: yes, ...(no && { else: no }) },
});

onEveryServer('Flows', (server) => {
  test('a flow is made, read, changed and deleted', async () => {
    const made = await server.make('POST', '/flows', { name: 'First' });
    assert.match(made.id, /^af_\w{22}$/);
    assert.deepEqual(Object.keys(made).toSorted(), ['created_at', 'id', 'name', 'updated_at']);
    const path = `/flows/${made.id}`;
    assert.deepEqual(await server.make('GET', path), made);
    server.advance(1000);
    const actions = [request('ask'), stop];
    const changed = await server.make('PATCH', path, { actions });
    assert.deepEqual(changed, { ...made, actions, updated_at: changed.updated_at });
    assert.notEqual(changed.updated_at, made.updated_at);
    assert.equal('actions' in (await server.make('PATCH', path, { name: 'Renamed', actions: null })), false);
    await server.make('DELETE', path);
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, { statusCode: 404, error: 'Not Found', message: 'Flow not found' });
    }
  });

  test('conditions hold actions, at any depth', async () => {
    const inner = condition('inner', [request('deep')]);
    const actions = [condition('outer', [stop], [inner])];
    const made = await server.make('POST', '/flows', { name: 'Branching', actions });
    assert.deepEqual((await server.make('GET', `/flows/${made.id}`)).actions, actions);
  });

  test('the forms that use a flow are counted and named on demand', async () => {
    const { id } = await server.make('POST', '/flows', { name: 'Used' });
    const form = await server.make('POST', '/forms', { name: 'User', ending: { after_submit: { flow_id: id } } });
    const flow = await server.make('GET', `/flows/${id}?hydrate=form_count&hydrate=forms`);
    assert.equal(flow.form_count, 1);
    assert.deepEqual(flow.forms, [{ id: form.id, name: 'User' }]);
    const listed = (await server.make('GET', '/flows?hydrate=form_count')).find((one: { id: string }) => one.id === id);
    assert.equal(listed.form_count, 1);
    assert.equal('forms' in listed, false);
  });

  test('lists are paged and leave the actions out', async () => {
    await server.make('POST', '/flows', { name: 'Listed', actions: [stop] });
    const all = await server.make('GET', '/flows?include_totals=true&per_page=100');
    assert.equal(all.total, all.flows.length);
    assert.ok(all.flows.every((flow: object) => !('actions' in flow)));
    assert.deepEqual(await server.make('GET', '/flows?page=1&per_page=1&synchronous=true'), [all.flows[1]]);
  });

  test('actions are sealed in the database and masked in log events', async () => {
    const basic = { username: 'robot', password: 'password-in-the-clear' };
    await server.make('POST', '/flows', { name: 'Secretive', actions: [request('ask', { basic })] });
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('executions are listed, read, deleted, and go with their flow', async () => {
    const { id } = await server.make('POST', '/flows', { name: 'Run' });
    const other = await server.make('POST', '/flows', { name: 'Other' });
    const path = `/flows/${id}/executions`;
    assert.deepEqual(await server.make('GET', path), []);
    const { vault, database } = server.services;
    const at = '2026-01-01T00:00:00.000Z';
    await database.write(async (sql) => {
      for (const number of [1, 2, 3]) {
        const execution = { id: `ex_${number}`, flow_id: id, trace_id: `t${number}`, status: 'completed' };
        const stored = { ...execution, debug: { step: number }, created_at: at, updated_at: at };
        await flowExecutionStore(vault).insert(sql, server.tenant, stored, 0);
      }
    });
    const all = await server.make('GET', `${path}?include_totals=true`);
    assert.equal(all.total, 3);
    assert.deepEqual(all.executions[0], {
      id: 'ex_1',
      trace_id: 't1',
      status: 'completed',
      created_at: at,
      updated_at: at,
    });
    assert.deepEqual(await server.make('GET', `${path}?take=1`), { executions: [all.executions[0]], next: 'ex_1' });
    assert.deepEqual(await server.make('GET', `${path}?take=5&from=ex_1`), { executions: all.executions.slice(1) });
    assert.deepEqual(await server.make('GET', `${path}?page=1&per_page=2`), [all.executions[2]]);
    assert.deepEqual(await server.make('GET', `${path}/ex_1`), all.executions[0]);
    assert.deepEqual((await server.make('GET', `${path}/ex_1?hydrate=debug`)).debug, { step: 1 });
    assert.equal((await server.api('GET', `/flows/${other.id}/executions/ex_1`)).status, 404);
    await server.make('DELETE', `/flows/${other.id}/executions/ex_1`);
    await server.make('DELETE', `${path}/ex_2`);
    assert.equal((await server.api('GET', `${path}/ex_2`)).status, 404);
    await server.make('DELETE', `/flows/${id}`);
    assert.equal((await server.api('GET', path)).status, 404);
    assert.equal((await server.api('GET', `${path}/ex_1`)).status, 404);
    assert.equal((await server.api('DELETE', `${path}/ex_1`)).status, 404);
  });

  test('bad input is refused', async () => {
    const attempts: [object, RegExp][] = [
      [{ actions: [] }, /Missing required property: name/],
      [{ name: '' }, /too short/],
      [{ name: 'x', more: 1 }, /not allowed: more/],
      [{ name: 'x', actions: {} }, /Expected type array/],
      [{ name: 'x', actions: [{ ...stop, type: 'FAX' }] }, /No enum match for: FAX/],
      [{ name: 'x', actions: [{ ...stop, action: 'JUMP' }] }, /No enum match for: JUMP/],
      [{ name: 'x', actions: [{ type: 'FLOW', action: 'DO_NOTHING' }] }, /Missing required property: id/],
      [{ name: 'x', actions: [{ ...stop, params: { more: 1 } }] }, /not allowed: more/],
      [{ name: 'x', actions: [{ ...request('ask'), params: {} }] }, /Missing required property: url/],
      [{ name: 'x', actions: [request('ask', { connection_id: 'ac_unknown' })] }, /ac_unknown does not exist/],
      [{ name: 'x', actions: [stop, stop] }, /id of an action is its own/],
      [{ name: 'x', actions: [condition('if', [{ ...stop, action: 'JUMP' }])] }, /for: JUMP/],
      [{ name: 'x', actions: [condition('if', [stop], [stop])] }, /its own/],
    ];
    for (const [body, message] of attempts) {
      const answer = await server.api('POST', '/flows', body);
      assert.equal(answer.status, 400, `${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    let deep: object = stop;
    for (let depth = 0; depth < 25; depth += 1) deep = condition(`c${depth}`, [deep]);
    assert.match((await server.api('POST', '/flows', { name: 'Deep', actions: [deep] })).body.message, /too deeply/);
    assert.equal((await server.api('GET', '/flows?hydrate=all')).body.errorCode, 'invalid_query_string');
    const reader = await server.tokenWith('read:flows');
    assert.equal((await server.api('POST', '/flows', { name: 'Reader' }, reader)).status, 403);
  });
});
