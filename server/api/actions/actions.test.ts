/** The operations of `/actions/actions`, `/actions/executions` and `/actions/triggers` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

const path = '/actions/actions';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const postLogin = { id: 'post-login', version: 'v3' };
const code = 'exports.onExecutePostLogin = async (event, api) => {};';
const action = (name: string, more: object = {}) => ({ name, supported_triggers: [postLogin], code, ...more });

onEveryServer('Actions', (server) => {
  test('an action is made, read and changed; its draft is not deployed by that', async () => {
    const made = await server.make('POST', path, action('Draft'));
    const { id, created_at, updated_at, ...rest } = made;
    assert.match(id, UUID);
    assert.equal(created_at, updated_at);
    assert.deepEqual(rest, {
      name: 'Draft',
      supported_triggers: [postLogin],
      code,
      dependencies: [],
      runtime: 'node22',
      status: 'built',
      secrets: [],
      all_changes_deployed: false,
    });
    assert.deepEqual(await server.make('GET', `${path}/${id}`), made);
    server.advance(1000);
    const dependencies = [{ name: 'auth0', version: '2.41.0' }];
    const changed = await server.make('PATCH', `${path}/${id}`, { dependencies, runtime: 'node18-actions' });
    assert.notEqual(changed.updated_at, updated_at);
    assert.deepEqual(changed, { ...made, dependencies, runtime: 'node18-actions', updated_at: changed.updated_at });
  });

  test('a trigger without a version is the current one', async () => {
    const made = await server.make('POST', path, action('Current', { supported_triggers: [{ id: 'post-login' }] }));
    assert.deepEqual(made.supported_triggers, [postLogin]);
  });

  test('each deployment makes a version, and the draft goes on from there', async () => {
    const { id } = await server.make('POST', path, action('Deployed'));
    const first = await server.make('POST', `${path}/${id}/deploy`);
    assert.equal(first.number, 1);
    assert.equal(first.status, 'built');
    assert.equal(first.action.id, id);
    let now = await server.make('GET', `${path}/${id}`);
    assert.equal(now.all_changes_deployed, true);
    assert.equal(now.deployed_version.id, first.id);
    assert.equal(now.current_version.number, 1);
    assert.equal((await server.make('PATCH', `${path}/${id}`, { code })).all_changes_deployed, true);
    now = await server.make('PATCH', `${path}/${id}`, { code: 'other' });
    assert.equal(now.all_changes_deployed, false);
    assert.equal(now.deployed_version.code, code);
    const second = await server.make('POST', `${path}/${id}/deploy`, {});
    assert.equal(second.number, 2);
    const { versions, total } = await server.make('GET', `${path}/${id}/versions`);
    assert.equal(total, 2);
    assert.deepEqual(
      versions.map((version: { number: number; deployed: boolean; code: string }) => [
        version.number,
        version.deployed,
        version.code,
      ]),
      [
        [2, true, 'other'],
        [1, false, code],
      ],
    );
    assert.deepEqual(await server.make('GET', `${path}/${id}/versions/${first.id}`), versions[1]);
    assert.deepEqual(await server.make('GET', `${path}/${id}/versions?page=1&per_page=1`), {
      versions: [versions[1]],
      total: 2,
      page: 1,
      per_page: 1,
    });
  });

  test('an earlier version is deployed again, and becomes the draft when that is asked for', async () => {
    const { id } = await server.make('POST', path, action('Back', { deploy: true }));
    const first = (await server.make('GET', `${path}/${id}`)).deployed_version;
    assert.equal(first.number, 1);
    await server.make('PATCH', `${path}/${id}`, { code: 'broken' });
    await server.make('POST', `${path}/${id}/deploy`);
    const again = await server.api('POST', `${path}/${id}/versions/${first.id}/deploy`);
    assert.equal(again.status, 202);
    assert.equal(again.body.number, 3);
    assert.equal(again.body.code, code);
    const kept = await server.make('GET', `${path}/${id}`);
    assert.equal(kept.code, 'broken');
    assert.equal(kept.all_changes_deployed, false);
    assert.equal(kept.deployed_version.id, again.body.id);
    await server.make('POST', `${path}/${id}/versions/${first.id}/deploy`, { update_draft: true });
    const back = await server.make('GET', `${path}/${id}`);
    assert.equal(back.code, code);
    assert.equal(back.all_changes_deployed, true);
    assert.equal(back.deployed_version.number, 4);
  });

  test('secrets are kept by name, sealed and never shown', async () => {
    const values = [
      { name: 'foo', value: 'foo-in-the-clear' },
      { name: 'bar', value: 'bar-in-the-clear' },
    ];
    const made = await server.make('POST', path, action('Secretive', { secrets: values, deploy: true }));
    assert.deepEqual(
      made.secrets.map((secret: object) => Object.keys(secret)),
      [
        ['name', 'updated_at'],
        ['name', 'updated_at'],
      ],
    );
    server.advance(1000);
    const secrets = [{ name: 'new', value: 'new-in-the-clear' }, { name: 'bar' }];
    const changed = await server.make('PATCH', `${path}/${made.id}`, { secrets });
    assert.deepEqual(
      changed.secrets.map(({ name }: { name: string }) => name),
      ['bar', 'new'],
    );
    assert.equal(changed.secrets[0].updated_at, made.secrets[1].updated_at);
    assert.equal(changed.deployed_version.secrets.length, 2);
    const renamed = await server.make('PATCH', `${path}/${made.id}`, { name: 'Very secretive' });
    assert.deepEqual(renamed.secrets, changed.secrets);
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('lists are filtered and paged', async () => {
    await server.make('POST', path, action('Message', { supported_triggers: [{ id: 'send-phone-message' }] }));
    const named = await server.make('GET', `${path}?actionName=Message`);
    assert.equal(named.total, 1);
    assert.equal(named.actions[0].supported_triggers[0].version, 'v2');
    assert.equal((await server.make('GET', `${path}?triggerId=send-phone-message&deployed=false`)).total, 1);
    assert.equal((await server.make('GET', `${path}?triggerId=send-phone-message&deployed=true`)).total, 0);
    assert.deepEqual((await server.make('GET', `${path}?installed=true`)).actions, []);
    const page = await server.make('GET', `${path}?page=1&per_page=1`);
    assert.equal(page.page, 1);
    assert.equal(page.per_page, 1);
    assert.equal(page.actions.length, 1);
    assert.equal((await server.api('GET', `${path}?triggerId=unknown`)).body.errorCode, 'invalid_query_string');
  });

  test('a deleted action is gone with its versions', async () => {
    const { id } = await server.make('POST', path, action('Gone', { deploy: true }));
    const version = (await server.make('GET', `${path}/${id}/versions`)).versions[0].id;
    await server.make('DELETE', `${path}/${id}`);
    for (const [method, rest, body] of [
      ['GET', ''],
      ['PATCH', '', { code }],
      ['DELETE', ''],
      ['POST', '/deploy'],
      ['POST', '/test', { payload: {} }],
      ['GET', '/versions'],
      ['GET', `/versions/${version}`],
      ['POST', `/versions/${version}/deploy`],
    ] as const) {
      const answer = await server.api(method, `${path}/${id}${rest}`, body);
      assert.equal(answer.status, 404, `${method} ${rest}`);
      assert.deepEqual(answer.body, {
        statusCode: 404,
        error: 'Not Found',
        message: 'That action does not exist.',
      });
    }
  });

  test('a version belongs to one action', async () => {
    const one = await server.make('POST', path, action('One', { deploy: true }));
    const other = await server.make('POST', path, action('Other'));
    const answer = await server.api('GET', `${path}/${other.id}/versions/${one.deployed_version.id}`);
    assert.equal(answer.status, 404);
  });

  test('nothing runs, and says so', async () => {
    const { id } = await server.make('POST', path, action('Idle'));
    const answer = await server.api('POST', `${path}/${id}/test`, { payload: {} });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.errorCode, 'operation_not_supported');
    assert.match(
      (await server.api('POST', `${path}/${id}/test`, {})).body.message,
      /Missing required property: payload/,
    );
    assert.equal((await server.api('GET', `/actions/executions/${id}`)).status, 404);
  });

  test('the triggers are listed with their versions', async () => {
    const { triggers } = await server.make('GET', '/actions/triggers');
    assert.deepEqual(triggers[0], {
      id: 'post-login',
      version: 'v3',
      status: 'CURRENT',
      runtimes: ['node18-actions', 'node22'],
      default_runtime: 'node22',
      binding_policy: 'trigger-bound',
      compatible_triggers: [{ id: 'post-login', version: 'v2' }],
    });
  });

  test('bad input is refused', async () => {
    const { id } = await server.make('POST', path, action('Taken'));
    const twice = [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
    ];
    const attempts: [string, string, unknown, number, RegExp][] = [
      ['POST', path, { name: 'No trigger' }, 400, /Missing required property: supported_triggers/],
      ['POST', path, undefined, 400, /Expected type object/],
      ['POST', path, action('Taken'), 409, /already exists/],
      ['POST', path, action('None', { supported_triggers: [] }), 400, /Array is too short|minimum 1|fewer/],
      ['POST', path, action('Unknown', { supported_triggers: [{ id: 'pre-login' }] }), 400, /No enum match/],
      [
        'POST',
        path,
        action('Old', { supported_triggers: [{ id: 'post-login', version: 'v9' }] }),
        400,
        /no version v9/,
      ],
      ['POST', path, action('Typed', { code: 1 }), 400, /Expected type string/],
      ['POST', path, action('More', { more: 1 }), 400, /not allowed: more/],
      ['POST', path, action('Runtime', { runtime: 'deno' }), 400, /No enum match for: deno/],
      ['POST', path, action('Valueless', { secrets: [{ name: 'a' }] }), 400, /Missing required property: value/],
      ['POST', path, action('Twice', { secrets: twice }), 400, /unique/],
      ['POST', path, action('Module', { modules: [{ module_id: 'unknown' }] }), 400, /Module unknown does not exist/],
      ['POST', path, action('NUL\u0000'), 400, /contains a NUL/],
      ['PATCH', `${path}/${id}`, { deploy: true }, 400, /not allowed: deploy/],
      ['PATCH', `${path}/${id}`, { all_changes_deployed: true }, 400, /not allowed: all_changes_deployed/],
    ];
    for (const [method, where, body, status, message] of attempts) {
      const answer = await server.api(method, where, body);
      assert.equal(answer.status, status, `${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    assert.equal((await server.api('PATCH', `${path}/${id}`, { name: 'Taken' })).status, 200);
    const reader = await server.tokenWith('read:actions');
    assert.equal((await server.api('POST', path, action('Reader'), reader)).status, 403);
    assert.equal((await server.api('GET', `${path}/%00`)).status, 400);
  });
});
