/** The operations of `/rules` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const script = 'function (user, context, callback) { callback(null, user, context); }';

onEveryServer('Rules', (server) => {
  test('a rule is made, read, changed and deleted', async () => {
    const made = await server.make('POST', '/rules', { name: 'Add roles', script });
    const { id, order, ...rest } = made;
    assert.match(id, /^rul_\w{16}$/);
    assert.deepEqual(rest, { name: 'Add roles', script, enabled: true, stage: 'login_success' });
    assert.deepEqual(await server.make('GET', `/rules/${id}`), made);
    const changed = await server.make('PATCH', `/rules/${id}`, { enabled: false });
    assert.deepEqual(changed, { ...made, enabled: false });
    await server.make('DELETE', `/rules/${id}`);
    await server.make('DELETE', `/rules/${id}`);
    for (const [method, body] of [['GET'], ['PATCH', { order }]] as const) {
      const answer = await server.api(method, `/rules/${id}`, body);
      assert.equal(answer.status, 404);
      assert.equal(answer.body.errorCode, 'inexistent_rule');
    }
  });

  test('a new rule goes last', async () => {
    const first = await server.make('POST', '/rules', { name: 'Early', script, order: 40 });
    const second = await server.make('POST', '/rules', { name: 'Late', script });
    assert.equal(first.order, 40);
    assert.equal(second.order, 41);
  });

  test('names and orders are taken once', async () => {
    const taken = await server.make('POST', '/rules', { name: 'Taken', script, order: 7 });
    const free = await server.make('POST', '/rules', { name: 'Free', script, order: 8 });
    const attempts: [string, string, object][] = [
      ['POST', '/rules', { name: 'Taken', script }],
      ['POST', '/rules', { name: 'Another', script, order: 7 }],
      ['PATCH', `/rules/${free.id}`, { name: 'Taken' }],
      ['PATCH', `/rules/${free.id}`, { order: 7 }],
    ];
    for (const [method, path, body] of attempts) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, 409, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'rule_conflict');
    }
    await server.make('PATCH', `/rules/${taken.id}`, { name: 'Taken', order: 7 });
  });

  test('lists are filtered, paged and cut to fields', async () => {
    await server.make('POST', '/rules', { name: 'Off', script, enabled: false });
    const off = await server.make('GET', '/rules?enabled=false&include_totals=true&per_page=100');
    assert.ok(off.total >= 1);
    assert.ok(off.rules.every((rule: { enabled: boolean }) => !rule.enabled));
    const [one, ...more] = await server.make('GET', '/rules?per_page=1&fields=name,id');
    assert.deepEqual(Object.keys(one).toSorted(), ['id', 'name']);
    assert.deepEqual(more, []);
    const whole = await server.make('GET', `/rules/${one.id}?fields=script&include_fields=false`);
    assert.equal('script' in whole, false);
  });

  test('bad input is refused', async () => {
    const { id } = await server.make('POST', '/rules', { name: 'Good', script });
    const bodies: [string, string, object, RegExp][] = [
      ['POST', '/rules', { name: 'No script' }, /Missing required property: script/],
      ['POST', '/rules', { name: 'No script', script: '' }, /too short/],
      ['POST', '/rules', { name: ' Space first', script }, /does not match pattern/],
      ['POST', '/rules', { name: 'Staged', script, stage: 'login_failure' }, /No enum match for: login_failure/],
      ['POST', '/rules', { name: 'Typed', script, enabled: 'yes' }, /Expected type boolean but found type string/],
      ['POST', '/rules', { name: 'Negative', script, order: -1 }, /less than minimum 0/],
      ['PATCH', `/rules/${id}`, {}, /Too few properties/],
      ['PATCH', `/rules/${id}`, { id: 'rul_other' }, /not allowed: id/],
    ];
    for (const [method, path, body, message] of bodies) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:rules');
    assert.equal((await server.api('POST', '/rules', { name: 'Reader', script }, reader)).status, 403);
    assert.equal((await server.api('GET', '/rules?q=x')).body.errorCode, 'invalid_query_string');
    assert.equal((await server.api('GET', '/rules/%00')).status, 400);
  });
});
