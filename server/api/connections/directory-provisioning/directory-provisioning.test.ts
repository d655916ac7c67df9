/** The operations of `/connections/{id}/directory-provisioning` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';

onEveryServer('Directory provisioning', (server) => {
  let count = 0;
  const make = (strategy: string) => server.make('POST', '/connections', { name: `directory-${++count}`, strategy });
  const provisioned = async () => {
    const { id } = await make('google-apps');
    const path = `/connections/${id}/directory-provisioning`;
    return { id, path, provisioning: await server.make('POST', path, {}) };
  };

  test('provisioning begins with the defaults, is changed and ended', async () => {
    const { id, path, provisioning } = await provisioned();
    assert.equal(provisioning.connection_id, id);
    assert.equal(provisioning.strategy, 'google-apps');
    assert.equal(provisioning.synchronize_automatically, false);
    assert.equal(provisioning.synchronize_groups, 'off');
    const { mapping } = await server.make('GET', `${path}/default-mapping`);
    assert.deepEqual(provisioning.mapping, mapping);
    assert.deepEqual(await server.make('GET', path), provisioning);

    const change = { mapping: [{ auth0: 'email', idp: 'primaryEmail' }], synchronize_groups: 'selected' };
    const changed = await server.make('PATCH', path, change);
    assert.deepEqual({ ...changed, ...change }, changed);
    assert.equal(changed.synchronize_automatically, false);
    assert.equal((await server.api('DELETE', path)).status, 204);
    assert.equal((await server.api('GET', path)).status, 404);
  });

  test('groups are selected, added, taken away and found', async () => {
    const { path } = await provisioned();
    const groups = `${path}/synchronized-groups`;
    const ids = async (query = '') =>
      (await server.make('GET', `${groups}${query}`)).groups.map((g: { id: string }) => g.id);
    assert.deepEqual(await ids(), []);
    assert.equal((await server.api('PUT', groups, { groups: [{ id: 'one' }] })).status, 204);
    await server.make('POST', groups, { groups: [{ id: 'two' }, { id: 'one' }, { id: 'three' }] });
    assert.deepEqual(await ids(), ['one', 'two', 'three']);
    assert.deepEqual(await ids('?q=id:t*'), ['two', 'three']);
    assert.deepEqual(await ids('?q=one'), ['one']);
    assert.deepEqual(await ids('?q=name:one'), []);
    const page = await server.make('GET', `${groups}?take=2`);
    assert.deepEqual(page, { groups: [{ id: 'one' }, { id: 'two' }], next: 'two' });
    assert.deepEqual(await ids('?take=2&from=two'), ['three']);
    await server.make('DELETE', groups, { groups: [{ id: 'two' }, { id: 'nobody' }] });
    assert.deepEqual(await ids(), ['one', 'three']);
    await server.make('PUT', groups, { groups: [] });
    assert.deepEqual(await ids(), []);
  });

  test('a directory that nobody has given access to cannot be read, and the configuration tells', async () => {
    const { id, path } = await provisioned();
    const answer = await server.make('POST', `${path}/synchronizations`);
    assert.equal(answer.connection_id, id);
    assert.equal(answer.status, 'failed');
    const told = await server.make('GET', path);
    assert.equal(told.last_synchronization_status, 'failed');
    assert.match(told.last_synchronization_error, /access/);
    assert.ok(told.last_synchronization_at);
  });

  test('all configurations are listed, and go with their connection', async () => {
    const [first, second] = [await provisioned(), await provisioned()];
    const page = await server.make('GET', '/connections-directory-provisionings?take=1');
    assert.equal(page.directory_provisionings.length, 1);
    await server.make('DELETE', `/connections/${first.id}`);
    const { directory_provisionings } = await server.make('GET', '/connections-directory-provisionings');
    const ids = directory_provisionings.map((one: { connection_id: string }) => one.connection_id);
    assert.ok(ids.includes(second.id) && !ids.includes(first.id));
  });

  test('what is no provisioning is refused', async () => {
    const saml = await make('samlp');
    const bare = `/connections/${(await make('google-apps')).id}/directory-provisioning`;
    const { path } = await provisioned();
    for (const [method, where, body, status] of [
      ['POST', `/connections/${saml.id}/directory-provisioning`, {}, 400],
      ['GET', `/connections/${saml.id}/directory-provisioning/default-mapping`, undefined, 400],
      ['POST', '/connections/con_nobody/directory-provisioning', {}, 404],
      ['POST', path, {}, 409],
      ['POST', bare, { mapping: [] }, 400],
      ['POST', bare, { mapping: [{ auth0: 'a' }] }, 400],
      ['POST', bare, { more: 1 }, 400],
      ['PATCH', bare, {}, 404],
      ['PATCH', path, { synchronize_groups: 'some' }, 400],
      ['PATCH', path, { synchronize_automatically: 'yes' }, 400],
      ['GET', `${bare}/synchronized-groups`, undefined, 404],
      ['PUT', `${path}/synchronized-groups`, {}, 400],
      ['PUT', `${path}/synchronized-groups`, { groups: [{ id: 'no good' }] }, 400],
      ['POST', `${bare}/synchronized-groups`, { groups: [] }, 404],
      ['DELETE', `${bare}/synchronized-groups`, { groups: [] }, 404],
      ['POST', `${bare}/synchronizations`, undefined, 404],
    ] as const) {
      const answer = await server.api(method, where, body);
      assert.equal(answer.status, status, `${method} ${where} ${JSON.stringify(body)}: ${answer.text}`);
    }
  });
});
