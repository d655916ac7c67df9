/** The operations of `/roles`, of roles and permissions below `/users`, and what becomes of them. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { addMember } from '../groups/store.ts';

const CONNECTION = 'Username-Password-Authentication';
const API = 'https://library.example.com';
const permission = (permission_name: string, resource_server_identifier = API) => ({
  resource_server_identifier,
  permission_name,
});

onEveryServer('Roles', (server) => {
  let counter = 0;
  const makeUser = (name: string) =>
    server.make('POST', '/users', {
      connection: CONNECTION,
      email: `${name}@example.com`,
      password: 'Nine-lives 4 cats',
    });
  const makeOrganization = async (name: string): Promise<string> =>
    (await server.make('POST', '/organizations', { name })).id;
  const makeRole = (more: object = {}) => server.make('POST', '/roles', { name: `Role ${++counter}`, ...more });
  // biome-ignore lint/suspicious/noExplicitAny: an API as it is answered
  let api: any;

  before(async () => {
    api = await server.make('POST', '/resource-servers', {
      name: 'Library',
      identifier: API,
      scopes: [
        { value: 'read:books', description: 'Read books' },
        { value: 'write:books', description: 'Write books' },
        { value: 'burn:books' },
      ],
    });
  });

  async function makeGroup(name: string): Promise<string> {
    const id = `grp_${name.padEnd(14, 'x')}`;
    const created_at = new Date().toISOString();
    await server.services.database.write((sql) =>
      server.services.stores.groups.insert(sql, server.tenant, { id, name, created_at }, Date.now()),
    );
    return id;
  }

  test('a role is made, read, changed and deleted', async () => {
    const made = await makeRole({ name: 'Librarian', description: 'Keeps books' });
    assert.match(made.id, /^rol_[A-Za-z0-9]{16}$/);
    assert.deepEqual(made, { id: made.id, name: 'Librarian', description: 'Keeps books', type: 'tenant' });
    assert.deepEqual(await server.make('GET', `/roles/${made.id}`), made);
    const changed = await server.make('PATCH', `/roles/${made.id}`, { name: 'Head librarian', description: null });
    assert.deepEqual(changed, { ...made, name: 'Head librarian', description: '' });
    const deleted = await server.api('DELETE', `/roles/${made.id}`);
    assert.equal(deleted.status, 200);
    assert.deepEqual(deleted.body, {});
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['GET', '/users'],
      ['POST', '/users', { users: ['auth0|x'] }],
      ['GET', '/permissions'],
      ['POST', '/permissions', { permissions: [permission('read:books')] }],
      ['DELETE', '/permissions', { permissions: [permission('read:books')] }],
      ['GET', '/groups'],
      ['POST', '/groups', { groups: ['grp_123456789abcde'] }],
      ['DELETE', '/groups', { groups: ['grp_123456789abcde'] }],
    ] as const) {
      const answer = await server.api(method, `/roles/${made.id}${path}`, body);
      assert.equal(answer.status, 404, `${method} ${path}`);
      assert.equal(answer.body.errorCode, 'inexistent_role');
    }
  });

  test('a description that is not given is null when the role is made, and empty afterwards', async () => {
    const made = await makeRole();
    assert.equal(made.description, null);
    assert.equal((await server.make('GET', `/roles/${made.id}`)).description, '');
  });

  test('names are unique for each owner', async () => {
    await makeRole({ name: 'Owner' });
    const again = await server.api('POST', '/roles', { name: 'Owner' });
    assert.equal(again.status, 409);
    assert.equal(again.body.errorCode, 'role_conflict');
    const other = await makeRole();
    assert.equal((await server.api('PATCH', `/roles/${other.id}`, { name: 'Owner' })).status, 409);
    assert.equal((await server.api('PATCH', `/roles/${other.id}`, { name: other.name })).status, 200);
    const owned = await server.make('POST', '/roles', {
      name: 'Owner',
      type: 'organization',
      owner_id: await makeOrganization('first'),
    });
    assert.match(owned.owner_id, /^org_/);
  });

  test('of roles that are made at once under one name there is one', async () => {
    const tries = Array.from({ length: 5 }, () => server.api('POST', '/roles', { name: 'Raced for' }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 409, 409, 409, 409]);
  });

  test('lists are filtered by a part of the name, the type and the owner', async () => {
    const organization = await makeOrganization('second');
    const one = await makeRole({ name: 'Filter by Name' });
    const two = await server.make('POST', '/roles', {
      name: 'filter of two',
      type: 'organization',
      owner_id: organization,
    });
    const ids = async (query: string) =>
      (await server.make('GET', `/roles?${query}`)).map(({ id }: { id: string }) => id);
    assert.deepEqual(await ids('name_filter=FILTER'), [one.id, two.id]);
    assert.deepEqual(await ids('name_filter=filter&type=tenant'), [one.id]);
    assert.deepEqual(await ids(`owner_id=${organization}`), [two.id]);
    const page = await server.make('GET', '/roles?name_filter=filter&per_page=1&page=1&include_totals=true');
    assert.deepEqual([page.start, page.limit, page.total, page.roles[0].id], [1, 1, 2, two.id]);
  });

  test('bad bodies and queries are refused', async () => {
    const { id } = await makeRole();
    for (const [method, path, body, message] of [
      ['POST', '/roles', {}, /Missing required property: name/],
      ['POST', '/roles', { name: 1 }, /Expected type string but found type integer/],
      ['POST', '/roles', { name: '' }, /too short/],
      ['POST', '/roles', { name: 'x', color: 'red' }, /Additional properties not allowed: color/],
      ['POST', '/roles', { name: 'x', type: 'organization' }, /owner_id/],
      ['POST', '/roles', { name: 'x', owner_id: 'org_1' }, /owner_id/],
      ['PATCH', `/roles/${id}`, { type: 'organization' }, /Additional properties not allowed: type/],
      ['POST', `/roles/${id}/permissions`, { permissions: [] }, /too short/],
      ['POST', `/roles/${id}/permissions`, { permissions: [{ permission_name: 'x' }] }, /resource_server_identifier/],
      ['POST', `/roles/${id}/permissions`, { permissions: [permission('eat:books')] }, /has no permission eat:books/],
      ['POST', `/roles/${id}/users`, { users: 'auth0|x' }, /Expected type array/],
      ['POST', `/roles/${id}/groups`, { groups: ['nonsense'] }, /pattern/],
      ['GET', '/roles?per_page=101', undefined, /maximum 100/],
      ['GET', '/roles?sort=name', undefined, /Additional properties/],
    ] as const) {
      const answer = await server.api(method, path, body);
      assert.equal(answer.status, 400, `${method} ${path} ${JSON.stringify(body)}`);
      assert.match(answer.body.message, message);
    }
    for (const [path, body] of [
      [`/roles/${id}/permissions`, { permissions: [permission('read:books', 'https://nowhere.example')] }],
      [`/roles/${id}/users`, { users: ['auth0|nobody'] }],
      [`/roles/${id}/groups`, { groups: ['grp_123456789abcde'] }],
    ] as const) {
      assert.equal((await server.api('POST', path, body)).status, 404, path);
    }
  });

  test('each operation asks for its scope', async () => {
    const role = await makeRole();
    const user = await makeUser('scopes');
    const reader = await server.tokenWith('read:roles');
    assert.equal((await server.api('GET', '/roles', undefined, reader)).status, 200);
    assert.equal((await server.api('POST', '/roles', { name: 'x' }, reader)).status, 403);
    // Members are users: reading roles alone does not show them.
    for (const path of [`/roles/${role.id}/users`, `/users/${user.user_id}/roles`]) {
      assert.equal((await server.api('GET', path, undefined, reader)).status, 403, path);
      const members = await server.tokenWith('read:role_members');
      assert.equal((await server.api('GET', path, undefined, members)).status, 200, path);
      const both = await server.tokenWith('read:roles', 'read:users');
      assert.equal((await server.api('GET', path, undefined, both)).status, 200, path);
    }
  });

  test('permissions are given to a role and taken from it', async () => {
    const { id } = await makeRole();
    const given = await server.api('POST', `/roles/${id}/permissions`, {
      permissions: [permission('write:books'), permission('read:books'), permission('read:books')],
    });
    assert.equal(given.status, 201);
    assert.deepEqual(given.body, {});
    const list = await server.make('GET', `/roles/${id}/permissions`);
    assert.deepEqual(list, [
      {
        permission_name: 'read:books',
        description: 'Read books',
        resource_server_name: 'Library',
        resource_server_identifier: API,
      },
      {
        permission_name: 'write:books',
        description: 'Write books',
        resource_server_name: 'Library',
        resource_server_identifier: API,
      },
    ]);
    const page = await server.make('GET', `/roles/${id}/permissions?include_totals=true&per_page=1&page=1`);
    assert.deepEqual([page.total, page.permissions[0].permission_name], [2, 'write:books']);
    const taken = await server.api('DELETE', `/roles/${id}/permissions`, {
      permissions: [permission('read:books'), permission('burn:books'), permission('x', 'https://nowhere.example')],
    });
    assert.equal(taken.status, 204);
    const rest = await server.make('GET', `/roles/${id}/permissions`);
    assert.deepEqual(
      rest.map((item: { permission_name: string }) => item.permission_name),
      ['write:books'],
    );
  });

  test('users get a role from either side, and pages of them go on from a checkpoint', async () => {
    const role = await makeRole();
    const users = [await makeUser('member-a'), await makeUser('member-b'), await makeUser('member-c')];
    const ids = users.map((user) => user.user_id).sort();
    assert.equal((await server.api('POST', `/roles/${role.id}/users`, { users: [ids[0], ids[1]] })).status, 200);
    assert.equal((await server.api('POST', `/users/${ids[2]}/roles`, { roles: [role.id] })).status, 204);
    assert.equal((await server.api('POST', `/users/${ids[2]}/roles`, { roles: [role.id] })).status, 204);
    const all = await server.make('GET', `/roles/${role.id}/users`);
    assert.deepEqual(
      all.map((user: { user_id: string }) => user.user_id),
      ids,
    );
    assert.deepEqual(Object.keys(all[0]).sort(), ['email', 'name', 'picture', 'user_id']);
    const totals = await server.make('GET', `/roles/${role.id}/users?include_totals=true&per_page=2&page=1`);
    assert.deepEqual([totals.total, totals.users.length], [3, 1]);
    const first = await server.make('GET', `/roles/${role.id}/users?take=2&include_totals=true`);
    assert.equal(first.users.length, 2);
    const rest = await server.make('GET', `/roles/${role.id}/users?take=2&from=${encodeURIComponent(first.next)}`);
    assert.deepEqual([rest.users.length, rest.users[0].user_id, rest.next], [1, ids[2], undefined]);
    assert.equal((await server.api('DELETE', `/users/${ids[2]}/roles`, { roles: [role.id] })).status, 204);
    assert.equal((await server.make('GET', `/roles/${role.id}/users`)).length, 2);
  });

  test('roles of a user are listed by name', async () => {
    const user = await makeUser('named');
    const b = await makeRole({ name: 'B of named' });
    const a = await makeRole({ name: 'A of named' });
    await server.make('POST', `/users/${user.user_id}/roles`, { roles: [b.id, a.id] });
    const list = await server.make('GET', `/users/${user.user_id}/roles?include_totals=true`);
    assert.deepEqual(
      list.roles.map((role: { id: string }) => role.id),
      [a.id, b.id],
    );
    assert.equal(list.total, 2);
    const unknown = await server.api('POST', `/users/${user.user_id}/roles`, { roles: ['rol_unknown'] });
    assert.deepEqual([unknown.status, unknown.body.errorCode], [404, 'inexistent_role']);
    const nobody = await server.api('POST', '/users/auth0|nobody/roles', { roles: [a.id] });
    assert.deepEqual([nobody.status, nobody.body.errorCode], [404, 'inexistent_user']);
  });

  test('a role of an organization is given to nobody outside of it', async () => {
    const role = await makeRole({ type: 'organization', owner_id: await makeOrganization('third') });
    const user = await makeUser('outside');
    const group = await makeGroup('outside');
    for (const [path, body] of [
      [`/users/${user.user_id}/roles`, { roles: [role.id] }],
      [`/roles/${role.id}/users`, { users: [user.user_id] }],
      [`/roles/${role.id}/groups`, { groups: [group] }],
    ] as const) {
      const answer = await server.api('POST', path, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [400, 'operation_not_supported'], path);
    }
  });

  test('permissions of a user tell where they come from', async () => {
    const user = await makeUser('sources');
    const role = await makeRole();
    await server.make('POST', `/roles/${role.id}/permissions`, {
      permissions: [permission('read:books'), permission('write:books')],
    });
    await server.make('POST', `/users/${user.user_id}/roles`, { roles: [role.id] });
    const path = `/users/${user.user_id}/permissions`;
    const given = await server.api('POST', path, { permissions: [permission('read:books')] });
    assert.equal(given.status, 201);
    const direct = { source_id: '', source_name: '', source_type: 'DIRECT' };
    const byRole = { source_id: role.id, source_name: role.name, source_type: 'ROLE' };
    const list = await server.make('GET', `${path}?include_totals=true`);
    assert.equal(list.total, 2);
    assert.deepEqual(
      list.permissions.map((item: { sources: unknown }) => item.sources),
      [[direct, byRole], [byRole]],
    );
    assert.equal((await server.api('DELETE', path, { permissions: [permission('read:books')] })).status, 204);
    assert.deepEqual((await server.make('GET', path))[0].sources, [byRole]);
    assert.equal((await server.api('POST', path, { permissions: [permission('eat:books')] })).status, 400);
    for (const method of ['GET', 'POST', 'DELETE']) {
      const body = method === 'GET' ? undefined : { permissions: [permission('read:books')] };
      assert.equal((await server.api(method, '/users/auth0|nobody/permissions', body)).status, 404, method);
    }
  });

  test('a role of a group is in effect for its members', async () => {
    const user = await makeUser('grouped');
    const role = await makeRole({ description: 'By group' });
    const group = await makeGroup('grouped');
    await server.services.database.write((sql) => addMember(sql, server.tenant, group, user.user_id, Date.now()));
    await server.make('POST', `/roles/${role.id}/permissions`, { permissions: [permission('write:books')] });
    assert.equal((await server.api('POST', `/roles/${role.id}/groups`, { groups: [group] })).status, 204);
    assert.deepEqual(
      (await server.make('GET', `/roles/${role.id}/groups`)).groups.map(({ id }: { id: string }) => id),
      [group],
    );
    const base = `/users/${user.user_id}`;
    const effective = { id: role.id, name: role.name, description: 'By group', sources: ['groups'] };
    assert.deepEqual(await server.make('GET', `${base}/roles`), []);
    assert.deepEqual((await server.make('GET', `${base}/effective-roles`)).roles, [effective]);
    const sources = await server.make('GET', `${base}/effective-roles/sources/groups?role_id=${role.id}`);
    assert.equal(sources.groups[0].id, group);
    const at = `resource_server_identifier=${encodeURIComponent(API)}`;
    const { permissions } = await server.make('GET', `${base}/effective-permissions?${at}`);
    assert.deepEqual(
      permissions.map((item: { permission_name: string; sources: string[] }) => [item.permission_name, item.sources]),
      [['write:books', ['roles']]],
    );
    const roles = `${base}/effective-permissions/sources/effective-roles?${at}&permission_name=`;
    assert.deepEqual((await server.make('GET', `${roles}write:books`)).roles, [effective]);
    assert.deepEqual((await server.make('GET', `${roles}read:books`)).roles, []);
    assert.equal((await server.api('DELETE', `/roles/${role.id}/groups`, { groups: [group] })).status, 204);
    assert.deepEqual((await server.make('GET', `${base}/effective-roles`)).roles, []);
    assert.equal((await server.api('GET', `${base}/effective-permissions`)).status, 400);
    assert.equal((await server.api('GET', `${base}/effective-roles/sources/groups?role_id=rol_no`)).status, 404);
  });

  test('what is deleted takes its assignments along', async () => {
    const user = await makeUser('cascade');
    const role = await makeRole();
    const other = await server.make('POST', '/resource-servers', {
      name: 'Other',
      identifier: 'https://other.example.com',
      scopes: [{ value: 'a' }, { value: 'b' }],
    });
    const both = { permissions: [permission('a', other.identifier), permission('b', other.identifier)] };
    await server.make('POST', `/roles/${role.id}/permissions`, both);
    await server.make('POST', `/users/${user.user_id}/permissions`, both);
    await server.make('POST', `/users/${user.user_id}/roles`, { roles: [role.id] });
    // A scope that the API does not know any more.
    await server.make('PATCH', `/resource-servers/${other.id}`, { scopes: [{ value: 'b' }] });
    await server.make('PATCH', `/resource-servers/${other.id}`, { scopes: [{ value: 'a' }, { value: 'b' }] });
    assert.equal((await server.make('GET', `/roles/${role.id}/permissions`)).length, 1);
    assert.equal((await server.make('GET', `/users/${user.user_id}/permissions`)).length, 1);
    await server.make('DELETE', `/resource-servers/${other.id}`);
    assert.deepEqual(await server.make('GET', `/roles/${role.id}/permissions`), []);
    assert.deepEqual(await server.make('GET', `/users/${user.user_id}/permissions`), []);
    await server.make('DELETE', `/users/${user.user_id}`);
    assert.deepEqual(await server.make('GET', `/roles/${role.id}/users`), []);
    const again = await server.make('POST', '/users', {
      connection: CONNECTION,
      user_id: user.user_id,
      email: 'cascade@example.com',
      password: 'Nine-lives 4 cats',
    });
    assert.deepEqual(await server.make('GET', `/users/${again.user_id}/roles`), []);
    await server.make('POST', `/users/${again.user_id}/roles`, { roles: [role.id] });
    await server.make('DELETE', `/roles/${role.id}`);
    assert.deepEqual(await server.make('GET', `/users/${again.user_id}/roles`), []);
    assert.equal((await server.make('GET', `/resource-servers/${api.id}`)).scopes.length, 3);
  });
});
