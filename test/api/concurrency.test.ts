/** Changes at the same time: each changes another part, and none is lost, on either engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../server/testing.ts';

const KEYS = Array.from({ length: 8 }, (_, i) => `key${i}`);

onEveryServer('changes at once', (server) => {
  test('of a client', async () => {
    const { client_id } = await server.make('POST', '/clients', { name: 'Busy' });
    const path = `/clients/${client_id}`;
    await Promise.all(KEYS.map((key) => server.make('PATCH', path, { client_metadata: { [key]: 'x' } })));
    const { client_metadata } = await server.make('GET', path);
    assert.deepEqual(Object.keys(client_metadata).sort(), KEYS.toSorted());
  });

  test('of a user', async () => {
    const connection = 'Username-Password-Authentication';
    const { user_id } = await server.make('POST', '/users', {
      connection,
      email: 'busy@example.com',
      password: 'Correct horse 7 battery',
    });
    const path = `/users/${encodeURIComponent(user_id)}`;
    await Promise.all(KEYS.map((key) => server.make('PATCH', path, { user_metadata: { [key]: 'x' } })));
    const { user_metadata } = await server.make('GET', path);
    assert.deepEqual(Object.keys(user_metadata).sort(), KEYS.toSorted());
  });

  test('of the settings', async () => {
    const flags = [
      'enable_apis_section',
      'enable_client_connections',
      'enable_pipeline2',
      'disable_clickjack_protection_headers',
    ];
    await Promise.all(flags.map((flag) => server.make('PATCH', '/tenants/settings', { flags: { [flag]: true } })));
    const settings = await server.make('GET', '/tenants/settings');
    for (const flag of flags) assert.equal(settings.flags[flag], true, flag);
  });

  test('making one thing many times at once makes it once', async () => {
    const identifier = 'https://raced.example.com';
    const answers = await Promise.all(
      KEYS.map(() => server.api('POST', '/resource-servers', { identifier, name: 'Raced' })),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status }) => status === 201 || status === 409));
  });

  test('deleting while changing leaves nothing behind and answers nothing but 200, 204 and 404', async () => {
    const { client_id } = await server.make('POST', '/clients', { name: 'Doomed' });
    const path = `/clients/${client_id}`;
    const answers = await Promise.all([
      ...KEYS.map((key) => server.api('PATCH', path, { client_metadata: { [key]: 'x' } })),
      server.api('DELETE', path),
    ]);
    for (const { status, text } of answers) assert.ok([200, 204, 404].includes(status), text);
    assert.equal((await server.api('GET', path)).status, 404);
  });
});
