/** What is kept in memory does not outlive a change, whatever the clock does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../testing.ts';

const HOUR = 3_600_000;

onEveryServer('configuration that is kept', (server) => {
  test('a change by another process is seen when the clock was set back', async () => {
    const { configurations, database } = server.services;
    const { revision } = await configurations.of(server.tenant);
    server.advance(-HOUR);
    await database.write((sql) =>
      sql.query(sql.build.updateTable('tenants').set((e) => ({ revision: e('revision', '+', 1) }))),
    );
    assert.equal((await configurations.of(server.tenant)).revision, revision + 1);
    server.advance(HOUR);
  });

  test('the discovery document is made anew when the clock was set back', async () => {
    const languages = async () => (await server.get('/.well-known/openid-configuration')).body.ui_locales_supported;
    assert.deepEqual(await languages(), ['en']);
    server.advance(-HOUR);
    await server.make('PATCH', '/tenants/settings', { enabled_locales: ['en', 'de'] });
    assert.deepEqual(await languages(), ['en', 'de']);
    server.advance(HOUR);
  });
});
