/** Members of organizations and their roles, directly and by groups. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { addMember as addToGroup } from '../../groups/store.ts';
import { makers } from '../testing.ts';

onEveryServer('Members of organizations', (server) => {
  const make = makers(server);
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  /** An organization with a member. */
  async function membership() {
    const organization = await make.organization();
    const user = await make.user();
    await server.make('POST', `/organizations/${organization.id}/members`, { members: [user.user_id] });
    return { organization, user, path: `/organizations/${organization.id}/members/${user.user_id}` };
  }

  test('users become members and stop being members', async () => {
    const organization = await make.organization();
    // Who came at the same time is in the order of ids.
    const [one, two] = [await make.user(), await make.user()].toSorted((a, b) => (a.user_id < b.user_id ? -1 : 1));
    const path = `/organizations/${organization.id}/members`;
    const both = { members: [one.user_id, two.user_id] };
    // Once more is no error.
    for (let i = 0; i < 2; i++) assert.equal((await server.api('POST', path, both)).status, 204);
    const { user_id, email, picture, name } = one;
    const list = await server.make('GET', path);
    assert.deepEqual(list[0], { user_id, email, picture, name });
    assert.equal(list.length, 2);
    const totals = await server.make('GET', `${path}?include_totals=true&per_page=1&page=1`);
    assert.deepEqual([totals.total, totals.start, totals.members[0].user_id], [2, 1, two.user_id]);
    const of = await server.make('GET', `/users/${one.user_id}/organizations?include_totals=true`);
    assert.deepEqual([of.total, ids(of.organizations)], [1, [organization.id]]);
    for (let i = 0; i < 2; i++) {
      assert.equal((await server.api('DELETE', path, { members: [one.user_id] })).status, 204);
    }
    assert.deepEqual(await server.make('GET', `/users/${one.user_id}/organizations`), []);
    assert.equal((await server.make('GET', path)).length, 1);
  });

  test('members are paged by cursors in the order in which they came', async () => {
    const { id } = await make.organization();
    const users: string[] = [];
    for (let i = 0; i < 5; i++) {
      users.unshift((await make.user()).user_id);
    }
    for (const user of users) await server.make('POST', `/organizations/${id}/members`, { members: [user] });
    const seen: string[] = [];
    let from = '';
    let pages = 0;
    do {
      const page = await server.make('GET', `/organizations/${id}/members?take=2&fields=user_id${from}`);
      seen.push(...page.members.map((member: { user_id: string }) => member.user_id));
      from = page.next ? `&from=${page.next}` : '';
      pages++;
    } while (from);
    assert.equal(pages, 4);
    assert.deepEqual(seen.toSorted(), users.toSorted());
    const whole = await server.make('GET', `/organizations/${id}/members?fields=user_id`);
    assert.deepEqual(
      seen,
      whole.map((member: { user_id: string }) => member.user_id),
    );
    assert.equal((await server.api('GET', `/organizations/${id}/members?take=2&from=nonsense`)).status, 400);
  });

  test('fields are picked, and roles shown to those who may read them', async () => {
    const { organization, user, path } = await membership();
    const role = await make.role();
    await server.make('POST', `${path}/roles`, { roles: [role.id] });
    const list = `/organizations/${organization.id}/members`;
    assert.deepEqual(await server.make('GET', `${list}?fields=user_id,roles`), [
      { user_id: user.user_id, roles: [{ id: role.id, name: role.name }] },
    ]);
    const without = await server.make('GET', `${list}?fields=roles&include_fields=false`);
    assert.deepEqual(Object.keys(without[0]).toSorted(), ['email', 'name', 'picture', 'user_id']);
    const reader = await server.tokenWith('read:organization_members');
    assert.equal((await server.api('GET', `${list}?fields=user_id`, undefined, reader)).status, 200);
    assert.equal((await server.api('GET', `${list}?fields=roles`, undefined, reader)).status, 403);
  });

  test('bad members are refused', async () => {
    const organization = await make.organization();
    const user = await make.user();
    const path = `/organizations/${organization.id}/members`;
    for (const [body, told] of [
      [{}, /Missing required property: members/],
      [{ members: [] }, /too short/],
      [{ members: [1] }, /Expected type string/],
      [{ members: [user.user_id, 'auth0|nobody'] }, /do not exist: auth0\|nobody/],
    ] as const) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, told);
    }
    assert.deepEqual(await server.make('GET', path), []);
    for (const method of ['GET', 'POST', 'DELETE']) {
      const body = method === 'GET' ? undefined : { members: [user.user_id] };
      const answer = await server.api(method, '/organizations/org_unknown/members', body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_organization'], method);
    }
    assert.equal((await server.api('GET', '/users/auth0|nobody/organizations')).status, 404);
  });

  test('a member gets roles within the organization and loses them with the membership', async () => {
    const { organization, user, path } = await membership();
    const b = await make.role({ name: 'B of members', description: 'Second' });
    const a = await make.role({ name: 'A of members' });
    const own = await make.role({ name: 'Own', type: 'organization', owner_id: organization.id });
    assert.equal((await server.api('POST', `${path}/roles`, { roles: [b.id, a.id, own.id] })).status, 204);
    const list = await server.make('GET', `${path}/roles?include_totals=true`);
    assert.deepEqual([list.total, names(list.roles)], [3, ['A of members', 'B of members', 'Own']]);
    assert.deepEqual(list.roles[1], { id: b.id, name: b.name, description: 'Second' });
    // They are nothing that the user has elsewhere.
    assert.deepEqual(await server.make('GET', `/users/${user.user_id}/roles`), []);
    const members = await server.make('GET', `/organizations/${organization.id}/roles/${a.id}/members`);
    assert.deepEqual(
      members.members.map((member: { user_id: string }) => member.user_id),
      [user.user_id],
    );
    for (let i = 0; i < 2; i++) {
      assert.equal((await server.api('DELETE', `${path}/roles`, { roles: [b.id] })).status, 204);
    }
    assert.deepEqual(names(await server.make('GET', `${path}/roles`)), ['A of members', 'Own']);
    const members_ = `/organizations/${organization.id}/members`;
    await server.make('DELETE', members_, { members: [user.user_id] });
    await server.make('POST', members_, { members: [user.user_id] });
    assert.deepEqual(await server.make('GET', `${path}/roles`), []);
  });

  test('who was given a role is paged', async () => {
    const { organization, path, user } = await membership();
    const other = await make.user();
    const members = `/organizations/${organization.id}/members`;
    await server.make('POST', members, { members: [other.user_id] });
    const role = await make.role();
    await server.make('POST', `${path}/roles`, { roles: [role.id] });
    const list = `/organizations/${organization.id}/roles/${role.id}/members?take=1`;
    assert.equal('next' in (await server.make('GET', list)), false);
    await server.make('POST', `${members}/${other.user_id}/roles`, { roles: [role.id] });
    const first = await server.make('GET', list);
    const second = await server.make('GET', `${list}&from=${first.next}&fields=user_id`);
    assert.equal('next' in second, false);
    assert.deepEqual(
      [first.members[0].user_id, second.members[0].user_id].toSorted(),
      [user.user_id, other.user_id].toSorted(),
    );
    assert.deepEqual(Object.keys(second.members[0]), ['user_id']);
  });

  test('bad roles are refused, and so are roles of others', async () => {
    const { organization, path } = await membership();
    const foreign = await make.role({ type: 'organization', owner_id: (await make.organization()).id });
    const role = await make.role();
    const stranger = `/organizations/${organization.id}/members/${(await make.user()).user_id}`;
    for (const [at, body, status, told] of [
      [path, {}, 400, /Missing required property: roles/],
      [path, { roles: [] }, 400, /too short/],
      [path, { roles: [7] }, 400, /Expected type string/],
      [path, { roles: [role.id], more: 1 }, 400, /Additional properties/],
      [path, { roles: [role.id, 'rol_no'] }, 400, /do not exist: rol_no/],
      [path, { roles: [foreign.id] }, 400, /do not exist/],
      [stranger, { roles: [role.id] }, 404, /not a member/],
    ] as const) {
      const answer = await server.api('POST', `${at}/roles`, body);
      assert.equal(answer.status, status, JSON.stringify(body));
      assert.match(answer.body.message, told);
    }
    assert.deepEqual(await server.make('GET', `${path}/roles`), []);
    for (const rest of ['roles', 'effective-roles', `effective-roles/sources/groups?role_id=${role.id}`]) {
      assert.equal((await server.api('GET', `${stranger}/${rest}`)).status, 404, rest);
    }
    const of = `/organizations/${organization.id}/roles`;
    for (const rest of ['members', 'groups']) {
      assert.equal((await server.api('GET', `${of}/${foreign.id}/${rest}`)).status, 404, rest);
      assert.equal((await server.api('GET', `/organizations/org_unknown/roles/${role.id}/${rest}`)).status, 404, rest);
    }
    const roleOfNone = await server.api('POST', '/roles', { name: 'x', type: 'organization', owner_id: 'org_unknown' });
    assert.deepEqual([roleOfNone.status, roleOfNone.body.errorCode], [404, 'inexistent_organization']);
  });

  test('a member has at most fifty roles', async () => {
    const { path } = await membership();
    const roles: string[] = [];
    for (let i = 0; i < 51; i++) roles.push((await make.role()).id);
    await server.make('POST', `${path}/roles`, { roles: roles.slice(0, 50) });
    const more = await server.api('POST', `${path}/roles`, { roles: roles.slice(49) });
    assert.deepEqual([more.status, more.body.errorCode], [409, 'too_many_entities']);
    assert.equal((await server.api('POST', `${path}/roles`, { roles: roles.slice(0, 3) })).status, 204);
  });

  test('a group has roles within an organization, and its members have them', async () => {
    const { organization, user, path } = await membership();
    const other = await make.organization();
    const [group, idle] = [await make.group(), await make.group()];
    await server.services.database.write((sql) => addToGroup(sql, server.tenant, group, user.user_id, 1));
    const direct = await make.role();
    const both = await make.role();
    const grouped = await make.role({ description: 'By group' });
    await server.make('POST', `${path}/roles`, { roles: [direct.id, both.id] });
    const groups = `/organizations/${organization.id}/groups`;
    const given = await server.api('POST', `${groups}/${group}/roles`, { roles: [grouped.id, both.id] });
    assert.equal(given.status, 204);
    assert.deepEqual(ids((await server.make('GET', groups)).groups), [group]);
    const listed = (await server.make('GET', `${groups}/${group}/roles`)).roles;
    assert.deepEqual(ids(listed).toSorted(), [both.id, grouped.id].toSorted());
    assert.equal(listed.find((role: { id: string }) => role.id === grouped.id).description, 'By group');
    const { roles } = await server.make('GET', `${path}/effective-roles`);
    assert.deepEqual(
      Object.fromEntries(roles.map((role: { id: string; sources: string[] }) => [role.id, role.sources])),
      { [direct.id]: ['direct'], [both.id]: ['direct', 'groups'], [grouped.id]: ['groups'] },
    );
    const page = await server.make('GET', `${path}/effective-roles?take=2`);
    assert.equal((await server.make('GET', `${path}/effective-roles?take=2&from=${page.next}`)).roles.length, 1);
    const sources = `${path}/effective-roles/sources/groups?role_id=`;
    assert.deepEqual(ids((await server.make('GET', `${sources}${grouped.id}`)).groups), [group]);
    assert.deepEqual((await server.make('GET', `${sources}${direct.id}`)).groups, []);
    assert.equal((await server.api('GET', `${sources}rol_no`)).status, 404);
    assert.equal((await server.api('GET', `${path}/effective-roles/sources/groups`)).status, 400);
    const ofRole = `/organizations/${organization.id}/roles/${grouped.id}/groups`;
    assert.deepEqual(ids((await server.make('GET', ofRole)).groups), [group]);
    // Elsewhere the group has nothing.
    assert.deepEqual((await server.make('GET', `/organizations/${other.id}/groups`)).groups, []);
    assert.deepEqual((await server.make('GET', `/groups/${group}/roles`)).roles, []);
    await server.make('DELETE', `${groups}/${group}/roles`, { roles: [grouped.id, both.id] });
    assert.deepEqual((await server.make('GET', groups)).groups, []);
    for (const [method, at, body, status] of [
      ['GET', `/organizations/org_unknown/groups`, undefined, 404],
      ['GET', `${groups}/grp_unknownunknown/roles`, undefined, 404],
      ['POST', `${groups}/grp_unknownunknown/roles`, { roles: [direct.id] }, 404],
      ['DELETE', `${groups}/grp_unknownunknown/roles`, { roles: [direct.id] }, 404],
      ['POST', `${groups}/${idle}/roles`, { roles: ['rol_no'] }, 400],
      ['POST', `${groups}/${idle}/roles`, {}, 400],
    ] as const) {
      assert.equal((await server.api(method, at, body)).status, status, `${method} ${at}`);
    }
  });

  test('what is deleted takes its part in organizations along', async () => {
    const { organization, user, path } = await membership();
    const group = await make.group();
    const role = await make.role();
    await server.make('POST', `${path}/roles`, { roles: [role.id] });
    const groups = `/organizations/${organization.id}/groups`;
    await server.make('POST', `${groups}/${group}/roles`, { roles: [role.id] });
    await server.make('DELETE', `/roles/${role.id}`);
    assert.deepEqual(await server.make('GET', `${path}/roles`), []);
    assert.deepEqual((await server.make('GET', groups)).groups, []);
    await server.make('POST', `${groups}/${group}/roles`, { roles: [(await make.role()).id] });
    await server.make('DELETE', `/groups/${group}`);
    assert.deepEqual((await server.make('GET', groups)).groups, []);
    await server.make('DELETE', `/users/${user.user_id}`);
    assert.deepEqual(await server.make('GET', `/organizations/${organization.id}/members`), []);
    const totals = await server.make('GET', `/organizations/${organization.id}/members?include_totals=true`);
    assert.equal(totals.total, 0);
  });
});
