// Jobs, through HTTP: a file comes in, a worker does it step by step, and what is done is there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { useLink } from '../../login/link-testing.ts';
import { onEveryServer } from '../../testing.ts';
import { getPassword } from '../users/store.ts';
import { importedFactorStore, importStep } from './import.ts';
import { makeWorker } from './run.ts';
import { chunkId, chunkStore, JobMoved, readJob, removeJob } from './store.ts';

const PASSWORD = 'Correct horse 1 battery';
const BCRYPT = '$2b$10$CwTycUXWue0Thq9StjUM0uJ8b6F0b0i2v2o0o3s5H0VbB7nR3bLGa';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

onEveryServer('Jobs', (server) => {
  let connectionId = '';
  const connection = async () => {
    connectionId ||= (await server.make('GET', '/connections?name=Username-Password-Authentication'))[0].id;
    return connectionId;
  };
  const form = async (file: unknown, fields: Record<string, string> = {}) => {
    const body = new FormData();
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    if (file !== undefined) body.set('users', new Blob([text], { type: 'application/json' }), 'users.json');
    for (const [name, value] of Object.entries({ connection_id: await connection(), ...fields })) body.set(name, value);
    return body;
  };
  const send = async (file: unknown, fields: Record<string, string> = {}, token = server.token) => {
    const response = await fetch(`${server.base}/api/v2/jobs/users-imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: await form(file, fields),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const work = async () => {
    const worker = makeWorker(server.services);
    while (await worker.work());
  };
  const run = async (file: unknown, fields: Record<string, string> = {}) => {
    const { status, body } = await send(file, fields);
    assert.equal(status, 202, JSON.stringify(body));
    await work();
    return server.make('GET', `/jobs/${body.id}`);
  };
  const byEmail = async (email: string) => (await server.make('GET', `/users-by-email?email=${email}`))[0];

  test('users come in, are counted, and what failed is told row by row', async () => {
    const started = await send(
      [
        {
          email: 'One@Example.com',
          user_id: 'one',
          email_verified: true,
          name: 'One',
          user_metadata: { a: 1 },
          password_hash: BCRYPT,
        },
        { email: 'two@example.com', blocked: true },
        { email: 'one@example.com' },
        { email: 'some@@example.com' },
        { given_name: 'Nobody' },
        { email: 'four@example.com', shoe_size: 7, password_hash: 'secret hash' },
      ],
      { external_id: 'mine' },
    );
    assert.equal(started.status, 202);
    assert.deepEqual(
      [started.body.type, started.body.status, started.body.external_id, started.body.connection_id],
      ['users_import', 'pending', 'mine', await connection()],
    );
    assert.equal((await server.api('GET', `/jobs/${started.body.id}/errors`)).status, 204);
    await work();
    const job = await server.make('GET', `/jobs/${started.body.id}`);
    assert.deepEqual(
      [job.status, job.percentage_done, job.summary],
      ['completed', 100, { failed: 4, updated: 0, inserted: 2, total: 6 }],
    );
    const errors = await server.make('GET', `/jobs/${started.body.id}/errors`);
    assert.deepEqual(
      errors.map((row: { errors: { code: string; path: string }[] }) =>
        row.errors.map(({ code, path }) => `${code} ${path}`).sort(),
      ),
      [
        ['DUPLICATED_USER email'],
        ['FORMAT email'],
        ['OBJECT_REQUIRED email'],
        ['NOT_PASSED shoe_size', 'PATTERN password_hash'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(errors), /secret hash/);
    const user = await server.make('GET', '/users/auth0%7Cone');
    assert.deepEqual(
      [user.email, user.email_verified, user.name, user.user_metadata],
      ['one@example.com', true, 'One', { a: 1 }],
    );
    assert.equal((await byEmail('two@example.com')).blocked, true);
    const [begun] = await server.make('GET', '/logs?q=type:sapi AND description:"Create import users job"');
    assert.equal(begun.details.response.body.id, started.body.id);
    assert.equal(begun.details.request.body, undefined);
    const [event] = await server.make('GET', '/logs?q=type:sui');
    assert.equal(event.details.job_id, started.body.id);
  });

  test('an imported hash lets its user in once, and is replaced', async () => {
    const custom_password_hash = {
      algorithm: 'sha256',
      hash: { value: sha256(`salt${PASSWORD}`), encoding: 'hex' },
      salt: { value: 'salt' },
    };
    const job = await run([{ email: 'old@example.com', user_id: 'old', custom_password_hash }]);
    assert.equal(job.summary.inserted, 1);
    const stored = () => getPassword(server.services.database.read, server.tenant, 'auth0|old');
    assert.match((await stored())!.hash, /^\$imported\$/);
    const { authenticate } = await import('../../connections/database/authenticate.ts');
    const found = (await server.services.stores.connections.get(
      server.services.database.read,
      server.tenant,
      await connection(),
    ))!;
    const configuration = await server.services.configurations.of(server.tenant);
    const site = { tenant: server.tenant, host: 'localhost', issuer: server.issuer };
    const context = {
      site,
      tenant: server.tenant,
      hostname: 'localhost',
      ip: '127.0.0.1',
      userAgent: '',
      now: Date.now(),
    };
    const check = (password: string) =>
      authenticate(server.services, configuration, context, found, 'old@example.com', password);
    assert.deepEqual(Object.keys(await check('wrong')).sort(), ['failure', 'user']);
    assert.ok('user' in (await check(PASSWORD)) && !('failure' in (await check(PASSWORD))));
    assert.match((await stored())!.hash, /^\$argon2id\$/);
  });

  test('without upsert a known user is an error, with it the profile changes but not the name to sign in', async () => {
    const row = { email: 'known@example.com', user_id: 'known', nickname: 'a', user_metadata: { a: 1 } };
    await run([row]);
    const again = await run([{ ...row, nickname: 'b' }]);
    assert.deepEqual(again.summary, { failed: 1, updated: 0, inserted: 0, total: 1 });
    const upsert = await run(
      [{ email: 'known@example.com', nickname: 'b', user_metadata: { c: 2 } }, { email: 'fresh@example.com' }],
      { upsert: 'true' },
    );
    assert.deepEqual(upsert.summary, { failed: 0, updated: 1, inserted: 1, total: 2 });
    const user = await server.make('GET', '/users/auth0%7Cknown');
    assert.deepEqual([user.nickname, user.user_metadata], ['b', { c: 2 }]);
  });

  test('an id that was linked to somebody is taken, with and without a password, and by an upsert too', async () => {
    await run([
      { email: 'owner@example.com', user_id: 'owner' },
      { email: 'linked@example.com', user_id: 'linked', password_hash: BCRYPT },
    ]);
    await server.make('POST', '/users/auth0%7Cowner/identities', { provider: 'auth0', user_id: 'linked' });
    for (const row of [{}, { password_hash: BCRYPT }]) {
      for (const upsert of ['false', 'true']) {
        const job = await run([{ email: 'thief@example.com', user_id: 'linked', ...row }], { upsert });
        assert.deepEqual(job.summary, { failed: 1, updated: 0, inserted: 0, total: 1 });
      }
    }
    assert.equal(await byEmail('thief@example.com'), undefined);
  });

  test('a job that meets an error does not hold up the others', async () => {
    const [broken, good] = [await send([{ email: 'b@example.com' }]), await send([{ email: 'g@example.com' }])];
    const { database } = server.services;
    const id = chunkId(broken.body.id, 'input', 0);
    const doc = JSON.stringify({ id, job: broken.body.id, rows: 'not sealed' });
    await database.write((sql) => sql.query(sql.build.updateTable('documents').set({ doc }).where('id', '=', id)));
    const worker = makeWorker(server.services);
    while (await worker.work().catch(() => false));
    assert.equal((await server.make('GET', `/jobs/${good.body.id}`)).status, 'completed');
    await assert.rejects(worker.work(), /Not a sealed value/);
    await database.write((sql) => removeJob(sql, server.services.vault, server.tenant, broken.body.id));
  });

  test('an upsert replaces a hash that was imported, never a password that its user has used', async () => {
    const hashed = (value: string) => ({ algorithm: 'sha256', hash: { value: sha256(value), encoding: 'hex' } });
    const read = () => getPassword(server.services.database.read, server.tenant, 'auth0|hashed');
    await run([{ email: 'hashed@example.com', user_id: 'hashed', custom_password_hash: hashed('a') }]);
    const first = (await read())!.hash;
    await run([{ email: 'hashed@example.com', custom_password_hash: hashed('b') }], { upsert: 'true' });
    const second = (await read())!.hash;
    assert.notEqual(second, first);
    await server.make('PATCH', '/users/auth0%7Chashed', { password: PASSWORD });
    const own = (await read())!.hash;
    await run([{ email: 'hashed@example.com', custom_password_hash: hashed('c') }], { upsert: 'true' });
    assert.equal((await read())!.hash, own);
  });

  test('factors are kept, sealed', async () => {
    const mfa_factors = [{ totp: { secret: 'JBSWY3DPEHPK3PXP' } }, { phone: { value: '+491701234567' } }];
    await run([{ email: 'mfa@example.com', user_id: 'mfa', mfa_factors }]);
    const { read } = server.services.database;
    const kept = await importedFactorStore(server.services).get(read, server.tenant, 'auth0|mfa');
    assert.deepEqual(kept?.factors, mfa_factors);
    const rows = await read.query<{ doc: string }>(read.build.selectFrom('documents').select('doc'));
    assert.doesNotMatch(JSON.stringify(rows), /JBSWY3DPEHPK3PXP/);
  });

  test('lines of JSON come in as an array does', async () => {
    const lines = [1, 2, 3].map((n) => JSON.stringify({ email: `line${n}@example.com` })).join('\n');
    assert.equal((await run(lines)).summary.inserted, 3);
  });

  test('a job that was interrupted goes on after its last whole step, and every user comes once', async () => {
    const count = 1230;
    const file = Array.from({ length: count }, (_, n) => ({ email: `many${n}@example.com` }));
    const { body } = await send(file);
    const cursor = { rows: [] };
    let state = (await readJob(server.services.database.read, server.tenant, body.id))!;
    for (let i = 0; i < 7; i++) ({ state } = await importStep(server.services, state, cursor));
    assert.equal(state.job.summary?.inserted, 700);
    // A step that somebody else did meanwhile is undone, users and all.
    const before = state;
    ({ state } = await importStep(server.services, before, cursor));
    await assert.rejects(importStep(server.services, before, cursor), JobMoved);
    const halfway = await server.make('GET', `/jobs/${body.id}`);
    assert.equal(halfway.percentage_done, 65);
    assert.deepEqual(halfway.summary, { failed: 0, updated: 0, inserted: 800, total: 800 });
    // Another process takes over: it knows what is stored and nothing else.
    await work();
    const job = await server.make('GET', `/jobs/${body.id}`);
    assert.deepEqual(job.summary, { failed: 0, updated: 0, inserted: count, total: count });
    const chunk = await chunkStore(server.services.vault).get(
      server.services.database.read,
      server.tenant,
      chunkId(body.id, 'input', 0),
    );
    assert.equal(chunk, undefined);
  });

  test('two workers share the work and do nothing twice', async () => {
    const file = Array.from({ length: 900 }, (_, n) => ({ email: `both${n}@example.com` }));
    const { body } = await send(file);
    await Promise.all([work(), work(), work()]);
    const job = await server.make('GET', `/jobs/${body.id}`);
    assert.deepEqual([job.status, job.summary.inserted], ['completed', 900]);
  });

  test('a job whose connection went fails and says so', async () => {
    const made = await server.make('POST', '/connections', { name: 'gone', strategy: 'auth0' });
    const { body } = await send([{ email: 'a@example.com' }], { connection_id: made.id });
    const { database, stores, configurations } = server.services;
    await database.write(async (sql) => {
      await stores.connections.remove(sql, server.tenant, made.id);
      await configurations.touch(sql, server.tenant);
    });
    await work();
    const job = await server.make('GET', `/jobs/${body.id}`);
    assert.deepEqual([job.status, job.status_details], ['failed', 'The connection does not exist any more.']);
    assert.equal((await server.make('GET', `/jobs/${body.id}/errors`)).status, 'failed');
  });

  test('what is no import is refused and leaves nothing behind', async () => {
    const bad: [unknown, Record<string, string>, RegExp][] = [
      ['nonsense', {}, /Failed to parse users file JSON/],
      ['[{"email":"a@b.c"}', {}, /Failed to parse users file JSON/],
      [undefined, {}, /Missing required property: users/],
      [[], { connection_id: 'nonsense' }, /does not match pattern/],
      [[], { connection_id: 'con_0000000000000000' }, /connection does not exist/],
      [[], { upsert: 'perhaps' }, /No enum match for: perhaps/],
      [[], { colour: 'red' }, /Additional properties not allowed: colour/],
    ];
    const { read } = server.services.database;
    const count = () =>
      read.query<{ id: string }>(
        read.build.selectFrom('documents').select('id').where('kind', 'in', ['job', 'job_chunk', 'job_queue']),
      );
    const before = (await count()).length;
    for (const [file, fields, message] of bad) {
      const answer = await send(file, fields);
      assert.equal(answer.status, 400, JSON.stringify(answer.body));
      assert.match(answer.body.message, message);
    }
    assert.equal((await count()).length, before);
    assert.equal((await server.api('POST', '/jobs/users-imports', {})).status, 400);
    assert.equal((await send([], {}, await server.tokenWith('read:users'))).status, 403);
    const other = await fetch(`${server.base}/api/v2/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}` },
      body: await form([]),
    });
    assert.equal(other.status, 415);
    await other.arrayBuffer();
  });

  test('an empty file is an import of nobody', async () => {
    assert.deepEqual((await run([])).summary, { failed: 0, updated: 0, inserted: 0, total: 0 });
  });

  const fetchFile = async (location: string) => {
    const { pathname, search } = new URL(location);
    const response = await fetch(server.base + pathname + search);
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const exported = async (body: object) => {
    const started = await server.api('POST', '/jobs/users-exports', body);
    assert.equal(started.status, 200);
    assert.equal(started.body.type, 'users_export');
    await work();
    return server.make('GET', `/jobs/${started.body.id}`);
  };

  test('an export is a file of lines, with the fields that are asked for', async () => {
    const total = (await server.make('GET', '/users?include_totals=true&per_page=1')).total;
    const job = await exported({
      connection_id: await connection(),
      format: 'json',
      fields: [{ name: 'email' }, { name: 'user_metadata.a', export_as: 'a' }, { name: 'identities[0].provider' }],
    });
    assert.deepEqual([job.status, job.format, job.percentage_done], ['completed', 'json', 100]);
    const file = await fetchFile(job.location);
    assert.equal(file.headers.get('content-type'), 'application/gzip');
    const lines = gunzipSync(file.bytes)
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(lines.length, total);
    assert.equal(new Set(lines.map(({ email }) => email)).size, total);
    const one = lines.find(({ email }) => email === 'one@example.com');
    assert.deepEqual(one, { email: 'one@example.com', a: 1, 'identities[0].provider': 'auth0' });
  });

  test('a table quotes what needs it and hides what a spreadsheet would run', async () => {
    await server.make('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: 'csv@example.com',
      password: PASSWORD,
      name: '=cmd("a"), b',
    });
    const job = await exported({ format: 'csv', fields: [{ name: 'email', export_as: 'E-mail' }, { name: 'name' }] });
    const lines = gunzipSync((await fetchFile(job.location)).bytes)
      .toString()
      .split('\r\n');
    assert.equal(lines[0], 'E-mail,name');
    assert.ok(lines.includes(`csv@example.com,"'=cmd(""a""), b"`));
  });

  test('an export may be limited, and its file can be fetched for a day by whoever has the address', async () => {
    const job = await exported({ limit: 3 });
    const lines = gunzipSync((await fetchFile(job.location)).bytes)
      .toString()
      .trim()
      .split('\n');
    assert.equal(lines.length, 3);
    assert.ok(JSON.parse(lines[0]!).user_id);
    assert.equal((await fetchFile(job.location.replace(/ticket=.*/, 'ticket=x'))).status, 404);
    assert.equal((await fetchFile(job.location.replace(/\?.*/, ''))).status, 404);
    server.advance(25 * 3_600_000);
    assert.equal((await fetchFile(job.location)).status, 404);
    const token = await server.tokenWith('read:users');
    assert.equal((await server.api('GET', `/jobs/${job.id}`, undefined, token)).body.location, undefined);
    server.advance(-25 * 3_600_000);
  });

  test('what is no export is refused', async () => {
    const bad: [object, RegExp][] = [
      [{ format: 'xml' }, /No enum match for: xml/],
      [{ limit: 0 }, /less than minimum 1/],
      [{ fields: [{ name: 'a..b' }] }, /is no field/],
      [{ fields: [{ name: 'a' }, { name: 'b', export_as: 'a' }] }, /Two fields/],
      [{ connection_id: 'con_0000000000000000' }, /connection does not exist/],
      [{ colour: 1 }, /Additional properties not allowed/],
    ];
    for (const [body, message] of bad) {
      const answer = await server.api('POST', '/jobs/users-exports', body);
      assert.equal(answer.status, 400);
      assert.match(answer.body.message, message);
    }
  });

  test('a verification mail is sent with the tenant’s template, and its link works', async () => {
    await server.make('PATCH', '/email-templates/verify_email', {
      body: '<p>Hi {{ user.name | escape }}</p><p><a href="{{ url }}">Go</a> {{ application.name }} {{ connection.name }}</p>',
      subject: 'Hello {{ user.email }}',
      from: '{{ application.name }} <hi@example.com>',
      resultUrl: 'https://app.example.com/{{ tenant }}',
      urlLifetimeInSeconds: 60,
      enabled: true,
    });
    const user = await server.make('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: 'mail@example.com',
      name: 'A & B',
      password: PASSWORD,
    });
    const job = await server.api('POST', '/jobs/verification-email', {
      user_id: user.user_id,
      client_id: server.setup.client_id,
    });
    assert.deepEqual([job.status, job.body.type, job.body.status], [201, 'verification_email', 'completed']);
    assert.equal((await server.make('GET', `/jobs/${job.body.id}`)).status, 'completed');
    const [mail] = (await server.make('GET', '/mailbox?per_page=1')).messages;
    assert.deepEqual([mail.to, mail.subject], ['mail@example.com', 'Hello mail@example.com']);
    assert.match(mail.html, /<p>Hi A &amp; B<\/p>/);
    assert.match(mail.text, /^Hi A & B\n\nGo: http.*Management API client Username-Password-Authentication$/s);
    const [row] = await server.services.database.read.query<{ sender: string }>(
      server.services.database.read.build.selectFrom('mails').select('sender').where('id', '=', mail.id),
    );
    assert.equal(row!.sender, 'Management API client <hi@example.com>');
    const link = /href="([^"]+)"/.exec(mail.html)![1]!.replaceAll('&amp;', '&');
    const done = await useLink(server, link);
    assert.match(done.text, /href="https:\/\/app\.example\.com\/main\?email=mail%40example\.com&amp;success=true/);
    assert.equal((await byEmail('mail@example.com')).email_verified, true);
  });

  test('a link ends when the template says so, and a welcome follows where it is wanted', async () => {
    await server.make('PATCH', '/email-templates/welcome_email', { enabled: true, subject: 'Welcome you' });
    const make = async (email: string) => {
      const user = await server.make('POST', '/users', {
        connection: 'Username-Password-Authentication',
        email,
        password: PASSWORD,
      });
      await server.make('POST', '/jobs/verification-email', { user_id: user.user_id });
      const [mail] = (await server.make('GET', '/mailbox?per_page=1')).messages;
      return /href="([^"]+)"/.exec(mail.html)![1]!.replaceAll('&amp;', '&');
    };
    const late = await make('late@example.com');
    server.advance(61_000);
    assert.equal((await useLink(server, late)).status, 400);
    assert.equal((await useLink(server, await make('soon@example.com'))).status, 200);
    const [mail] = (await server.make('GET', '/mailbox?per_page=1')).messages;
    assert.deepEqual([mail.to, mail.subject], ['soon@example.com', 'Welcome you']);
  });

  test('mails nobody can be asked for are refused', async () => {
    const path = '/jobs/verification-email';
    assert.equal((await server.api('POST', path, { user_id: 'auth0|nobody' })).status, 404);
    assert.equal((await server.api('POST', path, {})).status, 400);
    assert.equal((await server.api('POST', path, { user_id: 'auth0|one', client_id: 'x' })).status, 400);
    assert.equal((await server.api('GET', '/jobs/job_nothing')).body.errorCode, 'inexistent_job');
    assert.equal((await server.api('GET', '/jobs/job_nothing/errors')).status, 404);
  });
});
