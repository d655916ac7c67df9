/** The operations of `/organizations` itself, and what deleting one takes along. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { giveGroupRole } from './groups/store.ts';
import { makers } from './testing.ts';

onEveryServer('Organizations', (server) => {
  const make = makers(server);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  test('an organization is made, read by id and by name, changed and deleted', async () => {
    const body = {
      name: 'acme',
      display_name: 'Acme Inc.',
      branding: { logo_url: 'https://acme.example/logo.svg', colors: { primary: '#111111', page_background: '#fff' } },
      metadata: { plan: 'gold', left_out: null },
      token_quota: { client_credentials: { enforce: true, per_hour: 10 } },
    };
    const made = await server.make('POST', '/organizations', body);
    assert.match(made.id, /^org_[A-Za-z0-9]{16}$/);
    assert.deepEqual(made, {
      ...body,
      metadata: { plan: 'gold' },
      id: made.id,
      third_party_client_access: 'block',
      is_app_entitlement_active: false,
    });
    assert.deepEqual(await server.make('GET', `/organizations/${made.id}`), made);
    assert.deepEqual(await server.make('GET', '/organizations/name/acme'), made);
    const changed = await server.make('PATCH', `/organizations/${made.id}`, {
      name: 'acme-2',
      metadata: {},
      token_quota: null,
      is_app_entitlement_active: true,
    });
    const { metadata: _, token_quota: __, ...rest } = made;
    assert.deepEqual(changed, { ...rest, name: 'acme-2', is_app_entitlement_active: true });
    assert.equal((await server.api('GET', '/organizations/name/acme')).status, 404);
    assert.equal((await server.api('DELETE', `/organizations/${made.id}`)).status, 204);
    for (const [method, body] of [['GET'], ['PATCH', { display_name: 'x' }], ['DELETE']] as const) {
      const gone = await server.api(method, `/organizations/${made.id}`, body);
      assert.deepEqual([gone.status, gone.body.errorCode], [404, 'inexistent_organization'], method);
    }
  });

  test('an update replaces metadata and leaves what it does not name', async () => {
    const { id } = await make.organization({ metadata: { a: '1', b: '2' }, display_name: 'Kept' });
    const changed = await server.make('PATCH', `/organizations/${id}`, { metadata: { b: '3' } });
    assert.deepEqual([changed.metadata, changed.display_name], [{ b: '3' }, 'Kept']);
  });

  test('a name is taken once', async () => {
    const one = await make.organization();
    const other = await make.organization();
    for (const taken of [
      await server.api('POST', '/organizations', { name: one.name }),
      await server.api('PATCH', `/organizations/${other.id}`, { name: one.name }),
    ]) {
      assert.deepEqual([taken.status, taken.body.errorCode], [409, 'organization_conflict']);
    }
    // Its own name is free for it.
    await server.make('PATCH', `/organizations/${one.id}`, { name: one.name });
  });

  test('what an organization cannot be is refused', async () => {
    for (const [body, told] of [
      [{}, /Missing required property: name/],
      [{ name: 7 }, /Expected type string/],
      [{ name: 'Acme' }, /pattern/],
      [{ name: '-acme' }, /pattern/],
      [{ name: 'org_abcdefgh12345678' }, /pattern/],
      [{ name: 'x'.repeat(51) }, /too long/],
      [{ name: 'x', other: 1 }, /Additional properties not allowed: other/],
      [{ name: 'x', branding: { colors: { primary: '#fff' } } }, /page_background/],
      [{ name: 'x', branding: { logo_url: 'http://acme.example/logo.svg' } }, /strict-https-uri/],
      [{ name: 'x', metadata: { a: 1 } }, /Expected type string,null/],
      [{ name: 'x', token_quota: { client_credentials: {} } }, /Too few properties/],
      [{ name: 'x', enabled_connections: [{}] }, /connection_id/],
      [{ name: 'x', enabled_connections: [{ connection_id: 'con_no' }] }, /connection does not exist/],
    ] as const) {
      const answer = await server.api('POST', '/organizations', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, told);
    }
    // The unit of work as a whole is undone.
    assert.equal((await server.api('GET', '/organizations/name/x')).status, 404);
    const { id } = await make.organization();
    assert.equal((await server.api('PATCH', `/organizations/${id}`, { id: 'x' })).status, 400);
    assert.equal((await server.api('PATCH', `/organizations/${id}`, { enabled_connections: [] })).status, 400);
  });

  test('connections can be enabled together with the making', async () => {
    const connection = await make.connection();
    const made = await make.organization({ enabled_connections: [{ connection_id: connection.id }] });
    const enabled = {
      connection_id: connection.id,
      assign_membership_on_login: false,
      show_as_button: true,
      is_signup_enabled: false,
      connection: { name: connection.name, strategy: 'auth0' },
    };
    assert.deepEqual(made.enabled_connections, [enabled]);
    assert.equal('enabled_connections' in (await server.make('GET', `/organizations/${made.id}`)), false);
    assert.deepEqual(await server.make('GET', `/organizations/${made.id}/enabled_connections`), [enabled]);
    const only = await server.tokenWith('create:organizations');
    const body = { name: make.unique('refused'), enabled_connections: [{ connection_id: connection.id }] };
    assert.equal((await server.api('POST', '/organizations', body, only)).status, 403);
  });

  test('a list comes by page, by checkpoint, and in another order', async () => {
    const a = await make.organization({ name: 'list-a', display_name: 'Z' });
    const c = await make.organization({ name: 'list-c', display_name: 'Y' });
    const b = await make.organization({ name: 'list-b', display_name: 'X' });
    const ours = (list: { id: string }[]) => ids(list).filter((id) => [a.id, b.id, c.id].includes(id));
    assert.deepEqual(ours(await server.make('GET', '/organizations?per_page=100')), [a.id, c.id, b.id]);
    assert.deepEqual(ours(await server.make('GET', '/organizations?per_page=100&sort=name:1')), [a.id, b.id, c.id]);
    assert.deepEqual(ours(await server.make('GET', '/organizations?per_page=100&sort=display_name:1')), [
      b.id,
      c.id,
      a.id,
    ]);
    assert.deepEqual(ours(await server.make('GET', '/organizations?per_page=100&sort=created_at:-1')), [
      b.id,
      c.id,
      a.id,
    ]);
    const totals = await server.make('GET', '/organizations?include_totals=true&per_page=2&page=1&sort=created_at:1');
    assert.deepEqual([totals.start, totals.limit, totals.length], [2, 2, 2]);
    assert.ok(totals.total >= 5);
    const seen: string[] = [];
    let from = '';
    do {
      const page = await server.make('GET', `/organizations?include_totals=true&take=2${from}`);
      assert.ok(page.organizations.length <= 2);
      seen.push(...ids(page.organizations));
      from = page.next ? `&from=${page.next}` : '';
    } while (from);
    assert.deepEqual(seen, ids(await server.make('GET', '/organizations?per_page=100')));
    for (const query of ['sort=color:1', 'take=0', 'per_page=101', 'other=1']) {
      assert.equal((await server.api('GET', `/organizations?${query}`)).status, 400, query);
    }
  });

  test('a list tells what each organization says of a client', async () => {
    const client = await make.client();
    const one = await make.organization();
    const other = await make.organization();
    await server.make('POST', `/organizations/${one.id}/clients`, {
      clients: [{ client_id: client.client_id, use_for_member_access: true }],
    });
    for (const paging of ['per_page=100', 'take=100']) {
      const list = await server.make(
        'GET',
        `/organizations?include_client_association_for=${client.client_id}&${paging}`,
      );
      const found = new Map<string, { client?: object }>(
        (list.organizations ?? list).map((item: { id: string }) => [item.id, item]),
      );
      assert.deepEqual(found.get(one.id)?.client, { use_for_member_access: true }, paging);
      assert.equal(found.get(other.id)?.client, undefined, paging);
    }
  });

  test('every operation asks for its scope, and summaries are short', async () => {
    const { id, name } = await make.organization({ display_name: 'Shown', metadata: { hidden: 'yes' } });
    const summary = await server.tokenWith('read:organizations_summary');
    const short = { id, name, display_name: 'Shown' };
    assert.deepEqual((await server.api('GET', `/organizations/${id}`, undefined, summary)).body, short);
    const list = await server.api('GET', '/organizations?sort=created_at:-1', undefined, summary);
    assert.deepEqual(list.body[0], short);
    assert.equal((await server.api('GET', `/organizations/name/${name}`, undefined, summary)).status, 403);
    assert.equal((await server.api('POST', '/organizations', { name: 'x' }, summary)).status, 403);
    assert.equal((await server.api('PATCH', `/organizations/${id}`, {}, summary)).status, 403);
    assert.equal((await server.api('DELETE', `/organizations/${id}`, undefined, summary)).status, 403);
  });

  test('an organization takes along what belongs to it', async () => {
    const { id } = await make.organization();
    const path = `/organizations/${id}`;
    const user = await make.user();
    const role = await make.role();
    const own = await make.role({ type: 'organization', owner_id: id });
    const group = await make.group();
    const connection = await make.connection();
    const client = await make.client({ organization_usage: 'allow', initiate_login_uri: 'https://app.example/login' });
    const api = await server.make('POST', '/resource-servers', {
      name: 'API',
      identifier: `https://${make.unique('api')}`,
    });
    const grant = await server.make('POST', '/client-grants', {
      client_id: client.client_id,
      audience: api.identifier,
      scope: [],
      organization_usage: 'allow',
    });
    await server.make('POST', `${path}/members`, { members: [user.user_id] });
    await server.make('POST', `${path}/members/${user.user_id}/roles`, { roles: [role.id, own.id] });
    await server.make('POST', `${path}/connections`, { connection_id: connection.id });
    await server.make('POST', `${path}/clients`, { clients: [{ client_id: client.client_id }] });
    await server.make('POST', `${path}/client-grants`, { grant_id: grant.id });
    await server.make('POST', `${path}/discovery-domains`, { domain: 'acme.example' });
    const invitation = await server.make('POST', `${path}/invitations`, {
      inviter: { name: 'Jo' },
      invitee: { email: 'jane@example.com' },
      client_id: client.client_id,
    });
    await server.services.database.write((sql) => giveGroupRole(sql, server.tenant, id, group, role.id, 1));
    assert.equal((await server.api('DELETE', path)).status, 204);

    assert.deepEqual(await server.make('GET', `/users/${user.user_id}/organizations`), []);
    assert.deepEqual(await server.make('GET', `/client-grants/${grant.id}/organizations`), []);
    assert.equal((await server.api('GET', `/roles/${own.id}`)).status, 404);
    assert.equal((await server.api('GET', `/roles/${role.id}`)).status, 200);
    const { database } = server.services;
    const documents = await database.read.query(
      database.read.build.selectFrom('documents').select('id').where('doc', 'like', `%${id}%`),
    );
    assert.deepEqual(documents, []);
    const keys = await database.read.query(
      database.read.build.selectFrom('document_keys').select('id').where('id', 'in', [id, invitation.id]),
    );
    assert.deepEqual(keys, []);
    for (const table of ['organization_members', 'organization_member_roles', 'organization_group_roles'] as const) {
      const rows = await database.read.query(
        database.read.build.selectFrom(table).selectAll().where('organization_id', '=', id),
      );
      assert.deepEqual(rows, [], table);
    }
  });
});
