/** What belongs to a user, over HTTP: authentication methods, second factors, log events, groups, accounts elsewhere. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { addMember } from '../groups/store.ts';
import { addRecord, recordsOf } from './records.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

onEveryServer('Belongings of a user', (server) => {
  let counter = 0;
  // biome-ignore lint/suspicious/noExplicitAny: a user as the API answers it
  let somebody: any;

  before(async () => {
    somebody = await makeUser();
  });

  const makeUser = () =>
    server.make('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: `owner-${++counter}@example.com`,
      password: 'Nine-lives 4 cats',
    });
  const methodsPath = (user: { user_id: string }) => `/users/${user.user_id}/authentication-methods`;

  test('an authentication method is added, read, renamed and removed', async () => {
    const user = await makeUser();
    const path = methodsPath(user);
    const added = await server.api('POST', path, { type: 'phone', phone_number: '+15551234567', name: 'Work' });
    assert.equal(added.status, 201);
    const phone = added.body;
    assert.match(phone.id, /^phone\|dev_\w{16}$/);
    assert.equal(phone.preferred_authentication_method, 'sms');
    assert.deepEqual(
      phone.authentication_methods.map((method: { type: string }) => method.type),
      ['sms', 'voice'],
    );
    assert.deepEqual(await server.make('GET', `${path}/${phone.id}`), phone);
    const change = { name: 'Home', preferred_authentication_method: 'voice' };
    assert.deepEqual(await server.make('PATCH', `${path}/${phone.id}`, change), { ...phone, ...change });
    const totals = await server.make('GET', `${path}?include_totals=true`);
    assert.deepEqual([totals.total, totals.authenticators[0].name], [1, 'Home']);
    assert.equal((await server.api('DELETE', `${path}/${phone.id}`)).status, 204);
    assert.deepEqual(await server.make('GET', path), []);
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
      const answer = await server.api(method, `${path}/${phone.id}`, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_authentication_method'], method);
    }
  });

  test('the seed of one-time codes is told once and kept sealed', async () => {
    const user = await makeUser();
    const path = methodsPath(user);
    const added = await server.make('POST', path, { type: 'totp', totp_secret: SECRET });
    assert.equal(added.totp_secret, SECRET);
    assert.equal((await server.make('GET', `${path}/${added.id}`)).totp_secret, undefined);
    const { read } = server.services.database;
    const rows = await read.query(
      read.build.selectFrom('authentication_methods').selectAll().where('user_id', '=', user.user_id),
    );
    assert.equal(JSON.stringify(rows).includes(SECRET), false);
    const logs = await server.make('GET', '/logs?q=type:sapi');
    assert.equal(JSON.stringify(logs).includes(SECRET), false);
  });

  test('each kind of method has its own properties', async () => {
    const user = await makeUser();
    const path = methodsPath(user);
    const passkey = {
      type: 'passkey',
      key_id: 'a2V5',
      public_key: 'cHVi',
      relying_party_identifier: 'example.com',
      transports: ['internal'],
      credential_backed_up: true,
    };
    const added = await server.make('POST', path, passkey);
    assert.deepEqual({ ...added, ...passkey }, added);
    await server.make('POST', path, { type: 'email', email: 'second@example.com' });
    const twice = await server.api('POST', path, { type: 'email', email: 'second@example.com' });
    assert.deepEqual([twice.status, twice.body.errorCode], [409, 'authentication_method_conflict']);
    for (const body of [
      {},
      { type: 'phone' },
      { type: 'phone', phone_number: '555' },
      { type: 'phone', phone_number: '+15551234567', email: 'a@example.com' },
      { type: 'totp', totp_secret: 'not base32!' },
      { type: 'push', name: 'x' },
      { type: 'email', email: 'a@example.com', colour: 'red' },
      { type: 'email', email: 'nonsense' },
      { type: 'passkey', key_id: 'x' },
    ]) {
      assert.equal((await server.api('POST', path, body)).status, 400, JSON.stringify(body));
    }
    const [, email] = await server.make('GET', path);
    const wrong = await server.api('PATCH', `${path}/${email.id}`, { preferred_authentication_method: 'sms' });
    assert.equal(wrong.status, 400);
  });

  test('methods of a type have a limit', async () => {
    const path = methodsPath(await makeUser());
    for (let n = 0; n < 20; n++) await server.make('POST', path, { type: 'email', email: `m${n}@example.com` });
    const more = await server.api('POST', path, { type: 'email', email: 'more@example.com' });
    assert.deepEqual([more.status, more.body.errorCode], [403, 'limit_reached']);
  });

  test('all methods are replaced, or none', async () => {
    const path = methodsPath(await makeUser());
    await server.make('POST', path, { type: 'email', email: 'old@example.com' });
    const replaced = await server.make('PUT', path, [
      { type: 'email', email: 'new@example.com' },
      { type: 'totp', totp_secret: SECRET },
    ]);
    assert.equal(replaced.length, 2);
    const twins = [
      { type: 'email', email: 'twin@example.com' },
      { type: 'email', email: 'twin@example.com' },
    ];
    assert.equal((await server.api('PUT', path, twins)).status, 409);
    assert.equal((await server.api('PUT', path, [{ type: 'passkey' }])).status, 400);
    assert.equal((await server.api('PUT', path, {})).status, 400);
    const kept = await server.make('GET', path);
    assert.deepEqual(kept.map((method: { type: string; email?: string }) => [method.type, method.email]).sort(), [
      ['email', 'new@example.com'],
      ['totp', undefined],
    ]);
    assert.equal((await server.api('DELETE', path)).status, 204);
    assert.deepEqual(await server.make('GET', path), []);
  });

  test('second factors go by the older operations too', async () => {
    const user = await makeUser();
    const base = `/users/${user.user_id}`;
    assert.deepEqual(await server.make('GET', `${base}/enrollments`), []);
    const none = await server.api('POST', `${base}/recovery-code-regeneration`);
    assert.deepEqual([none.status, none.body.errorCode], [404, 'inexistent_enrollment']);
    const app = await server.make('POST', methodsPath(user), { type: 'totp', totp_secret: SECRET, name: 'Pocket' });
    const [enrollment] = await server.make('GET', `${base}/enrollments`);
    assert.equal(`totp|${enrollment.id}`, app.id);
    assert.deepEqual([enrollment.auth_method, enrollment.status], ['authenticator', 'confirmed']);
    assert.equal((await server.make('GET', `/guardian/enrollments/${enrollment.id}`)).status, 'confirmed');
    const first = await server.make('POST', `${base}/recovery-code-regeneration`);
    const second = await server.make('POST', `${base}/recovery-code-regeneration`);
    assert.match(first.recovery_code, /^[A-Z0-9]{24}$/);
    assert.notEqual(first.recovery_code, second.recovery_code);
    const codes = (await server.make('GET', methodsPath(user))).filter(
      (m: { type: string }) => m.type === 'recovery-code',
    );
    assert.equal(codes.length, 1);
    assert.equal((await server.api('DELETE', `${base}/multifactor/duo`)).status, 204);
    assert.equal((await server.make('GET', `${base}/enrollments`)).length, 1);
    assert.equal((await server.api('DELETE', `${base}/multifactor/google-authenticator`)).status, 204);
    assert.deepEqual(await server.make('GET', `${base}/enrollments`), []);
    assert.equal((await server.api('DELETE', `${base}/multifactor/abacus`)).status, 400);
    await server.make('POST', methodsPath(user), { type: 'totp', totp_secret: SECRET });
    await server.make('POST', methodsPath(user), {
      type: 'passkey',
      key_id: 'k',
      public_key: 'p',
      relying_party_identifier: 'example.com',
    });
    assert.equal((await server.api('DELETE', `${base}/authenticators`)).status, 204);
    // A passkey is a way to sign in, not a second factor.
    assert.deepEqual(
      (await server.make('GET', methodsPath(user))).map((method: { type: string }) => method.type),
      ['passkey'],
    );
    const removals = await server.make('GET', `${base}/logs`);
    assert.equal(removals.filter((event: { type: string }) => event.type === 'gd_unenroll').length, 2);
  });

  test('known devices and remembered browsers are forgotten', async () => {
    const user = await makeUser();
    const base = `/users/${user.user_id}`;
    const { database } = server.services;
    for (const kind of ['remembered_browser', 'known_device'] as const) {
      const record = { id: `${kind}-${user.user_id}`, user_id: user.user_id, doc: {} };
      await database.write((sql) => addRecord(sql, server.tenant, kind, record, Date.now()));
    }
    const left = async (kind: 'remembered_browser' | 'known_device') =>
      (await recordsOf(database.read, server.tenant, kind, user.user_id)).length;
    const forget = await server.api('POST', `${base}/multifactor/actions/invalidate-remember-browser`);
    assert.equal(forget.status, 204);
    assert.deepEqual([await left('remembered_browser'), await left('known_device')], [0, 1]);
    const body = { connection: 'Username-Password-Authentication', assessors: ['new-device'] };
    assert.equal((await server.api('POST', `${base}/risk-assessments/clear`, body)).status, 204);
    assert.equal(await left('known_device'), 0);
    for (const wrong of [{}, { ...body, assessors: ['palm'] }, { ...body, connection: 'another' }]) {
      assert.equal((await server.api('POST', `${base}/risk-assessments/clear`, wrong)).status, 400);
    }
  });

  test('log events about a user', async () => {
    const user = await makeUser();
    const path = `/users/${user.user_id}/logs`;
    await server.post('/oauth/token', {
      grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
      realm: 'Username-Password-Authentication',
      client_id: server.setup.client_id,
      client_secret: server.setup.client_secret,
      username: user.email,
      password: 'wrong',
    });
    const all = await server.make('GET', `${path}?include_totals=true`);
    assert.equal(all.total, all.logs.length);
    assert.ok(all.logs.every((event: { user_id: string }) => event.user_id === user.user_id));
    assert.equal((await server.api('GET', `${path}?sort=name:1`)).status, 400);
    const far = await server.api('GET', `${path}?page=11&per_page=100`);
    assert.deepEqual([far.status, far.body.errorCode], [400, 'invalid_paging']);
  });

  test('groups of a user', async () => {
    const user = await makeUser();
    const { database, stores } = server.services;
    const ids = ['grp_groupofuserAAA', 'grp_groupofuserBBB'];
    await database.write(async (sql) => {
      for (const id of ids) {
        await stores.groups.insert(sql, server.tenant, { id, name: id, created_at: new Date().toISOString() }, 1);
        await addMember(sql, server.tenant, id, user.user_id, Date.now());
      }
    });
    const path = `/users/${user.user_id}/groups`;
    const all = await server.make('GET', `${path}?include_totals=true`);
    assert.equal(all.total, 2);
    assert.match(all.groups[0].membership_created_at, /Z$/);
    const first = await server.make('GET', `${path}?take=1`);
    assert.deepEqual([first.groups[0].id, first.next], [ids[0], ids[0]]);
    const rest = await server.make('GET', `${path}?take=1&from=${first.next}`);
    assert.deepEqual([rest.groups[0].id, rest.next], [ids[1], undefined]);
    assert.deepEqual((await server.make('GET', `${path}?fields=id`))[0], { id: ids[0] });
  });

  test('accounts elsewhere, and the tokens for them, without the tokens', async () => {
    const user = await makeUser();
    const created_at = new Date().toISOString();
    const account = {
      connection: 'google',
      connection_id: 'con_1',
      strategy: 'google-oauth2',
      access_type: 'offline',
      created_at,
    };
    const tokens = {
      connection: 'google',
      scope: 'calendar',
      issued_at: created_at,
      expires_at: null,
      last_used_at: null,
    };
    await server.services.database.write(async (sql) => {
      const { tenant } = server;
      const { user_id } = user;
      await addRecord(sql, tenant, 'connected_account', { id: `cac_${user_id}`, user_id, doc: account }, 1);
      const doc = { ...tokens, tokens_sealed: 'sealed' };
      await addRecord(sql, tenant, 'federated_tokenset', { id: 'fct_1', user_id, doc }, 1);
    });
    const base = `/users/${user.user_id}`;
    const { connected_accounts } = await server.make('GET', `${base}/connected-accounts`);
    assert.deepEqual(connected_accounts, [{ id: `cac_${user.user_id}`, ...account }]);
    assert.deepEqual(await server.make('GET', `${base}/federated-connections-tokensets`), [{ id: 'fct_1', ...tokens }]);
    // Another user's token set stays.
    const foreign = `/users/${somebody.user_id}/federated-connections-tokensets/fct_1`;
    assert.equal((await server.api('DELETE', foreign)).status, 204);
    assert.equal((await server.make('GET', `${base}/federated-connections-tokensets`)).length, 1);
    assert.equal((await server.api('DELETE', `${base}/federated-connections-tokensets/fct_1`)).status, 204);
    assert.deepEqual(await server.make('GET', `${base}/federated-connections-tokensets`), []);
  });

  test('nobody has none of this', async () => {
    const methods = '/authentication-methods';
    for (const [method, path, body] of [
      ['GET', methods],
      ['POST', methods, { type: 'email', email: 'a@example.com' }],
      ['PUT', methods, []],
      ['DELETE', methods],
      ['GET', `${methods}/totp%7Cdev_1`],
      ['PATCH', `${methods}/totp%7Cdev_1`, { name: 'x' }],
      ['DELETE', `${methods}/totp%7Cdev_1`],
      ['DELETE', '/authenticators'],
      ['GET', '/enrollments'],
      ['DELETE', '/multifactor/duo'],
      ['POST', '/multifactor/actions/invalidate-remember-browser'],
      ['POST', '/recovery-code-regeneration'],
      ['POST', '/risk-assessments/clear', { connection: 'x', assessors: ['new-device'] }],
      ['GET', '/groups'],
      ['GET', '/connected-accounts'],
      ['GET', '/federated-connections-tokensets'],
    ] as const) {
      const answer = await server.api(method, `/users/auth0|nobody${path}`, body);
      assert.deepEqual([answer.status, answer.body?.errorCode], [404, 'inexistent_user'], `${method} ${path}`);
    }
  });
});
