/** The operations of `/groups`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { makers } from '../organizations/testing.ts';
import { addMember } from './store.ts';

onEveryServer('Groups', (server) => {
  const make = makers(server);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);
  const join = (group: string, user: string, at = Date.now()) =>
    server.services.database.write((sql) => addMember(sql, server.tenant, group, user, at));

  test('groups are listed, filtered and read', async () => {
    const connection = await make.connection('google-apps', { options: { client_id: 'id', client_secret: 'secret' } });
    const one = await make.group({ name: 'Engineers', external_id: 'ext-1', connection_id: connection.id });
    const two = await make.group({ name: 'Sales' });
    const list = async (query: string) => {
      const answer = await server.make('GET', `/groups?${query}`);
      return ids(answer.groups ?? answer).filter((id) => [one, two].includes(id));
    };
    assert.deepEqual(await list(''), [one, two]);
    assert.deepEqual(await list(`connection_id=${connection.id}`), [one]);
    assert.deepEqual(await list('name=Sales'), [two]);
    assert.deepEqual(await list('external_id=ext-1'), [one]);
    assert.deepEqual(await list('search=GINE'), [one]);
    assert.deepEqual(await list('search=xt-1'), [one]);
    assert.deepEqual(await list('search=nothing'), []);
    const first = await server.make('GET', '/groups?take=1');
    assert.deepEqual([ids(first.groups), first.next], [[one], one]);
    assert.deepEqual(await list(`take=10&from=${one}`), [two]);
    const totals = await server.make('GET', '/groups?include_totals=true&per_page=1&page=1');
    assert.deepEqual([totals.total, ids(totals.groups)], [2, [two]]);
    assert.deepEqual(await server.make('GET', '/groups?name=Sales&fields=id,name'), [{ id: two, name: 'Sales' }]);
    const read = await server.make('GET', `/groups/${one}`);
    assert.deepEqual(read, {
      id: one,
      name: 'Engineers',
      external_id: 'ext-1',
      connection_id: connection.id,
      tenant_name: server.tenant,
      created_at: read.created_at,
      updated_at: read.created_at,
    });
    for (const query of ['take=0', 'name=', 'other=1']) {
      assert.equal((await server.api('GET', `/groups?${query}`)).status, 400, query);
    }
  });

  test('members of a group are paged', async () => {
    const group = await make.group();
    const users = [await make.user(), await make.user(), await make.user()].map((user) => user.user_id).toSorted();
    for (const user of users) await join(group, user, Date.UTC(2026, 0, 1));
    const path = `/groups/${group}/members`;
    const first = await server.make('GET', `${path}?take=2`);
    assert.deepEqual(first.members[0], {
      id: users[0],
      member_type: 'user',
      type: 'tenant',
      created_at: '2026-01-01T00:00:00.000Z',
    });
    assert.equal(first.members.length, 2);
    const rest = await server.make('GET', `${path}?take=2&from=${encodeURIComponent(first.next)}&fields=id`);
    assert.deepEqual(rest, { members: [{ id: users[2] }] });
    assert.equal((await server.make('GET', path)).members.length, 3);
  });

  test('a group is given roles and loses them', async () => {
    const group = await make.group();
    const role = await make.role({ description: 'For all of them' });
    const other = await make.role();
    const path = `/groups/${group}/roles`;
    assert.equal((await server.api('POST', path, { roles: [role.id, other.id] })).status, 204);
    const { roles } = await server.make('GET', path);
    assert.deepEqual(ids(roles).toSorted(), [role.id, other.id].toSorted());
    assert.deepEqual(
      roles.find((one: { id: string }) => one.id === role.id),
      {
        id: role.id,
        name: role.name,
        description: 'For all of them',
      },
    );
    const page = await server.make('GET', `${path}?take=1`);
    assert.equal((await server.make('GET', `${path}?take=1&from=${page.next}`)).roles.length, 1);
    assert.deepEqual(ids((await server.make('GET', `/roles/${role.id}/groups`)).groups), [group]);
    const user = await make.user();
    await join(group, user.user_id);
    assert.equal((await server.make('GET', `/users/${user.user_id}/effective-roles`)).roles.length, 2);
    assert.equal((await server.api('DELETE', path, { roles: [other.id] })).status, 204);
    assert.deepEqual(ids((await server.make('GET', path)).roles), [role.id]);
    const owned = await make.role({ type: 'organization', owner_id: (await make.organization()).id });
    for (const [body, status, code] of [
      [{}, 400, 'invalid_body'],
      [{ roles: [] }, 400, 'invalid_body'],
      [{ roles: [1] }, 400, 'invalid_body'],
      [{ roles: [role.id], more: 1 }, 400, 'invalid_body'],
      [{ roles: ['rol_unknown'] }, 404, 'inexistent_role'],
      [{ roles: [owned.id] }, 400, 'operation_not_supported'],
    ] as const) {
      const answer = await server.api('POST', path, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [status, code], JSON.stringify(body));
    }
  });

  test('a group that is deleted takes its members’ membership and roles along', async () => {
    const group = await make.group();
    const user = await make.user();
    const role = await make.role();
    await join(group, user.user_id);
    await server.make('POST', `/groups/${group}/roles`, { roles: [role.id] });
    assert.equal((await server.api('DELETE', `/groups/${group}`)).status, 204);
    assert.deepEqual(await server.make('GET', `/users/${user.user_id}/groups`), []);
    assert.deepEqual((await server.make('GET', `/users/${user.user_id}/effective-roles`)).roles, []);
    for (const [method, path, body] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/members'],
      ['GET', '/roles'],
      ['POST', '/roles', { roles: [role.id] }],
      ['DELETE', '/roles', { roles: [role.id] }],
    ] as const) {
      const answer = await server.api(method, `/groups/${group}${path}`, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_group'], `${method} ${path}`);
    }
    assert.equal((await server.api('GET', '/groups/short')).status, 400);
  });

  test('a connection that is deleted takes its groups along', async () => {
    const connection = await make.connection('google-apps', { options: { client_id: 'id', client_secret: 'secret' } });
    const group = await make.group({ connection_id: connection.id });
    await server.make('DELETE', `/connections/${connection.id}`);
    assert.equal((await server.api('GET', `/groups/${group}`)).status, 404);
  });

  test('every operation asks for its scope', async () => {
    const group = await make.group();
    const token = await server.tokenWith('read:groups');
    assert.equal((await server.api('GET', '/groups', undefined, token)).status, 200);
    for (const [method, path, body] of [
      ['DELETE', ''],
      ['GET', '/members'],
      ['GET', '/roles'],
      ['POST', '/roles', { roles: ['rol_x'] }],
      ['DELETE', '/roles', { roles: ['rol_x'] }],
    ] as const) {
      assert.equal((await server.api(method, `/groups/${group}${path}`, body, token)).status, 403, `${method} ${path}`);
    }
  });
});
