/** APIs (resource servers) over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Resource servers', (server) => {
  test('an API is made, read by id and identifier, changed and deleted', async () => {
    const identifier = 'https://api.example.com/v1';
    const made = await server.make('POST', '/resource-servers', { identifier, name: 'API', scopes: [{ value: 'a' }] });
    assert.equal(made.signing_alg, 'RS256');
    assert.equal(made.token_lifetime, 86400);
    assert.equal((await server.make('GET', `/resource-servers/${made.id}`)).identifier, identifier);
    assert.equal((await server.make('GET', `/resource-servers/${encodeURIComponent(identifier)}`)).id, made.id);
    const changed = await server.make('PATCH', `/resource-servers/${made.id}`, { token_lifetime: 60, scopes: [] });
    assert.equal(changed.token_lifetime, 60);
    assert.equal((await server.api('PATCH', `/resource-servers/${made.id}`, { identifier: 'x' })).status, 400);
    assert.equal((await server.api('POST', '/resource-servers', { identifier })).status, 409);
    assert.equal((await server.api('DELETE', `/resource-servers/${made.id}`)).status, 204);
    assert.equal((await server.api('GET', `/resource-servers/${made.id}`)).status, 404);
  });

  test('refused: no identifier, bad lifetimes, scopes that are none', async () => {
    const identifier = 'https://refused.example.com';
    const wrong: Record<string, unknown>[] = [
      {},
      { identifier: '' },
      { identifier: 'x'.repeat(601) },
      { identifier, token_lifetime: -1 },
      { identifier, token_lifetime: 1e9 },
      { identifier, signing_alg: 'none' },
      { identifier, scopes: ['read'] },
      { identifier, scopes: [{ description: 'without a value' }] },
      { identifier, token_dialect: 'pirate' },
      { identifier, is_system: true },
    ];
    for (const body of wrong) {
      const answer = await server.api('POST', '/resource-servers', body);
      assert.equal(answer.status, 400, JSON.stringify(body).slice(0, 80));
    }
  });

  test('the Management API itself can be seen, and neither deleted nor renamed', async () => {
    const all = await server.make('GET', '/resource-servers');
    const system = all.find(({ is_system }: { is_system?: boolean }) => is_system);
    assert.ok(system);
    assert.ok((await server.api('DELETE', `/resource-servers/${system.id}`)).status >= 400);
    assert.ok((await server.api('PATCH', `/resource-servers/${system.id}`, { scopes: [] })).status >= 400);
    assert.equal((await server.api('GET', '/clients')).status, 200);
  });

  test('lists: pages, totals, identifiers', async () => {
    for (const name of ['one', 'two', 'three']) {
      await server.make('POST', '/resource-servers', { identifier: `https://${name}.example.com`, name });
    }
    const page = await server.make('GET', '/resource-servers?per_page=2&include_totals=true');
    assert.equal(page.resource_servers.length, 2);
    const found = await server.make('GET', '/resource-servers?identifiers=https://one.example.com');
    assert.equal(found.length, 1);
  });

  test('deleting an API takes the grants for it along', async () => {
    const identifier = 'https://doomed.example.com';
    const api = await server.make('POST', '/resource-servers', { identifier, name: 'Doomed' });
    const { client_id } = await server.make('POST', '/clients', { name: 'M', app_type: 'non_interactive' });
    const { id } = await server.make('POST', '/client-grants', { client_id, audience: identifier, scope: [] });
    await server.make('DELETE', `/resource-servers/${api.id}`);
    assert.equal((await server.api('GET', `/client-grants/${id}`)).status, 404);
  });
});
