/** The operations of `/actions/modules` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { textsAtRest } from '../../testing.ts';

const path = '/actions/modules';
const code = "module.exports = { greet: (name) => 'Hello, ' + name };";

onEveryServer('Modules of actions', (server) => {
  test('a module is made, read, changed and deleted', async () => {
    const made = await server.make('POST', path, { name: 'Greeting', code });
    const { id, created_at, updated_at, ...rest } = made;
    assert.equal(created_at, updated_at);
    assert.deepEqual(rest, {
      name: 'Greeting',
      code,
      dependencies: [],
      secrets: [],
      all_changes_published: false,
      actions_using_module_total: 0,
    });
    assert.deepEqual(await server.make('GET', `${path}/${id}`), made);
    const dependencies = [{ name: 'lodash', version: '4.17.21' }];
    assert.deepEqual((await server.make('PATCH', `${path}/${id}`, { dependencies })).dependencies, dependencies);
    await server.make('DELETE', `${path}/${id}`);
    for (const [method, rest, body] of [
      ['GET', ''],
      ['PATCH', '', { code }],
      ['DELETE', ''],
      ['GET', '/actions'],
      ['GET', '/versions'],
      ['POST', '/versions'],
      ['GET', '/versions/x'],
      ['POST', '/rollback', { module_version_id: 'x' }],
    ] as const) {
      assert.equal((await server.api(method, `${path}/${id}${rest}`, body)).status, 404, `${method} ${rest}`);
    }
  });

  test('drafts are published as versions and rolled back to them', async () => {
    const { id } = await server.make('POST', path, { name: 'Versioned', code });
    const first = await server.make('POST', `${path}/${id}/versions`);
    assert.equal(first.version_number, 1);
    assert.equal(first.module_id, id);
    const again = await server.api('POST', `${path}/${id}/versions`);
    assert.equal(again.status, 409);
    assert.equal(again.body.errorCode, 'action_module_unchanged');
    const changed = await server.make('PATCH', `${path}/${id}`, { code: 'other' });
    assert.equal(changed.all_changes_published, false);
    assert.equal(changed.latest_version.code, code);
    const second = await server.make('POST', `${path}/${id}/versions`);
    assert.deepEqual(await server.make('GET', `${path}/${id}/versions?page=0&per_page=50`), {
      versions: [second, first],
      total: 2,
      page: 0,
      per_page: 50,
    });
    assert.deepEqual(await server.make('GET', `${path}/${id}/versions/${first.id}`), first);
    const back = await server.make('POST', `${path}/${id}/rollback`, { module_version_id: first.id });
    assert.equal(back.code, code);
    assert.equal(back.latest_version_number, 2);
    const unchanged = await server.api('POST', `${path}/${id}/rollback`, { module_version_id: first.id });
    assert.equal(unchanged.status, 409);
    await server.make('POST', `${path}/${id}/rollback`, { module_version_id: second.id });
    assert.equal((await server.make('GET', `${path}/${id}`)).all_changes_published, true);
  });

  test('what an update wrote can be published, new or not', async () => {
    const { id } = await server.make('POST', path, { name: 'Written again', code, publish: true });
    assert.equal((await server.make('PATCH', `${path}/${id}`, { code })).all_changes_published, false);
    assert.equal((await server.make('POST', `${path}/${id}/versions`)).version_number, 1);
    assert.equal((await server.make('GET', `${path}/${id}`)).all_changes_published, true);
    assert.equal((await server.api('POST', `${path}/${id}/versions`)).status, 409);
  });

  test('a module may be published when it is made', async () => {
    const made = await server.make('POST', path, { name: 'At once', code, publish: true });
    assert.equal(made.all_changes_published, true);
    assert.equal(made.latest_version_number, 1);
  });

  test('the deployed actions that use a module are known, and keep it', async () => {
    const module = await server.make('POST', path, { name: 'Used', code, publish: true });
    const action = await server.make('POST', '/actions/actions', {
      name: 'User',
      supported_triggers: [{ id: 'post-login' }],
      modules: [{ module_id: module.id }],
    });
    const reference = {
      module_id: module.id,
      module_name: 'Used',
      module_version_id: module.latest_version.id,
      module_version_number: 1,
    };
    assert.deepEqual(action.modules, [reference]);
    assert.equal((await server.make('GET', `${path}/${module.id}/actions`)).total, 0);
    assert.equal((await server.api('DELETE', `${path}/${module.id}`)).status, 412);
    await server.make('POST', `/actions/actions/${action.id}/deploy`);
    assert.equal((await server.make('GET', `${path}/${module.id}`)).actions_using_module_total, 1);
    const [user] = (await server.make('GET', `${path}/${module.id}/actions`)).actions;
    assert.equal(user.action_name, 'User');
    assert.equal(user.module_version_number, 1);
    const renamed = await server.make('PATCH', `/actions/actions/${action.id}`, { name: 'Used no more' });
    assert.deepEqual(renamed.modules, [reference]);
    await server.make('PATCH', `/actions/actions/${action.id}`, { modules: [] });
    const inUse = await server.api('DELETE', `${path}/${module.id}`);
    assert.equal(inUse.status, 412);
    assert.equal(inUse.body.errorCode, 'action_module_in_use');
    await server.make('POST', `/actions/actions/${action.id}/deploy`);
    await server.make('DELETE', `${path}/${module.id}`);
  });

  test('lists hold all unless pages are asked for', async () => {
    await server.make('POST', path, { name: 'Listed', code });
    const all = await server.make('GET', path);
    assert.equal(all.modules.length, all.total);
    const page = await server.make('GET', `${path}?page=1&per_page=1`);
    assert.deepEqual(page.modules, [all.modules[1]]);
    assert.equal(page.total, all.total);
  });

  test('secrets are kept by name, sealed and never shown', async () => {
    const secrets = [{ name: 'API_KEY', value: 'key-in-the-clear' }];
    const { id, secrets: shown } = await server.make('POST', path, { name: 'Secretive', code, secrets, publish: true });
    assert.deepEqual(Object.keys(shown[0]), ['name', 'updated_at']);
    assert.deepEqual((await server.make('PATCH', `${path}/${id}`, { code: 'other' })).secrets, shown);
    assert.deepEqual((await server.make('PATCH', `${path}/${id}`, { secrets: [] })).secrets, []);
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('bad input is refused', async () => {
    const { id } = await server.make('POST', path, { name: 'Taken', code });
    const attempts: [string, string, unknown, number, RegExp][] = [
      ['POST', '', { name: 'No code' }, 400, /Missing required property: code/],
      ['POST', '', { name: 'Taken', code }, 409, /already exists/],
      ['POST', '', { name: 'Long', code: 'x'.repeat(65_537) }, 400, /too long/],
      ['POST', '', { name: 'NUL', code: '\u0000' }, 400, /contains a NUL/],
      ['POST', '', { name: 'More', code, more: 1 }, 400, /not allowed: more/],
      ['POST', '', { name: 'Secret', code, secrets: [{ name: 'x' }] }, 400, /Missing required property: value/],
      ['PATCH', `/${id}`, { name: 'Renamed' }, 400, /not allowed: name/],
      ['PATCH', `/${id}`, { code: 1 }, 400, /Expected type string/],
      ['POST', `/${id}/rollback`, {}, 400, /Missing required property: module_version_id/],
      ['POST', `/${id}/rollback`, { module_version_id: 'unknown' }, 404, /does not exist/],
    ];
    for (const [method, rest, body, status, message] of attempts) {
      const answer = await server.api(method, `${path}${rest}`, body);
      assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 80)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    const reader = await server.tokenWith('read:actions');
    assert.equal((await server.api('POST', path, { name: 'Reader', code }, reader)).status, 403);
  });
});
