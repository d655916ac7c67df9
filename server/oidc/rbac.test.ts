/** APIs that enforce policies: what users may do there decides what their tokens hold. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { onEveryServer } from '../testing.ts';
import { CALLBACK, makeBrowser, makeClient, makeUser } from './testing.ts';

const API = 'https://ledger.example.com';
const SCOPES = ['read:ledger', 'write:ledger', 'close:ledger'];
const permission = (name: string) => ({ resource_server_identifier: API, permission_name: name });

onEveryServer('Role-based access', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: resources as the API answers them
  let client: any, user: any, api: any, role: any;

  before(async () => {
    user = await makeUser(server);
    client = await makeClient(server, { grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] });
    api = await server.make('POST', '/resource-servers', {
      name: 'Ledger',
      identifier: API,
      scopes: SCOPES.map((value) => ({ value })),
      allow_offline_access: true,
      enforce_policies: true,
      token_dialect: 'access_token_authz',
    });
    role = await server.make('POST', '/roles', { name: 'Bookkeeper' });
    await server.make('POST', `/roles/${role.id}/permissions`, { permissions: [permission('write:ledger')] });
    await server.make('POST', `/users/${user.user_id}/roles`, { roles: [role.id] });
    await server.make('POST', `/users/${user.user_id}/permissions`, { permissions: [permission('read:ledger')] });
  });

  async function signIn(scope: string) {
    const answer = await makeBrowser(server).authorize({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      audience: API,
      scope,
    });
    return token({ grant_type: 'authorization_code', redirect_uri: CALLBACK, code: answer.searchParams.get('code')! });
  }
  async function token(fields: Record<string, string>) {
    const { client_id, client_secret } = client;
    const answer = await server.post('/oauth/token', { client_id, client_secret, ...fields });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  }
  const claims = (body: { access_token: string }) => decodeJwt(body.access_token) as Record<string, unknown>;

  test('a token holds the requested scopes that its user has, and all of their permissions', async () => {
    const answer = await signIn(`openid ${SCOPES.slice(1).join(' ')}`);
    assert.equal(answer.scope, 'openid write:ledger');
    const { scope, permissions } = claims(answer);
    assert.equal(scope, 'openid write:ledger');
    assert.deepEqual(permissions, ['read:ledger', 'write:ledger']);
  });

  test('a refreshed token follows what the user may do by then', async () => {
    const first = await signIn(`openid offline_access ${SCOPES.join(' ')}`);
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    await server.make('DELETE', `/users/${user.user_id}/roles`, { roles: [role.id] });
    const less = claims(await token(refresh));
    assert.equal(less.scope, 'openid offline_access read:ledger');
    assert.deepEqual(less.permissions, ['read:ledger']);
    await server.make('POST', `/users/${user.user_id}/roles`, { roles: [role.id] });
    assert.deepEqual(claims(await token(refresh)).permissions, ['read:ledger', 'write:ledger']);
  });

  test('a user without permissions gets none', async () => {
    await makeUser(server, { email: 'nobody@example.com' });
    const answer = await makeBrowser(server).authorize(
      {
        client_id: client.client_id,
        redirect_uri: CALLBACK,
        response_type: 'code',
        audience: API,
        scope: SCOPES.join(' '),
      },
      { email: 'nobody@example.com', password: 'Nine-lives 4 cats' },
    );
    const code = answer.searchParams.get('code')!;
    const body = await token({ grant_type: 'authorization_code', redirect_uri: CALLBACK, code });
    assert.deepEqual([claims(body).scope, claims(body).permissions], [undefined, []]);
  });

  test('dialects without permissions reduce the scopes all the same', async () => {
    await server.make('PATCH', `/resource-servers/${api.id}`, { token_dialect: 'rfc9068_profile' });
    const { scope, permissions } = claims(await signIn(SCOPES.join(' ')));
    assert.deepEqual([scope, permissions], ['read:ledger write:ledger', undefined]);
    await server.make('PATCH', `/resource-servers/${api.id}`, { token_dialect: 'rfc9068_profile_authz' });
    assert.deepEqual(claims(await signIn(SCOPES.join(' '))).permissions, ['read:ledger', 'write:ledger']);
  });

  test('a client finds what it was granted among the permissions', async () => {
    const grant = { client_id: client.client_id, audience: API, scope: ['read:ledger', 'close:ledger'] };
    await server.make('POST', '/client-grants', grant);
    const { scope, permissions } = claims(await token({ grant_type: 'client_credentials', audience: API }));
    assert.equal(scope, 'read:ledger close:ledger');
    assert.deepEqual(permissions, ['read:ledger', 'close:ledger']);
  });

  test('an API that does not enforce policies gives what is asked for and tells no permissions', async () => {
    await server.make('PATCH', `/resource-servers/${api.id}`, { enforce_policies: false });
    const { scope, permissions } = claims(await signIn(SCOPES.join(' ')));
    assert.deepEqual([scope, permissions], [SCOPES.join(' '), undefined]);
  });
});
