/** The clients that are listed for an organization. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { makers } from '../testing.ts';

onEveryServer('Clients of organizations', (server) => {
  const make = makers(server);
  const listed = async (path: string, query = '') =>
    (await server.make('GET', `${path}${query}`)).clients.map((item: { client_id: string }) => item.client_id);

  test('clients are listed, changed and taken from the list', async () => {
    const path = `/organizations/${(await make.organization()).id}/clients`;
    const [one, two] = [await make.client(), await make.client({ is_first_party: false })];
    const added = await server.api('POST', path, {
      clients: [{ client_id: one.client_id, use_for_member_access: true }, { client_id: two.client_id }],
    });
    assert.equal(added.status, 201);
    const shown = {
      client_id: one.client_id,
      use_for_member_access: true,
      client: { name: one.name, is_first_party: true, grant_types: one.grant_types },
    };
    assert.deepEqual(added.body[0], shown);
    assert.deepEqual([added.body[1].use_for_member_access, added.body[1].client.is_first_party], [false, false]);
    assert.deepEqual(await server.make('GET', `${path}/${one.client_id}`), shown);
    const changed = await server.make('PATCH', `${path}/${one.client_id}`, { use_for_member_access: false });
    assert.deepEqual(changed, { ...shown, use_for_member_access: false });
    assert.deepEqual(await server.make('PATCH', `${path}/${one.client_id}`, {}), changed);
    assert.deepEqual(await listed(path), [two.client_id, one.client_id]);
    const first = await server.make('GET', `${path}?take=1`);
    assert.equal(first.next, two.client_id);
    assert.deepEqual(await listed(path, `?take=1&from=${first.next}`), [one.client_id]);
    for (let i = 0; i < 2; i++) {
      assert.equal((await server.api('DELETE', path, { clients: [one.client_id] })).status, 204);
    }
    assert.deepEqual(await listed(path), [two.client_id]);
    for (const [method, body] of [['GET'], ['PATCH', {}]] as const) {
      const gone = await server.api(method, `${path}/${one.client_id}`, body);
      assert.deepEqual([gone.status, gone.body.errorCode], [404, 'inexistent_client'], method);
    }
    await server.make('DELETE', `/clients/${two.client_id}`);
    assert.deepEqual(await listed(path), []);
  });

  test('bad requests are refused', async () => {
    const path = `/organizations/${(await make.organization()).id}/clients`;
    const { client_id } = await make.client();
    for (const [body, told] of [
      [{}, /Missing required property: clients/],
      [{ clients: [] }, /too short/],
      [{ clients: [client_id] }, /Expected type object/],
      [{ clients: [{ client_id, color: 1 }] }, /Additional properties/],
      [{ clients: [{ client_id, use_for_member_access: 'yes' }] }, /Expected type boolean/],
      [{ clients: [{ client_id }, { client_id: 'unknown' }] }, /does not exist: unknown/],
    ] as const) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, told);
    }
    // The first of a refused pair was not kept.
    assert.deepEqual(await listed(path), []);
    await server.make('POST', path, { clients: [{ client_id }] });
    const again = await server.api('POST', path, { clients: [{ client_id }] });
    assert.deepEqual([again.status, again.body.errorCode], [409, 'organization_client_conflict']);
    const most = Array.from({ length: 100 }, (_, i) => ({ client_id: `client${i}` }));
    const more = await server.api('POST', path, { clients: most });
    assert.deepEqual([more.status, more.body.errorCode], [400, 'too_many_entities']);
    const elsewhere = '/organizations/org_unknown/clients';
    for (const [method, rest, body] of [
      ['GET', ''],
      ['POST', '', { clients: [{ client_id }] }],
      ['DELETE', '', { clients: [client_id] }],
      ['GET', `/${client_id}`],
      ['PATCH', `/${client_id}`, {}],
    ] as const) {
      const answer = await server.api(method, elsewhere + rest, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_organization'], method);
    }
    const reader = await server.tokenWith('read:organization_clients');
    assert.equal((await server.api('GET', path, undefined, reader)).status, 200);
    assert.equal((await server.api('DELETE', path, { clients: [client_id] }, reader)).status, 403);
  });
});
