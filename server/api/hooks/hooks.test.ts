/** The operations of `/hooks` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

const script = 'module.exports = (user, context, callback) => callback(null, { user });';
const hook = (name: string, more: object = {}) => ({ name, script, triggerId: 'pre-user-registration', ...more });

onEveryServer('Hooks', (server) => {
  test('a hook is made, read, changed and deleted', async () => {
    const made = await server.make('POST', '/hooks', hook('First', { dependencies: { auth0: '2.30.0' } }));
    const { id, ...rest } = made;
    assert.match(id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
    assert.deepEqual(rest, hook('First', { dependencies: { auth0: '2.30.0' }, enabled: false }));
    assert.deepEqual(await server.make('GET', `/hooks/${id}`), made);
    assert.deepEqual(await server.make('GET', `/hooks/${id}?fields=name`), { name: 'First' });
    const changed = await server.make('PATCH', `/hooks/${id}`, { enabled: true, dependencies: {} });
    assert.deepEqual(changed, { ...made, enabled: true, dependencies: {} });
    await server.make('DELETE', `/hooks/${id}`);
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { enabled: true }],
      ['GET', '/secrets'],
      ['POST', '/secrets', { a: 'b' }],
      ['PATCH', '/secrets', { a: 'b' }],
      ['DELETE', '/secrets', ['a']],
    ] as const) {
      const answer = await server.api(method, `/hooks/${id}${path}`, body);
      assert.equal(answer.status, 404, `${method} ${path}`);
      assert.equal(answer.body.errorCode, 'inexistent_hook');
    }
  });

  test('lists are filtered and paged', async () => {
    await server.make('POST', '/hooks', hook('Running', { enabled: true, triggerId: 'post-change-password' }));
    const found = await server.make('GET', '/hooks?enabled=true&triggerId=post-change-password&include_totals=true');
    assert.equal(found.total, 1);
    assert.equal(found.hooks[0].name, 'Running');
    assert.deepEqual(await server.make('GET', '/hooks?page=9'), []);
    assert.equal((await server.api('GET', '/hooks?triggerId=pre-login')).body.errorCode, 'invalid_query_string');
  });

  test('secrets are added, changed and deleted by name, and never shown', async () => {
    const { id } = await server.make('POST', '/hooks', hook('Secretive'));
    const secrets = `/hooks/${id}/secrets`;
    assert.deepEqual(await server.make('GET', secrets), {});
    assert.deepEqual(await server.make('POST', secrets, { foo: 'alpha-in-the-clear', bar: 'kappa' }), {});
    assert.deepEqual(await server.make('GET', secrets), { foo: '_VALUE_NOT_SHOWN_', bar: '_VALUE_NOT_SHOWN_' });
    assert.equal((await server.api('POST', secrets, { foo: 'again' })).body.errorCode, 'hook_secret_conflict');
    assert.equal((await server.api('PATCH', secrets, { baz: 'x' })).body.errorCode, 'inexistent_hook_secret');
    assert.equal((await server.api('PATCH', secrets, { foo: 'gamma-in-the-clear' })).status, 201);
    await server.make('DELETE', secrets, ['bar', 'unknown']);
    assert.deepEqual(await server.make('GET', secrets), { foo: '_VALUE_NOT_SHOWN_' });
    assert.equal('secrets' in (await server.make('GET', `/hooks/${id}`)), false);
    await server.make('PATCH', `/hooks/${id}`, { enabled: true });
    assert.deepEqual(Object.keys(await server.make('GET', secrets)), ['foo']);
    const texts = await textsAtRest(server);
    assert.ok(texts.every((text) => !text.includes('in-the-clear')));
  });

  test('a hook has twenty secrets at most', async () => {
    const { id } = await server.make('POST', '/hooks', hook('Full'));
    const many = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`name${from + index}`, 'value']));
    await server.make('POST', `/hooks/${id}/secrets`, many(0, 20));
    const answer = await server.api('POST', `/hooks/${id}/secrets`, many(20, 21));
    assert.equal(answer.status, 400);
    assert.match(answer.body.message, /maximum 20/);
  });

  test('bad input is refused', async () => {
    const { id } = await server.make('POST', '/hooks', hook('Good'));
    const { triggerId: _left, ...incomplete } = hook('Incomplete');
    const attempts: [string, string, unknown, number, RegExp][] = [
      ['POST', '/hooks', incomplete, 400, /Missing required property: triggerId/],
      ['POST', '/hooks', hook('Good'), 409, /already exists/],
      ['POST', '/hooks', hook('Typed', { enabled: 1 }), 400, /Expected type boolean/],
      ['POST', '/hooks', hook('Extra', { stage: 'x' }), 400, /not allowed: stage/],
      ['POST', '/hooks', hook('Elsewhere', { triggerId: 'post-login' }), 400, /No enum match/],
      ['POST', '/hooks', hook('Deps', { dependencies: { a: 1 } }), 400, /Expected type string/],
      ['PATCH', `/hooks/${id}`, { triggerId: 'credentials-exchange' }, 400, /not allowed: triggerId/],
      ['PATCH', `/hooks/${id}`, {}, 400, /Too few properties/],
      ['POST', `/hooks/${id}/secrets`, {}, 400, /Too few properties/],
      ['POST', `/hooks/${id}/secrets`, { a: 1 }, 400, /Expected type string/],
      ['DELETE', `/hooks/${id}/secrets`, [], 400, /Array is too short|too few|minimum 1/i],
      ['DELETE', `/hooks/${id}/secrets`, { a: 'b' }, 400, /Expected type array/],
    ];
    for (const [method, path, body, status, message] of attempts) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:hooks');
    assert.equal((await server.api('POST', `/hooks/${id}/secrets`, { a: 'b' }, reader)).status, 403);
  });
});
