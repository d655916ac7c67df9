// Network ACLs, through HTTP: kept, listed, refused, and enforced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const acl = (rule: object = {}, more: object = {}) => ({
  description: 'Test',
  active: false,
  priority: 10,
  rule: { action: { block: true }, match: { asns: [9453] }, scope: 'tenant', ...rule },
  ...more,
});

onEveryServer('Network ACLs', (server) => {
  const path = '/network-acls';

  test('one is made, read, changed, replaced and removed', async () => {
    const made = await server.api('POST', path, acl());
    assert.equal(made.status, 201);
    assert.match(made.body.id, /^acl_[A-Za-z0-9]{22}$/);
    assert.equal(made.body.tenant_id, undefined);
    const one = `${path}/${made.body.id}`;
    assert.deepEqual(await server.make('GET', one), { tenant_id: server.tenant, ...made.body, deleted_at: null });
    server.advance(1000);
    const patched = await server.make('PATCH', one, { description: 'Other' });
    assert.deepEqual([patched.description, patched.priority], ['Other', 10]);
    assert.ok(patched.updated_at > made.body.updated_at);
    const { priority: _, ...whole } = acl({ action: { log: true } });
    const put = await server.make('PUT', one, whole);
    assert.deepEqual([put.priority, put.rule.action, put.created_at], [50, { log: true }, made.body.created_at]);
    const removed = await server.api('DELETE', one);
    assert.deepEqual([removed.status, removed.body], [200, { code: 204, object: '' }]);
    assert.equal((await server.api('GET', one)).body.errorCode, 'inexistent_network_acl');
    assert.equal((await server.api('PUT', one, acl())).status, 404);
    assert.equal((await server.api('PATCH', one, {})).status, 404);
  });

  test('they are listed by page', async () => {
    for (let i = 0; i < 3; i++) await server.make('POST', path, acl());
    const page = await server.make('GET', `${path}?page=1&per_page=2&include_totals=true`);
    assert.deepEqual([page.start, page.limit, page.total, page.network_acls.length], [2, 2, 3, 1]);
    assert.equal((await server.make('GET', path)).length, 3);
  });

  test('what makes no rule is refused', async () => {
    const bad: [unknown, RegExp][] = [
      [acl({ match: { auth0_managed: ['auth0.other'] } }), /Invalid curated list name\(s\): auth0\.other\./],
      [
        acl({ match: { auth0_managed: ['auth0.low_reputation', 'auth0.low_reputation'] } }),
        /not unique \(indexes 0 and 1\)/,
      ],
      [
        acl({ match: { ipv4_cidrs: ['10.0.0.0/33'] } }),
        /format cidr: 10\.0\.0\.0\/33' on property rule\.match\.ipv4_cidrs\.0/,
      ],
      [acl({ match: { ipv6_cidrs: ['10.0.0.0/8'] } }), /format ipv6_cidr/],
      [acl({ match: undefined }), /Missing required property: match/],
      [acl({ action: { block: true, allow: true } }), /exactly one action/],
      [acl({ action: { redirect: true } }), /Missing required property: redirect_uri/],
      [acl({ action: { redirect: true, redirect_uri: 'javascript:alert(1)' } }), /format url/],
      [acl({ scope: 'world' }), /No enum match for: world/],
      [acl({}, { priority: 0 }), /less than minimum 1/],
      [acl({}, { colour: 1 }), /Additional properties not allowed: colour/],
      [{ description: 'x', active: true }, /Missing required property: rule/],
      [acl({}, { active: 'yes' }), /Expected type boolean/],
    ];
    for (const [body, message] of bad) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, message);
    }
    const wrongId = await server.api('GET', `${path}/acl_invalid_id`);
    assert.deepEqual([wrongId.status, wrongId.body.errorCode], [400, 'invalid_uri']);
  });

  const guarded = async (body: object, check: () => Promise<void>) => {
    const { id } = await server.make('POST', path, body);
    await check();
    // The rule may refuse the API as well, so it is taken out beneath it.
    const { build } = server.services.database.read;
    await server.services.database.write(async (sql) => {
      await sql.query(build.deleteFrom('documents').where('kind', '=', 'network_acl').where('id', '=', id));
      await server.services.configurations.touch(sql, server.tenant);
    });
  };
  const login = (headers: Record<string, string> = {}) => server.get('/.well-known/openid-configuration?x=1', headers);

  test('a blocked user agent gets 403, others go on', async () => {
    const rule = { match: { user_agents: ['*BadBot*'] }, scope: 'authentication' };
    await guarded(acl(rule, { active: true }), async () => {
      assert.equal((await login({ 'user-agent': 'Mozilla badbot/1.0' })).status, 403);
      assert.equal((await login({ 'user-agent': 'Mozilla' })).status, 200);
      assert.equal((await server.api('GET', path)).status, 200);
    });
  });

  test('documents that are kept in memory are no way around a rule', async () => {
    await guarded(acl({ match: { user_agents: ['*BadBot*'] } }, { active: true }), async () => {
      server.advance(2000);
      const jwks = (agent: string) => server.get('/.well-known/jwks.json', { 'user-agent': agent });
      assert.equal((await jwks('Mozilla')).status, 200);
      assert.equal((await jwks('BadBot')).status, 403);
    });
  });

  test('a redirect leads elsewhere', async () => {
    const action = { redirect: true, redirect_uri: 'https://example.com/blocked' };
    await guarded(acl({ action, match: { ipv4_cidrs: ['127.0.0.0/8'] } }, { active: true }), async () => {
      const answer = await login();
      assert.deepEqual([answer.status, answer.headers.get('location')], [302, 'https://example.com/blocked']);
    });
  });

  test('the lowest number decides first, and allowing ends it', async () => {
    const allow = acl({ action: { allow: true }, match: { user_agents: ['Good'] } }, { active: true, priority: 1 });
    await guarded(allow, () =>
      guarded(acl({ match: { ipv4_cidrs: ['127.0.0.1'] }, scope: 'authentication' }, { active: true }), async () => {
        assert.equal((await login({ 'user-agent': 'Good' })).status, 200);
        assert.equal((await login({ 'user-agent': 'Other' })).status, 403);
      }),
    );
  });

  test('a rule that asks for what is not known does nothing', async () => {
    const rule = { match: undefined, not_match: { geo_country_codes: ['US'] } };
    await guarded(acl(rule, { active: true }), async () => assert.equal((await login()).status, 200));
  });

  test('the Management API has a scope of its own', async () => {
    await guarded(
      acl({ match: undefined, not_match: { ipv4_cidrs: ['10.0.0.0/8'] }, scope: 'management' }, { active: true }),
      async () => {
        const refused = await server.api('GET', path);
        assert.deepEqual([refused.status, refused.body.errorCode], [403, 'access_denied']);
        const written = await server.get('/%61pi/v2/clients', { authorization: `Bearer ${server.token}` });
        assert.equal(written.status, 403, 'however its path is written');
        assert.equal((await login()).status, 200);
      },
    );
  });
});
