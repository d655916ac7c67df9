/** Who administers: made by `latchkey setup` and by the set-up link, whatever became of what they made before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBrowser, pkce } from './oidc/testing.ts';
import { ensureSetup } from './setup.ts';
import { setupLink } from './tenants/setup.ts';
import { onEveryServer, type TestServer } from './testing.ts';

const CONNECTION = 'Username-Password-Authentication';

type Account = { email: string; password: string };

/** What the dashboard gets when this person signs in to it. */
async function dashboardToken(server: TestServer, account: Account): Promise<{ access_token: string; scope: string }> {
  const { client_id, audience } = (await server.get('/dashboard/config.json')).body;
  const { verifier, challenge } = pkce();
  const redirect_uri = `${server.issuer}dashboard/callback`;
  const answer = await makeBrowser(server).authorize(
    {
      client_id,
      redirect_uri,
      audience,
      response_type: 'code',
      scope: 'openid',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    },
    account,
  );
  const code = answer.searchParams.get('code')!;
  const fields = { grant_type: 'authorization_code', client_id, redirect_uri, code, code_verifier: verifier };
  return (await server.post('/oauth/token', fields)).body;
}

onEveryServer('administrators', (server) => {
  const accountOf = async (): Promise<Account> => {
    const { admin_email: email, admin_password: password } = await ensureSetup(server.services);
    return { email, password };
  };
  const idOf = async (email: string): Promise<string> =>
    encodeURIComponent((await server.make('GET', `/users-by-email?email=${email}`))[0].user_id);
  const status = async (token: string) => (await server.api('GET', '/clients', undefined, token)).status;

  test('setting up again tells the same, and what it tells is good for the dashboard', async () => {
    assert.deepEqual(await ensureSetup(server.services), server.setup);
    const { access_token } = await dashboardToken(server, await accountOf());
    assert.equal(await status(access_token), 200);
  });

  test('an administrator who is blocked or deleted is out at once', async () => {
    const account = await accountOf();
    const id = await idOf(account.email);
    const { access_token } = await dashboardToken(server, account);
    assert.equal(await status(access_token), 200);
    await server.make('PATCH', `/users/${id}`, { blocked: true });
    assert.equal(await status(access_token), 401);
    await server.make('PATCH', `/users/${id}`, { blocked: false });
    assert.equal(await status(access_token), 200);
    await server.make('DELETE', `/users/${id}`);
    assert.equal(await status(access_token), 401);
  });

  test('whoever signs up with the address of an administrator does not become one', async () => {
    const before = await accountOf();
    await server.make('DELETE', `/users/${await idOf(before.email)}`);
    const stranger = { email: before.email, password: 'Nine-lives 4 cats' };
    await server.make('POST', '/users', { connection: CONNECTION, ...stranger });
    const after = await accountOf();
    assert.notEqual(after.email, stranger.email);
    assert.deepEqual(await accountOf(), after);
    const refused = await dashboardToken(server, stranger);
    assert.doesNotMatch(refused.scope, /read:clients/);
    assert.match((await dashboardToken(server, after)).scope, /read:clients/);
  });

  test('the dashboard’s own client cannot be deleted', async () => {
    const { client_id } = (await server.get('/dashboard/config.json')).body;
    const answer = await server.api('DELETE', `/clients/${client_id}`);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.errorCode, 'operation_not_supported');
    assert.equal((await server.api('GET', `/clients/${client_id}`)).status, 200);
  });

  test('when the connection of the administrators is deleted there is a way back in', async () => {
    const remove = async () => {
      const [connection] = await server.make('GET', `/connections?name=${CONNECTION}`);
      await server.make('DELETE', `/connections/${connection.id}`);
    };
    await remove();
    assert.match((await dashboardToken(server, await accountOf())).scope, /read:clients/);
    assert.equal(await setupLink(server.services, server.tenant, server.base), undefined);

    await remove();
    const link = await setupLink(server.services, server.tenant, server.base);
    const browser = makeBrowser(server);
    const account = { email: 'root@example.com', password: 'Nine-lives 4 cats' };
    const form = await browser.get(link!);
    const made = await browser.submit(form, account);
    assert.equal(made.headers.get('location'), '/dashboard/', made.text);
    assert.match((await dashboardToken(server, account)).scope, /read:clients/);
  });
});
