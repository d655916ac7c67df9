/** Administrators with roles: who may do what, who may change whom, and how one becomes one. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { dashboardToken, makeBrowser } from '../../oidc/testing.ts';
import {
  ADMINISTRATOR_ROLE_NAMES,
  ADMINISTRATOR_ROLES,
  type AdministratorRole,
} from '../../tenants/administrator-roles.ts';
import { MANAGEMENT_SCOPES } from '../../tenants/scopes.ts';
import { onEveryServer } from '../../testing.ts';

const CONNECTION = 'Username-Password-Authentication';
const PASSWORD = 'Nine-lives 4 cats';
const scopesIn = (token: string) =>
  String(decodeJwt(token).scope)
    .split(' ')
    .filter((scope) => scope.includes(':'));

onEveryServer('administrators', (server) => {
  /** The one that set-up made. */
  let first = '';

  const person = async (email: string) =>
    (await server.make('POST', '/users', { connection: CONNECTION, email, password: PASSWORD })).user_id as string;
  const tokenOf = (email: string) => dashboardToken(server, { email, password: PASSWORD });
  /** A user with these roles and their token. */
  const administrator = async (email: string, ...roles: AdministratorRole[]) => {
    const user_id = await person(email);
    await server.make('POST', '/administrators', { user_id, roles });
    return { user_id, token: await tokenOf(email) };
  };
  const pathOf = (userId: string) => `/administrators/${encodeURIComponent(userId)}`;
  const userPath = (userId: string) => `/users/${encodeURIComponent(userId)}`;

  before(async () => {
    const [user] = await server.make('GET', `/users-by-email?email=${server.setup.admin_email}`);
    first = user.user_id;
  });

  test('a token carries the scopes of all roles and nothing else', async () => {
    for (const role of ADMINISTRATOR_ROLE_NAMES) {
      const { token } = await administrator(`${role.replace('_', '-')}@example.com`, role);
      assert.deepEqual(new Set(scopesIn(token)), new Set<string>(ADMINISTRATOR_ROLES[role].scopes), role);
    }
    const { token } = await administrator('both@example.com', 'viewer_users', 'editor_keys');
    const both = [...ADMINISTRATOR_ROLES.viewer_users.scopes, ...ADMINISTRATOR_ROLES.editor_keys.scopes];
    assert.deepEqual(new Set(scopesIn(token)), new Set<string>(both));
  });

  test('viewers read and nothing else; the roles name scopes that there are', () => {
    const known = new Set<string>(MANAGEMENT_SCOPES.map(({ value }) => value));
    for (const [name, { scopes }] of Object.entries(ADMINISTRATOR_ROLES)) {
      for (const scope of scopes) assert.ok(known.has(scope), `${name}: ${scope}`);
      if (name.startsWith('viewer')) assert.ok(scopes.every((scope) => scope.startsWith('read:')));
    }
  });

  test('administrators are listed with who they are, and looked up', async () => {
    const { administrators, total } = await server.make('GET', '/administrators?include_totals=true');
    assert.equal(total, administrators.length);
    const found = administrators.find(({ user_id }: { user_id: string }) => user_id === first);
    assert.deepEqual([found.email, found.roles], [server.setup.admin_email, ['admin']]);
    assert.deepEqual(await server.make('GET', pathOf(first)), found);
  });

  test('roles that are none, users that are none, and adding twice are refused', async () => {
    const user_id = await person('nearly@example.com');
    const refusals = [
      [{ user_id, roles: ['king'] }, 400, 'invalid_body'],
      [{ user_id, roles: [] }, 400, 'invalid_body'],
      [{ user_id, roles: ['admin', 'admin'] }, 400, 'invalid_body'],
      [{ user_id }, 400, 'invalid_body'],
      [{ roles: ['admin'] }, 400, 'invalid_body'],
      [{ user_id: 'auth0|nobody', roles: ['admin'] }, 404, 'inexistent_user'],
      [{ user_id: first, roles: ['admin'] }, 409, 'administrator_conflict'],
    ] as const;
    for (const [body, status, code] of refusals) {
      const answer = await server.api('POST', '/administrators', body);
      assert.deepEqual([answer.status, answer.body.errorCode], [status, code], JSON.stringify(body));
    }
    const absent = await server.api('PATCH', pathOf(user_id), { roles: ['admin'] });
    assert.deepEqual([absent.status, absent.body.errorCode], [404, 'inexistent_administrator']);
    assert.equal((await server.api('GET', pathOf(user_id))).status, 404);
    assert.equal((await server.api('DELETE', pathOf(user_id))).status, 204);
  });

  test('less counts at once for tokens that were given, more with the next one', async () => {
    const { user_id, token } = await administrator('changing@example.com', 'editor_users');
    assert.equal((await server.api('GET', '/users', undefined, token)).status, 200);
    await server.make('PATCH', pathOf(user_id), { roles: ['viewer_config'] });
    assert.equal((await server.api('GET', '/users', undefined, token)).status, 403);
    assert.equal((await server.api('GET', '/rules', undefined, token)).status, 403);
    const next = await tokenOf('changing@example.com');
    assert.equal((await server.api('GET', '/rules', undefined, next)).status, 200);
    await server.make('DELETE', pathOf(user_id));
    assert.equal((await server.api('GET', '/clients', undefined, next)).status, 403);
    assert.deepEqual(scopesIn(await tokenOf('changing@example.com')), []);
    assert.equal((await server.api('GET', userPath(user_id))).status, 200, 'the user stays');
  });

  test('a blocked administrator can do nothing with a token from before', async () => {
    const { user_id, token } = await administrator('blocked@example.com', 'viewer_config');
    await server.make('PATCH', userPath(user_id), { blocked: true });
    assert.equal((await server.api('GET', '/clients', undefined, token)).status, 403);
  });

  test('who may change users still may not change who has more power', async () => {
    const { user_id: own, token } = await administrator('support@example.com', 'editor_users');
    const machine = await server.tokenWith('update:users', 'delete:users', 'create:user_tickets');
    const connection = (await server.make('GET', `/connections?name=${CONNECTION}`))[0];
    const ours = await person('ours@example.com');
    const [provider, id] = first.split('|');
    const attempts = [
      ['PATCH', userPath(first), { password: 'Another-one 4 cats' }],
      ['PATCH', userPath(first), { email: 'mine@example.com' }],
      ['PATCH', userPath(first), { blocked: true }],
      ['DELETE', userPath(first), undefined],
      ['POST', '/tickets/password-change', { user_id: first }],
      ['POST', '/tickets/password-change', { email: server.setup.admin_email, connection_id: connection.id }],
      ['POST', `${userPath(ours)}/identities`, { provider, user_id: id }],
      ['POST', `${userPath(first)}/identities`, { provider, user_id: ours.split('|')[1] }],
      ['DELETE', `/connections/${connection.id}/users?email=${server.setup.admin_email}`, undefined],
    ] as const;
    for (const [method, path, body] of attempts) {
      for (const as of [token, machine]) {
        const answer = await server.api(method, path, body, as);
        assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(body)}: ${answer.text}`);
        assert.equal(answer.body.errorCode, 'insufficient_power', answer.text);
      }
    }
    const untouched = await server.make('GET', userPath(first));
    assert.deepEqual([untouched.email, untouched.blocked], [server.setup.admin_email, undefined]);
    assert.equal((await server.api('PATCH', userPath(ours), { nickname: 'O' }, token)).status, 200);
    assert.equal((await server.api('PATCH', userPath(own), { nickname: 'Me' }, token)).status, 200);
  });

  test('who may change clients neither sees nor makes a way to the Management API', async () => {
    const { token } = await administrator('apps@example.com', 'editor_apps');
    const powerful = `/clients/${server.setup.client_id}`;
    const { settings } = await server.services.configurations.of(server.tenant);
    const dashboard = `/clients/${settings.dashboard_client_id}`;
    const shop = await server.api('POST', '/clients', { name: 'Shop', app_type: 'regular_web' }, token);
    assert.equal(shop.status, 201, shop.text);
    const seen = await server.api('GET', '/clients?per_page=100', undefined, token);
    const secretOf = (id: string) => seen.body.find((c: { client_id: string }) => c.client_id === id).client_secret;
    assert.equal(secretOf(shop.body.client_id), shop.body.client_secret);
    assert.equal(secretOf(server.setup.client_id), undefined);
    assert.equal((await server.api('GET', powerful, undefined, token)).body.client_secret, undefined);
    for (const [method, path, body] of [
      ['PATCH', powerful, { client_secret: 'x'.repeat(40) }],
      ['POST', `${powerful}/rotate-secret`, undefined],
      ['DELETE', powerful, undefined],
      ['PATCH', dashboard, { callbacks: ['https://evil.example.com/'] }],
    ] as const) {
      const answer = await server.api(method, path, body, token);
      assert.deepEqual([answer.status, answer.body.errorCode], [403, 'insufficient_power'], `${method} ${path}`);
    }
    const grant = { client_id: shop.body.client_id, audience: server.setup.management_audience, scope: ['read:users'] };
    assert.equal((await server.api('POST', '/client-grants', grant, token)).status, 403);
  });

  test('who sees settings without changing them sees no secrets in them', async () => {
    const made = await server.make('POST', '/connections', {
      name: 'upstream',
      strategy: 'google-oauth2',
      options: { client_id: 'known', client_secret: 'hush-hush-hush' },
    });
    const { token: viewer } = await administrator('looking@example.com', 'viewer_config');
    const { token: editor } = await administrator('connecting@example.com', 'editor_connections');
    for (const path of [`/connections/${made.id}`, '/connections', '/connections?include_totals=true']) {
      const seen = await server.api('GET', path, undefined, viewer);
      assert.equal(seen.status, 200);
      assert.match(seen.text, /"client_id":"known"/);
      assert.doesNotMatch(seen.text, /hush-hush-hush/);
    }
    assert.match((await server.api('GET', `/connections/${made.id}`, undefined, editor)).text, /hush-hush-hush/);
    assert.match((await server.api('GET', `/connections/${made.id}`)).text, /hush-hush-hush/, 'a client of the API');
  });

  test('nobody gives more than they have', async () => {
    const user_id = await person('hopeful@example.com');
    const clerk = await server.tokenWith('create:administrators', 'update:administrators', 'delete:administrators');
    for (const [method, path, body] of [
      ['POST', '/administrators', { user_id, roles: ['admin'] }],
      ['POST', '/administrators/invitations', { email: 'more@example.com', roles: ['viewer_users'] }],
      ['PATCH', pathOf(first), { roles: ['admin', 'viewer_users'] }],
      ['DELETE', pathOf(first), undefined],
    ] as const) {
      const answer = await server.api(method, path, body, clerk);
      assert.deepEqual([answer.status, answer.body.errorCode], [403, 'insufficient_power'], `${method} ${path}`);
    }
  });

  test('the last administrator proper cannot be removed, demoted, blocked or deleted', async () => {
    const { administrators } = await server.make('GET', '/administrators?include_totals=true&per_page=100');
    for (const { user_id, roles } of administrators) {
      if (user_id !== first && roles.includes('admin')) await server.make('DELETE', pathOf(user_id));
    }
    const connection = (await server.make('GET', `/connections?name=${CONNECTION}`))[0];
    for (const [method, path, body] of [
      ['DELETE', pathOf(first), undefined],
      ['PATCH', pathOf(first), { roles: ['editor_users'] }],
      ['PATCH', userPath(first), { blocked: true }],
      ['DELETE', userPath(first), undefined],
      ['DELETE', `/connections/${connection.id}`, undefined],
    ] as const) {
      const answer = await server.api(method, path, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [409, 'last_administrator'], `${method} ${path}`);
    }
    assert.deepEqual((await server.make('GET', pathOf(first))).roles, ['admin']);
    assert.equal((await server.api('PATCH', pathOf(first), { roles: ['admin', 'editor_users'] })).status, 200);
  });

  test('of several who are removed at the same time one stays', async () => {
    const others = [];
    for (const name of ['one', 'two', 'three']) {
      const user_id = await person(`${name}@example.com`);
      await server.make('POST', '/administrators', { user_id, roles: ['admin'] });
      others.push(user_id);
    }
    const answers = await Promise.all([first, ...others].map((id) => server.api('DELETE', pathOf(id))));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 204, 204, 409]);
    const { administrators } = await server.make('GET', '/administrators?include_totals=true&per_page=100');
    const full = administrators.filter(({ roles }: { roles: string[] }) => roles.includes('admin'));
    assert.equal(full.length, 1);
    if (full[0].user_id === first) return;
    await server.make('POST', '/administrators', { user_id: first, roles: ['admin'] });
    await server.make('DELETE', pathOf(full[0].user_id));
  });

  test('changes are in the log, without the link of an invitation', async () => {
    const user_id = await person('logged@example.com');
    await server.make('POST', '/administrators', { user_id, roles: ['viewer_users'] });
    const { url } = await server.make('POST', '/administrators/invitations', {
      email: 'in-the-log@example.com',
      roles: ['viewer_users'],
    });
    const { text, body } = await server.api('GET', '/logs?per_page=20&q=type:sapi');
    assert.ok(body.some(({ description }: { description: string }) => description === 'Make a user an administrator'));
    assert.ok(text.includes('in-the-log@example.com'));
    assert.ok(!text.includes(new URL(url).searchParams.get('ticket')!));
  });
});

onEveryServer('invitations of administrators', (server) => {
  const invite = (email: string, roles: AdministratorRole[] = ['viewer_users']) =>
    server.make('POST', '/administrators/invitations', { email, roles });
  const linkIn = async (email: string) => {
    const { messages } = await server.make('GET', '/mailbox');
    const mail = messages.find(({ to }: { to: string }) => to === email);
    return new URL(/http:\/\/\S+\/setup\?ticket=\S+/.exec(mail.text)![0]);
  };
  const open = async (url: URL) => {
    const browser = makeBrowser(server);
    return { browser, page: await browser.get(url.pathname + url.search) };
  };

  test('the mail leads to a password, and then to the dashboard with these roles', async () => {
    const { url, ...told } = await invite('Ada@Example.com', ['editor_users', 'editor_keys']);
    assert.deepEqual([told.email, told.roles], ['ada@example.com', ['editor_users', 'editor_keys']]);
    const link = await linkIn('ada@example.com');
    assert.equal(link.href, url);
    const { browser, page } = await open(link);
    assert.match(page.text, /ada@example\.com/);
    const weak = await browser.submit(page, { password: 'short' });
    assert.equal(weak.status, 400);
    const done = await browser.submit(weak, { password: PASSWORD, email: 'somebody.else@example.com' });
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/dashboard/']);
    const [user] = await server.make('GET', '/users-by-email?email=ada@example.com');
    assert.equal(user.email_verified, true);
    assert.deepEqual((await server.make('GET', `/administrators/${user.user_id}`)).roles, [
      'editor_users',
      'editor_keys',
    ]);
    const token = await dashboardToken(server, { email: 'ada@example.com', password: PASSWORD });
    assert.equal((await server.api('GET', '/users', undefined, token)).status, 200);
    assert.equal((await server.api('GET', '/administrators', undefined, token)).status, 403);
    assert.equal((await open(link)).page.status, 400, 'the link works once');
    assert.deepEqual(await server.make('GET', '/administrators/invitations'), []);
  });

  test('of two who use a link at once one is let in', async () => {
    await invite('twice@example.com');
    const link = await linkIn('twice@example.com');
    const both = await Promise.all([open(link), open(link)]);
    const answers = await Promise.all(both.map(({ browser, page }) => browser.submit(page, { password: PASSWORD })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400]);
  });

  test('an invitation that was taken back, replaced or is too old opens nothing', async () => {
    const { id } = await invite('back@example.com');
    const first = await linkIn('back@example.com');
    await server.make('DELETE', `/administrators/invitations/${id}`);
    assert.equal((await open(first)).page.status, 400);
    await invite('back@example.com');
    const second = await linkIn('back@example.com');
    await invite('back@example.com');
    assert.equal((await open(second)).page.status, 400);
    const third = await linkIn('back@example.com');
    const { page, browser } = await open(third);
    assert.equal(page.status, 200);
    const listed = await server.make('GET', '/administrators/invitations');
    assert.deepEqual(
      listed.map(({ email }: { email: string }) => email),
      ['back@example.com'],
    );
    assert.ok(!JSON.stringify(listed).includes('ticket'));
    server.advance(3 * 86_400_000 + 1000);
    assert.equal((await browser.submit(page, { password: PASSWORD })).status, 400);
    assert.deepEqual(await server.make('GET', '/users-by-email?email=back@example.com'), []);
  });

  test('who has an account is not invited', async () => {
    const answer = await server.api('POST', '/administrators/invitations', {
      email: server.setup.admin_email,
      roles: ['admin'],
    });
    assert.deepEqual([answer.status, answer.body.errorCode], [409, 'user_exists']);
    const bad = await server.api('POST', '/administrators/invitations', { email: 'no address', roles: ['admin'] });
    assert.deepEqual([bad.status, bad.body.errorCode], [400, 'invalid_body']);
    assert.match(bad.body.message, /email/);
  });
});
