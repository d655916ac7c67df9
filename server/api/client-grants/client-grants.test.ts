/** Client grants over HTTP. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const AUDIENCE = 'https://granted.example.com';

onEveryServer('Client grants', (server) => {
  let client_id = '';

  before(async () => {
    client_id = (await server.make('POST', '/clients', { name: 'Machine', app_type: 'non_interactive' })).client_id;
    const scopes = [{ value: 'read:all' }, { value: 'write:all' }];
    await server.make('POST', '/resource-servers', { identifier: AUDIENCE, name: 'Granted', scopes });
  });

  test('a grant is made, read, changed and deleted', async () => {
    const grant = await server.make('POST', '/client-grants', { client_id, audience: AUDIENCE, scope: ['read:all'] });
    assert.match(grant.id, /^cgr_/);
    const path = `/client-grants/${grant.id}`;
    assert.deepEqual((await server.make('GET', path)).scope, ['read:all']);
    const changed = await server.make('PATCH', path, { scope: ['read:all', 'write:all'] });
    assert.deepEqual(changed.scope, ['read:all', 'write:all']);
    const twice = await server.api('POST', '/client-grants', { client_id, audience: AUDIENCE, scope: [] });
    assert.equal(twice.status, 409);
    assert.equal((await server.api('DELETE', path)).status, 204);
    assert.equal((await server.api('GET', path)).status, 404);
  });

  test('lists are filtered and paged', async () => {
    await server.make('POST', '/client-grants', { client_id, audience: AUDIENCE, scope: [] });
    const mine = await server.make('GET', `/client-grants?client_id=${client_id}`);
    assert.equal(mine.length, 1);
    const byApi = await server.make(
      'GET',
      `/client-grants?audience=${encodeURIComponent(AUDIENCE)}&include_totals=true`,
    );
    assert.equal(byApi.total, 1);
    const none = await server.make('GET', '/client-grants?client_id=nobody');
    assert.deepEqual(none, []);
    assert.ok((await server.make('GET', '/client-grants?take=1')).client_grants.length === 1);
  });

  test('refused: unknown client, API or scope', async () => {
    const other = (await server.make('POST', '/clients', { name: 'Other', app_type: 'non_interactive' })).client_id;
    const wrong: [Record<string, unknown>, number[]][] = [
      [{ client_id: 'nobody', audience: AUDIENCE, scope: [] }, [400, 404]],
      [{ client_id: other, audience: 'https://nobody.example.com', scope: [] }, [400, 404]],
      [{ client_id: other, audience: AUDIENCE, scope: ['steal:all'] }, [400]],
      [{ client_id: other, scope: [] }, [400]],
      [{ client_id: other, audience: AUDIENCE, scope: 'read:all' }, [400]],
    ];
    for (const [body, statuses] of wrong) {
      const answer = await server.api('POST', '/client-grants', body);
      assert.ok(statuses.includes(answer.status), `${JSON.stringify(body)}: ${answer.text}`);
    }
  });

  test('of parallel grants for one client and API one is made', async () => {
    const { client_id: racer } = await server.make('POST', '/clients', { name: 'Racer', app_type: 'non_interactive' });
    const body = { client_id: racer, audience: AUDIENCE, scope: [] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => server.api('POST', '/client-grants', body)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status }) => status === 201 || status === 409));
  });
});
