/** What users are found by follows what becomes of them, over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { makeWorker } from '../jobs/run.ts';
import { fillUserTerms } from './fill-terms.ts';
import { fromRow, recordLogin } from './store.ts';
import { termsOf } from './terms.ts';

const CONNECTION = 'Username-Password-Authentication';

onEveryServer('The index of users', (server) => {
  let made = 0;
  const makeUser = (more: object = {}) =>
    server.make('POST', '/users', {
      connection: CONNECTION,
      email: `indexed${++made}@example.com`,
      password: 'Correct-horse-7',
      ...more,
    });
  const find = async (q: string): Promise<string[]> => {
    const users = await server.make('GET', `/users?search_engine=v3&q=${encodeURIComponent(q)}`);
    return users.map((user: { user_id: string }) => user.user_id);
  };
  const storedTerms = async (): Promise<string[]> => {
    const { read } = server.services.database;
    const rows = await read.query(read.build.selectFrom('user_terms').selectAll());
    return rows.map((row) => JSON.stringify([row.path, row.value, Number(row.created_at), row.user_id])).toSorted();
  };
  /** The rows are those of the users there are, and no others. */
  const checkIndex = async (): Promise<void> => {
    const { read } = server.services.database;
    const rows = await read.query(read.build.selectFrom('users').selectAll());
    const expected = rows.flatMap((row) =>
      termsOf(fromRow(row)!).map(({ path, value }) => JSON.stringify([path, value, row.created_at, row.user_id])),
    );
    assert.deepEqual(await storedTerms(), expected.toSorted());
  };

  test('a new user is found by profile and metadata', async () => {
    const { user_id } = await makeUser({
      name: 'Katherine Coleman Johnson',
      user_metadata: { team: 'trajectories', badge: 62 },
      app_metadata: { tags: [{ label: 'first' }, { label: 'second' }] },
    });
    const queries = [
      'name:kath*',
      'johns',
      '"coleman j"',
      'user_metadata.badge:[60 TO 62]',
      'app_metadata.tags.label:second',
    ];
    for (const q of queries) assert.deepEqual(await find(q), [user_id], q);
    assert.deepEqual(await find('user_metadata.team:Trajectories'), []);
    await checkIndex();
  });

  test('a change is found, and what was there before is not', async () => {
    const { user_id } = await makeUser({ nickname: 'before', user_metadata: { step: 'one', kept: 'yes' } });
    await server.make('PATCH', `/users/${user_id}`, { nickname: 'after', user_metadata: { step: 'two' } });
    assert.deepEqual(await find('nickname:before OR user_metadata.step:one'), []);
    assert.deepEqual(await find('nickname:after AND user_metadata.step:two AND user_metadata.kept:yes'), [user_id]);
    await server.make('PATCH', `/users/${user_id}`, { blocked: true });
    assert.deepEqual(await find('blocked:true'), [user_id]);
    await server.make('PATCH', `/users/${user_id}`, { blocked: false });
    assert.deepEqual(await find('blocked:true'), []);
    await checkIndex();
  });

  test('a login leaves the index alone and is found', async () => {
    const { user_id } = await makeUser();
    const before = await storedTerms();
    const login = (now: number) =>
      server.services.database.write((sql) => recordLogin(sql, server.tenant, user_id, '192.0.2.9', now));
    await login(Date.parse('2031-05-05T10:00:00Z'));
    assert.deepEqual(await storedTerms(), before);
    assert.deepEqual(await find('last_login:2031-05-05'), [user_id]);
    assert.deepEqual(await find('last_ip:192.0.2.9 AND logins_count:1'), [user_id]);
  });

  test('a linked account is found as part of the other, and unlinked as itself again', async () => {
    const primary = await makeUser({ user_metadata: { role: 'primary' } });
    const secondary = await makeUser({ user_metadata: { role: 'secondary' }, nickname: 'secondary' });
    const id = secondary.user_id.replace('auth0|', '');
    const path = `/users/${primary.user_id}/identities`;
    await server.make('POST', path, { provider: 'auth0', user_id: id });
    assert.deepEqual(await find('user_metadata.role:secondary'), []);
    assert.deepEqual(await find(`identities.user_id:${id}`), [primary.user_id]);
    assert.deepEqual(await find('identities.profileData.nickname:secondary'), [primary.user_id]);
    await checkIndex();
    await server.make('DELETE', `${path}/auth0/${id}`);
    assert.deepEqual(await find(`identities.user_id:${id}`), [secondary.user_id]);
    assert.deepEqual(await find('nickname:secondary'), [secondary.user_id]);
    await checkIndex();
  });

  test('who is deleted is not found any more', async () => {
    const { user_id, email } = await makeUser({ user_metadata: { farewell: true } });
    assert.deepEqual(await find('user_metadata.farewell:true'), [user_id]);
    await server.make('DELETE', `/users/${user_id}`);
    assert.deepEqual(await find(`user_metadata.farewell:true OR email:"${email}"`), []);
    await checkIndex();
  });

  test('users of an import are found, and with their connection they go', async () => {
    const connection = await server.make('POST', '/connections', { name: 'imported', strategy: 'auth0' });
    const run = async (users: object[], fields: Record<string, string> = {}) => {
      const form = new FormData();
      form.set('connection_id', connection.id);
      form.set('users', new Blob([JSON.stringify(users)]), 'users.json');
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const headers = { authorization: `Bearer ${server.token}` };
      const answer = await fetch(`${server.base}/api/v2/jobs/users-imports`, { method: 'POST', headers, body: form });
      assert.equal(answer.status, 202);
      await answer.arrayBuffer();
      const worker = makeWorker(server.services);
      while (await worker.work());
    };
    const users = Array.from({ length: 130 }, (_, n) => ({
      email: `import${n}@example.net`,
      app_metadata: { batch: n % 2 },
    }));
    await run(users);
    assert.equal((await find('email.domain:example.net')).length, 50);
    assert.equal((await server.make('GET', '/users?q=app_metadata.batch:1&include_totals=true')).total, 65);
    await run([{ email: 'import3@example.net', app_metadata: { batch: 7 } }], { upsert: 'true' });
    assert.equal((await find('app_metadata.batch:7')).length, 1);
    assert.equal((await server.make('GET', '/users?connection=imported&include_totals=true')).total, 130);
    await checkIndex();
    await server.make('DELETE', `/connections/${connection.id}`);
    assert.deepEqual(await find('email.domain:example.net'), []);
    await checkIndex();
  });

  test('users who were there before the index get into it at the start', async () => {
    const { database } = server.services;
    const before = await storedTerms();
    // As after a crash in the middle: some are written, and nobody has noted how far it came.
    await database.execute(`delete from user_terms where path <> 'email'`);
    assert.ok((await fillUserTerms(database)) > 0);
    assert.deepEqual(await storedTerms(), before);
    assert.equal(await fillUserTerms(database), 0);
  });

  test('what cannot be searched or sorted by is refused', async () => {
    for (const query of [
      'q=blocked:maybe',
      'q=created_at:yesterday',
      'q=blocked:[a TO b]',
      'sort=picture:1',
      'sort=name:2',
    ])
      assert.equal((await server.api('GET', `/users?${query}`)).status, 400, query);
  });
});
