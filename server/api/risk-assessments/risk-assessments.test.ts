/** The operations of `/risk-assessments` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Risk assessments', (server) => {
  const cases = [
    { path: '/risk-assessments/settings', before: { enabled: false }, after: { enabled: true }, bad: { enabled: 1 } },
    {
      path: '/risk-assessments/settings/new-device',
      before: { remember_for: 30 },
      after: { remember_for: 20 },
      bad: { remember_for: 366 },
    },
  ];

  for (const { path, before, after, bad } of cases) {
    test(`${path} answers the default, then what was set`, async () => {
      assert.deepEqual(await server.make('GET', path), before);
      assert.deepEqual(await server.make('PATCH', path, after), after);
      assert.deepEqual(await server.make('GET', path), after);
    });

    test(`${path} refuses what is not a setting`, async () => {
      for (const body of [bad, {}, { ...after, more: 1 }]) {
        const answer = await server.api('PATCH', path, body);
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.equal(answer.body.errorCode, 'invalid_body');
      }
      const reader = await server.tokenWith('read:attack_protection');
      assert.equal((await server.api('PATCH', path, after, reader)).status, 403);
      assert.deepEqual(await server.make('GET', path), after);
    });
  }
});
