// What every start brings up to date in a tenant that is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../testing.ts';
import { provisionTenant } from './provision.ts';
import { MANAGEMENT_SCOPES } from './scopes.ts';

onEveryServer('a tenant that is there', (server) => {
  test('the Management API has the scopes of this release, also where another one had as many', async () => {
    const { services, tenant, base } = server;
    const { database, stores, clock } = services;
    const api = (await stores.resourceServers.find(database.read, tenant, 'system', 'true'))!;
    const [, ...others] = MANAGEMENT_SCOPES;
    const scopes = [{ value: 'read:what_was', description: 'Of an older release' }, ...others];
    await database.write((sql) => stores.resourceServers.replace(sql, tenant, { ...api, scopes }, clock()));
    await provisionTenant(services, tenant, base);
    assert.deepEqual((await server.make('GET', `/resource-servers/${api.id}`)).scopes, MANAGEMENT_SCOPES);
  });
});
