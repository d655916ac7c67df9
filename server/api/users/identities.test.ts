/** Accounts that are linked to a user and unlinked again, over HTTP and through the hosted pages. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { CALLBACK, makeBrowser, makeClient } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';

const PASSWORDS = { first: 'Nine-lives 4 cats', second: 'Eight-legs 2 spiders', third: 'Six-wings 7 seraphs' };

onEveryServer('Linked identities', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;
  let counter = 0;

  before(async () => {
    client = await makeClient(server, { grant_types: ['authorization_code', 'client_credentials'] });
    const { management_audience: audience } = server.setup;
    await server.make('POST', '/client-grants', { client_id: client.client_id, audience, scope: ['update:users'] });
  });

  async function makeUser(password: string, more: object = {}) {
    const email = `linked-${++counter}@example.com`;
    const connection = 'Username-Password-Authentication';
    const user = await server.make('POST', '/users', { connection, email, password, ...more });
    const [provider, id] = user.user_id.split('|');
    return { ...user, provider, id, password };
  }
  const link = (primary: { user_id: string }, body: object) =>
    server.api('POST', `/users/${primary.user_id}/identities`, body);
  const linkTo = async (primary: { user_id: string }, secondary: { provider: string; id: string }) => {
    const answer = await link(primary, { provider: secondary.provider, user_id: secondary.id });
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };
  /** The subject of the ID token that a sign-in gives, or undefined when it is refused. */
  async function signIn(email: string, password: string): Promise<string | undefined> {
    const token = await idToken(email, password);
    return token && decodeJwt(token).sub;
  }
  async function idToken(email: string, password: string): Promise<string | undefined> {
    const request = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    const browser = makeBrowser(server);
    const page = await browser.get(`/authorize?${new URLSearchParams(request)}`);
    const form = await browser.get(page.headers.get('location')!);
    const answer = await browser.submit(form, { username: email, password });
    if (!answer.headers.get('location')) return undefined;
    const code = (await browser.authorize(request, { email, password })).searchParams.get('code')!;
    const { client_id, client_secret } = client;
    const grant = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, client_id, client_secret };
    return (await server.post('/oauth/token', grant)).body.id_token;
  }

  test('a linked account is an identity of the first user and no user any more', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second, { given_name: 'Ada', user_metadata: { lost: true } });
    const identities = await linkTo(primary, secondary);
    assert.equal(identities.length, 2);
    assert.deepEqual(identities[0], primary.identities[0]);
    assert.equal(identities[1].user_id, secondary.id);
    assert.equal(identities[1].profileData.email, secondary.email);
    assert.equal(identities[1].profileData.given_name, 'Ada');
    assert.equal(identities[1].profileData.user_metadata, undefined);
    assert.deepEqual((await server.make('GET', `/users/${primary.user_id}`)).identities, identities);
    assert.equal((await server.api('GET', `/users/${secondary.user_id}`)).status, 404);
  });

  test('each sign-in with its own password leads to the same user', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second);
    await linkTo(primary, secondary);
    assert.equal(await signIn(primary.email, PASSWORDS.first), primary.user_id);
    assert.equal(await signIn(secondary.email, PASSWORDS.second), primary.user_id);
    assert.equal(await signIn(secondary.email, PASSWORDS.first), undefined);
    // A change of the user leaves the other sign-in as it is.
    await server.make('PATCH', `/users/${primary.user_id}`, { password: PASSWORDS.third });
    assert.equal(await signIn(secondary.email, PASSWORDS.second), primary.user_id);
    assert.equal(await signIn(primary.email, PASSWORDS.third), primary.user_id);
    // Its address is taken, as it was before.
    const connection = 'Username-Password-Authentication';
    const again = { connection, email: secondary.email, password: PASSWORDS.third };
    assert.equal((await server.api('POST', '/users', again)).status, 409);
    // And so is its id.
    const same = { ...again, email: 'another-one@example.com', user_id: secondary.id };
    assert.equal((await server.api('POST', '/users', same)).status, 409);
    assert.equal(await signIn(secondary.email, PASSWORDS.second), primary.user_id);
  });

  test('who has a session by one connection signs in to a client of the other by that one', async () => {
    const partners = await server.make('POST', '/connections', { name: 'Partners', strategy: 'auth0' });
    const theirs = await makeClient(server);
    const [usual] = await server.make('GET', '/connections?name=Username-Password-Authentication');
    await server.make('PATCH', `/connections/${usual.id}/clients`, [{ client_id: theirs.client_id, status: false }]);
    await server.make('PATCH', `/connections/${partners.id}/clients`, [{ client_id: theirs.client_id, status: true }]);
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second, { connection: 'Partners' });
    await linkTo(primary, secondary);

    const browser = makeBrowser(server);
    const request = { redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' };
    await browser.authorize({ ...request, client_id: client.client_id }, primary);
    const answer = await browser.authorize({ ...request, client_id: theirs.client_id }, secondary);
    assert.ok(answer.searchParams.get('code'));
  });

  test('a password link for a linked address changes that password only', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second);
    await linkTo(primary, secondary);
    const [connection] = await server.make('GET', '/connections?strategy=auth0');
    const body = { connection_id: connection.id, email: secondary.email };
    const { ticket } = await server.make('POST', '/tickets/password-change', body);
    const browser = makeBrowser(server);
    const form = await browser.get(ticket);
    const done = await browser.submit(form, { password: PASSWORDS.third, password_confirmation: PASSWORDS.third });
    assert.ok(done.status < 400, done.text);
    assert.equal(await signIn(secondary.email, PASSWORDS.third), primary.user_id);
    assert.equal(await signIn(primary.email, PASSWORDS.first), primary.user_id);
    assert.equal(await signIn(primary.email, PASSWORDS.third), undefined);
  });

  test('an unlinked identity is a user of its own again, with its password', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second, { nickname: 'Two' });
    await linkTo(primary, secondary);
    const path = `/users/${primary.user_id}/identities`;
    const left = await server.api('DELETE', `${path}/auth0/${secondary.id}`);
    assert.equal(left.status, 200);
    assert.deepEqual(left.body, primary.identities);
    const again = await server.make('GET', `/users/${secondary.user_id}`);
    assert.deepEqual([again.email, again.nickname, again.identities], [secondary.email, 'Two', secondary.identities]);
    assert.equal(await signIn(secondary.email, PASSWORDS.second), secondary.user_id);
    for (const id of [primary.id, secondary.id]) {
      assert.equal((await server.api('DELETE', `${path}/auth0/${id}`)).status, 400);
    }
    assert.equal((await server.api('DELETE', `/users/auth0|nobody/identities/auth0/${primary.id}`)).status, 404);
  });

  test('a deleted user takes the linked accounts along', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second);
    await linkTo(primary, secondary);
    await server.make('DELETE', `/users/${primary.user_id}`);
    assert.equal(await signIn(secondary.email, PASSWORDS.second), undefined);
    const connection = 'Username-Password-Authentication';
    await server.make('POST', '/users', { connection, email: secondary.email, password: PASSWORDS.third });
  });

  test('a deleted connection takes its identities out of the users of others', async () => {
    const other = await server.make('POST', '/connections', {
      name: 'other-database',
      strategy: 'auth0',
      enabled_clients: [client.client_id],
    });
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second, { connection: other.name });
    const identities = await linkTo(primary, secondary);
    assert.equal(identities[1].connection, 'other-database');
    const [first, second] = [
      await makeUser(PASSWORDS.first, { connection: other.name }),
      await makeUser(PASSWORDS.second, { connection: other.name }),
    ];
    await linkTo(first, second);
    const deleted = await server.api('DELETE', `/connections/${other.id}`);
    assert.ok(deleted.status < 300, deleted.text);
    assert.deepEqual((await server.make('GET', `/users/${primary.user_id}`)).identities, primary.identities);
    // Nothing is left that would keep an address taken in a connection of the same name.
    const { read } = server.services.database;
    const left = await read.query(
      read.build.selectFrom('user_identifiers').selectAll().where('connection', '=', other.name),
    );
    assert.deepEqual(left, []);
  });

  test('an ID token of the second account shows that it is theirs, when the same client got it', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second);
    const link_with = await idToken(secondary.email, PASSWORDS.second);
    const foreign = await link(primary, { link_with });
    assert.equal(foreign.status, 400);
    assert.match(foreign.body.message, /another client/);
    const { body } = await server.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: client.client_id,
      client_secret: client.client_secret,
      audience: server.setup.management_audience,
    });
    const path = `/users/${primary.user_id}/identities`;
    const [head, claims] = link_with!.split('.');
    const forged = await server.api('POST', path, { link_with: `${head}.${claims}.AAAA` }, body.access_token);
    assert.equal(forged.status, 400);
    const linked = await server.api('POST', path, { link_with }, body.access_token);
    assert.equal(linked.status, 201, linked.text);
    assert.equal(linked.body[1].user_id, secondary.id);
  });

  test('what cannot be linked is refused', async () => {
    const primary = await makeUser(PASSWORDS.first);
    const secondary = await makeUser(PASSWORDS.second);
    const third = await makeUser(PASSWORDS.third);
    const [connection] = await server.make('GET', '/connections?strategy=auth0');
    const named = { provider: 'auth0', user_id: secondary.id };
    for (const [body, status] of [
      [{}, 400],
      [{ provider: 'auth0' }, 400],
      [{ ...named, colour: 'red' }, 400],
      [{ ...named, link_with: 'x' }, 400],
      [{ link_with: 'x' }, 400],
      [{ link_with: 7 }, 400],
      [{ provider: 'auth0', user_id: primary.id }, 400],
      [{ provider: 'auth0', user_id: 'nobody' }, 404],
      [{ provider: 'google-oauth2', user_id: secondary.id }, 404],
      [{ ...named, connection_id: 'con_unknown' }, 404],
    ] as const) {
      assert.equal((await link(primary, body)).status, status, JSON.stringify(body));
    }
    assert.equal((await link({ user_id: 'auth0|nobody' }, named)).status, 404);
    const answer = await link(primary, { ...named, user_id: secondary.user_id, connection_id: connection.id });
    assert.equal(answer.status, 201);
    const twice = await link(primary, named);
    assert.deepEqual([twice.status, twice.body.errorCode], [409, 'identity_conflict']);
    assert.equal((await link(third, { provider: 'auth0', user_id: primary.id })).status, 400);
  });
});
