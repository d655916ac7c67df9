/** Who administers: made by `latchkey setup` and by the set-up link, whatever became of what they made before. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { dashboardToken } from './oidc/testing.ts';
import { ensureSetup } from './setup.ts';
import { addAdministrator } from './tenants/administrators.ts';
import { onEveryServer } from './testing.ts';

const CONNECTION = 'Username-Password-Authentication';

type Account = { email: string; password: string };

onEveryServer('administrators', (server) => {
  /** There must always be one: the others of these tests come and go. */
  before(async () => {
    const user = { email: 'keeper@example.com', password: 'Nine-lives 4 cats' };
    const { user_id } = await server.make('POST', '/users', { connection: CONNECTION, ...user });
    const { database, clock } = server.services;
    await database.write((sql) => addAdministrator(sql, server.tenant, user_id, clock()));
  });

  const accountOf = async (): Promise<Account> => {
    const { admin_email: email, admin_password: password } = await ensureSetup(server.services);
    return { email, password };
  };
  const idOf = async (email: string): Promise<string> =>
    encodeURIComponent((await server.make('GET', `/users-by-email?email=${email}`))[0].user_id);
  const scopeOf = async (account: Account) => String(decodeJwt(await dashboardToken(server, account)).scope);
  const status = async (token: string) => (await server.api('GET', '/clients', undefined, token)).status;

  test('setting up again tells the same, and what it tells is good for the dashboard', async () => {
    assert.deepEqual(await ensureSetup(server.services), server.setup);
    assert.equal(await status(await dashboardToken(server, await accountOf())), 200);
  });

  test('set-ups that run at once make one administrator, and all tell it', async () => {
    // As before the first of them.
    await server.services.database.write((sql) =>
      sql.query(sql.build.deleteFrom('documents').where('tenant', '=', server.tenant).where('kind', '=', 'setup')),
    );
    const told = await Promise.all(Array.from({ length: 4 }, () => ensureSetup(server.services)));
    for (const one of told) assert.deepEqual(one, told[0]);
    assert.equal(await status(await dashboardToken(server, await accountOf())), 200);
  });

  test('setting up again gives the client the scopes that it lacks', async () => {
    const { client_id } = await ensureSetup(server.services);
    const grants = `/client-grants?client_id=${client_id}`;
    const [{ id, scope }] = await server.make('GET', grants);
    const fewer = scope.filter((name: string) => name !== 'read:logs');
    await server.make('PATCH', `/client-grants/${id}`, { scope: fewer });
    await ensureSetup(server.services);
    assert.deepEqual((await server.make('GET', grants))[0].scope.toSorted(), scope.toSorted());
    await server.make('DELETE', `/client-grants/${id}`);
    await ensureSetup(server.services);
    const [again] = await server.make('GET', grants);
    assert.deepEqual(again.scope.toSorted(), scope.toSorted());
  });

  test('an administrator who is blocked or deleted is out at once', async () => {
    const account = await accountOf();
    const id = await idOf(account.email);
    const token = await dashboardToken(server, account);
    assert.equal(await status(token), 200);
    await server.make('PATCH', `/users/${id}`, { blocked: true });
    assert.equal(await status(token), 403);
    await server.make('PATCH', `/users/${id}`, { blocked: false });
    assert.equal(await status(token), 200);
    await server.make('DELETE', `/users/${id}`);
    assert.equal(await status(token), 403);
  });

  test('whoever signs up with the address of an administrator does not become one', async () => {
    const before = await accountOf();
    await server.make('DELETE', `/users/${await idOf(before.email)}`);
    const stranger = { email: before.email, password: 'Nine-lives 4 cats' };
    await server.make('POST', '/users', { connection: CONNECTION, ...stranger });
    const after = await accountOf();
    assert.notEqual(after.email, stranger.email);
    assert.deepEqual(await accountOf(), after);
    assert.doesNotMatch(await scopeOf(stranger), /read:clients/);
    assert.match(await scopeOf(after), /read:clients/);
  });

  test('the dashboard’s own client cannot be deleted', async () => {
    const { client_id } = (await server.get('/dashboard/config.json')).body;
    const answer = await server.api('DELETE', `/clients/${client_id}`);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.errorCode, 'operation_not_supported');
    assert.equal((await server.api('GET', `/clients/${client_id}`)).status, 200);
  });

  test('when the dashboard has no connection any more, setting up again gives it back', async () => {
    const { client_id } = (await server.get('/dashboard/config.json')).body;
    const [connection] = await server.make('GET', `/connections?name=${CONNECTION}`);
    const path = `/connections/${connection.id}/clients`;
    await server.make('PATCH', path, [{ client_id, status: false }]);
    assert.match(await scopeOf(await accountOf()), /read:clients/);
  });
});
