/** What hung on something deleted is gone at once, however much it is, and is taken away in pieces that hold nobody up. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { makeBrowser, makeClient } from '../oidc/testing.ts';
import { onEveryServer } from '../testing.ts';
import { makeRemover } from './removals.ts';
import { insertUsers, type NewUserRow } from './users/bulk.ts';
import { newUser } from './users/create.ts';

const PASSWORD = 'Nine-lives 4 cats';
const GRANT = 'http://auth0.com/oauth/grant-type/password-realm';
/** More than a few pieces. */
const MANY = 300;

onEveryServer('Removals', (server, place) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;
  let counter = 0;

  before(async () => {
    client = await makeClient(server, { grant_types: ['authorization_code', 'refresh_token', GRANT] });
  });

  async function makeConnection(name = `crowd-${++counter}`) {
    const body = { name, strategy: 'auth0', enabled_clients: [client.client_id] };
    return server.make('POST', '/connections', body);
  }
  async function fill(connection: { name: string }, count = MANY) {
    const now = server.services.clock();
    const rows = Array.from({ length: count }, (_, n): NewUserRow => {
      const email = `${connection.name}-${n}@example.com`;
      return { user: newUser(connection as never, { email }, now + n), hash: undefined };
    });
    await place.database.write((sql) => insertUsers(sql, server.tenant, rows, now));
    return rows.map(({ user }) => user);
  }
  const rowsIn = async (table: 'users' | 'user_identifiers' | 'user_terms', start: string) => {
    const { build, query } = place.database.read;
    const column = table === 'user_terms' ? 'value' : table === 'users' ? 'connection' : 'connection';
    const rows = await query(
      build
        .selectFrom(table as 'users')
        .select((e) => e.fn.countAll<number>().as('total'))
        .where(column as 'connection', 'like', `${start}%`),
    );
    return Number(rows[0]!.total);
  };
  async function workUntilDone() {
    const remover = makeRemover(server.services);
    while (await remover.work());
  }

  test('users of a deleted connection are nowhere, before their rows are gone and after', async () => {
    const connection = await makeConnection();
    const { name } = connection;
    const users = await fill(connection);
    const person = { connection: name, email: `person-${name}@example.com`, password: PASSWORD };
    const { user_id } = await server.make('POST', '/users', person);
    const request = {
      client_id: client.client_id,
      redirect_uri: client.callbacks[0],
      response_type: 'code',
      connection: name,
      scope: 'openid',
    };
    const browser = makeBrowser(server);
    const code = (await browser.authorize(request, person)).searchParams.get('code');
    const { client_id, client_secret } = client;
    const grant = { grant_type: 'authorization_code', client_id, client_secret, redirect_uri: client.callbacks[0] };
    const { access_token } = (await server.post('/oauth/token', { ...grant, code })).body;
    const role = await server.make('POST', '/roles', { name: `Role of ${name}` });
    await server.make('POST', `/roles/${role.id}/users`, { users: [users[0]!.user_id, user_id] });
    const active = await server.make('GET', '/stats/active-users');

    await server.make('DELETE', `/connections/${connection.id}`);
    const nowhere = async (when: string) => {
      for (const id of [user_id, users[0]!.user_id, users.at(-1)!.user_id])
        assert.equal((await server.api('GET', `/users/${id}`)).status, 404, when);
      for (const query of [
        `q=email:${name}*`,
        `q=identities.connection:${name}`,
        'per_page=100&page=2',
        'per_page=100',
      ]) {
        const found: { email: string }[] = await server.make('GET', `/users?${query}&search_engine=v3`);
        assert.deepEqual(
          found.filter(({ email }) => email?.includes(name)),
          [],
          `${when}: ${query}`,
        );
      }
      const byEmail = await server.make('GET', `/users-by-email?email=${encodeURIComponent(person.email)}`);
      assert.deepEqual(byEmail, [], when);
      assert.deepEqual(await server.make('GET', `/roles/${role.id}/users`), [], when);
      assert.equal(await server.make('GET', '/stats/active-users'), active - 1, when);
      const login = { grant_type: GRANT, client_id, client_secret, realm: name, username: person.email };
      assert.ok((await server.post('/oauth/token', { ...login, password: PASSWORD })).status >= 400, when);
      assert.equal((await server.get('/userinfo', { authorization: `Bearer ${access_token}` })).status, 401, when);
      const silent = await browser.get(`/authorize?${new URLSearchParams({ ...request, prompt: 'none' })}`);
      assert.match(silent.headers.get('location')!, /error=login_required/, when);
    };
    assert.ok((await rowsIn('users', name)) > 0, 'the rest is for later');
    await nowhere('at once');
    const again = await server.api('POST', '/connections', { name, strategy: 'auth0' });
    assert.deepEqual([again.status, again.body.errorCode], [409, 'connection_conflict']);

    await workUntilDone();
    for (const table of ['users', 'user_identifiers', 'user_terms'] as const)
      assert.equal(await rowsIn(table, name), 0, table);
    await nowhere('afterwards');
    await makeConnection(name);
    await server.make('POST', '/users', person);
  });

  test('of two processes one works, and what it leaves the other one finishes', async () => {
    const connection = await makeConnection();
    const { name } = connection;
    await fill(connection);
    await server.make('DELETE', `/connections/${connection.id}`);
    const left = () => rowsIn('users', name);
    // A piece in each run.
    const processes = [1, 2].map(() => makeRemover(server.services, { run: 0 }));
    const more = await Promise.all(processes.map((process) => process.work()));
    assert.deepEqual(more.toSorted(), [false, true]);
    const [busy, idle] = [processes[more.indexOf(true)]!, processes[more.indexOf(false)]!];
    assert.equal(await busy.work(), true);
    const before = await left();
    assert.equal(await idle.work(), false);
    assert.ok(before > 0);
    assert.equal(await left(), before);
    server.advance(6000);
    assert.equal(await idle.work(), true, 'the other one seems to have stopped');
    assert.equal(await busy.work(), false);
    while (await idle.work());
    assert.equal(await left(), 0);
    assert.equal(await makeRemover(server.services).work(), false);
  });

  test('a removal that meets an error does not hold up the others', async () => {
    const { database } = server.services;
    const at = { tenant: server.tenant, kind: 'removal', id: '0' };
    const broken = {
      ...at,
      doc: JSON.stringify({ id: at.id, what: 'nothing that is known' }),
      seq: -1,
      created_at: 0,
      updated_at: 0,
    };
    await database.write((sql) => sql.query(sql.build.insertInto('documents').values(broken)));
    const connection = await makeConnection();
    await fill(connection);
    await server.make('DELETE', `/connections/${connection.id}`);
    const remover = makeRemover(server.services);
    while (await remover.work().catch(() => false));
    assert.equal(await rowsIn('users', connection.name), 0);
    await assert.rejects(remover.work(), TypeError);
    await database.write((sql) => sql.query(sql.build.deleteFrom('documents').where('id', '=', at.id)));
  });

  test('identities that others had of it are taken out', async () => {
    const kept = await makeConnection();
    const gone = await makeConnection();
    const make = (connection: string, email: string) =>
      server.make('POST', '/users', { connection, email, password: PASSWORD });
    const owner = await make(kept.name, `owner-${gone.name}@example.com`);
    const linked = await make(gone.name, `linked-${gone.name}@example.com`);
    const [, id] = linked.user_id.split('|');
    await server.make('POST', `/users/${owner.user_id}/identities`, { provider: 'auth0', user_id: id });
    await fill(gone);
    await server.make('DELETE', `/connections/${gone.id}`);
    await workUntilDone();
    const { identities } = await server.make('GET', `/users/${owner.user_id}`);
    assert.deepEqual(
      identities.map((one: { connection: string }) => one.connection),
      [kept.name],
    );
    assert.equal(await rowsIn('user_identifiers', gone.name), 0);
  });

  test('members of a deleted organization and users of a deleted role go in pieces as well', async () => {
    const connection = await makeConnection();
    const users = await fill(connection, 1200);
    const { organizations, roles } = {
      organizations: await server.make('POST', '/organizations', { name: `org-${counter}` }),
      roles: await server.make('POST', '/roles', { name: `Everybody ${counter}` }),
    };
    const created_at = server.services.clock();
    await place.database.write(async (sql) => {
      const { tenant } = server;
      for (const { user_id } of users) {
        const member = { tenant, organization_id: organizations.id, user_id, created_at };
        await sql.query(sql.build.insertInto('organization_members').values(member));
        await sql.query(sql.build.insertInto('role_users').values({ tenant, role_id: roles.id, user_id, created_at }));
      }
    });
    const count = async (table: 'organization_members' | 'role_users') => {
      const { build, query } = place.database.read;
      return (await query(build.selectFrom(table).select('user_id'))).length;
    };
    const before = [await count('organization_members'), await count('role_users')];
    await server.make('DELETE', `/organizations/${organizations.id}`);
    await server.make('DELETE', `/roles/${roles.id}`);
    const [some] = users;
    assert.deepEqual(await server.make('GET', `/users/${some!.user_id}/roles`), []);
    assert.deepEqual(await server.make('GET', `/users/${some!.user_id}/organizations`), []);
    await workUntilDone();
    const after = [await count('organization_members'), await count('role_users')];
    assert.deepEqual(
      after,
      before.map((total) => total - 1200),
    );
  });

  test('tokens and consents of a deleted client go, those of others stay', async () => {
    const [one, other] = [await makeClient(server), await makeClient(server)];
    const tenant = server.tenant;
    const created_at = server.services.clock();
    await place.database.write(async (sql) => {
      for (const { client_id } of [one, other]) {
        for (let n = 0; n < 2500; n++) {
          const id = `${String(n).padStart(5, '0')}-${client_id}`;
          const grant = { tenant, id, client_id, user_id: `auth0|${n}`, audience: 'x', scope: '', created_at };
          await sql.query(sql.build.insertInto('grants').values(grant));
        }
      }
    });
    const left = async (client_id: string) => {
      const { build, query } = place.database.read;
      return (await query(build.selectFrom('grants').select('id').where('client_id', '=', client_id))).length;
    };
    await server.make('DELETE', `/clients/${one.client_id}`);
    assert.ok((await left(one.client_id)) > 0, 'the rest is for later');
    await workUntilDone();
    assert.deepEqual([await left(one.client_id), await left(other.client_id)], [0, 2500]);
  });
});
