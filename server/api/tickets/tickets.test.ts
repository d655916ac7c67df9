// Tickets, through HTTP: the links work as the ones in mails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useLink } from '../../login/link-testing.ts';
import { onEveryServer } from '../../testing.ts';

const PASSWORD = 'Correct horse 1 battery';

onEveryServer('Tickets', (server) => {
  let count = 0;
  const makeUser = (more: object = {}) =>
    server.make('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: `user${count++}@example.com`,
      password: PASSWORD,
      ...more,
    });

  test('a verification ticket confirms the address and leads on', async () => {
    const user = await makeUser();
    const made = await server.api('POST', '/tickets/email-verification', {
      user_id: user.user_id,
      result_url: 'https://app.example.com/done?a=1',
    });
    assert.equal(made.status, 201);
    assert.ok(made.body.ticket.startsWith(`${server.base}/u/email-verification?ticket=`));
    assert.equal((await server.make('GET', `/users/${user.user_id}`)).email_verified, false);
    const done = await useLink(server, made.body.ticket);
    assert.equal(done.status, 200);
    const [, next] = /href="(https:\/\/app\.example\.com[^"]*)"/.exec(done.text)!;
    const url = new URL(next!.replaceAll('&amp;', '&'));
    assert.deepEqual(
      [url.searchParams.get('a'), url.searchParams.get('email'), url.searchParams.get('success')],
      ['1', user.email, 'true'],
    );
    assert.equal((await server.make('GET', `/users/${user.user_id}`)).email_verified, true);
    assert.equal((await useLink(server, made.body.ticket)).status, 400);
  });

  test('the address stays out of the redirect when it is not wanted there', async () => {
    const user = await makeUser();
    const { ticket } = await server.make('POST', '/tickets/email-verification', {
      user_id: user.user_id,
      result_url: 'https://app.example.com/',
      includeEmailInRedirect: false,
      identity: { user_id: user.user_id.replace('auth0|', ''), provider: 'auth0' },
    });
    assert.doesNotMatch((await useLink(server, ticket)).text, /email=/);
  });

  test('a password ticket sets a password once', async () => {
    const user = await makeUser();
    const { ticket } = await server.make('POST', '/tickets/password-change', { user_id: user.user_id });
    const password = 'Another horse 2 battery';
    const done = await useLink(server, ticket, { password, password_confirmation: password });
    assert.equal(done.status, 200, done.text);
    const changed = await server.make('GET', `/users/${user.user_id}`);
    assert.ok(changed.last_password_reset);
    assert.equal(changed.email_verified, false);
    assert.equal((await useLink(server, ticket)).status, 400);
  });

  test('a password ticket finds its user by address and connection, and may vouch for the address', async () => {
    const user = await makeUser();
    const [connection] = await server.make('GET', '/connections?name=Username-Password-Authentication');
    const { ticket } = await server.make('POST', '/tickets/password-change', {
      email: user.email,
      connection_id: connection.id,
      mark_email_as_verified: true,
    });
    const password = 'Another horse 3 battery';
    await useLink(server, ticket, { password, password_confirmation: password });
    assert.equal((await server.make('GET', `/users/${user.user_id}`)).email_verified, true);
  });

  test('a ticket ends when it is told to', async () => {
    const user = await makeUser();
    const { ticket } = await server.make('POST', '/tickets/email-verification', { user_id: user.user_id, ttl_sec: 10 });
    const usual = await server.make('POST', '/tickets/email-verification', { user_id: user.user_id, ttl_sec: 0 });
    server.advance(11_000);
    assert.equal((await useLink(server, ticket)).status, 400);
    assert.equal((await useLink(server, usual.ticket)).status, 200);
  });

  test('links lead to the domain that is asked for, or to the default one', async () => {
    const user = await makeUser();
    const ask = (headers: Record<string, string> = {}) =>
      server.post(
        '/api/v2/tickets/email-verification',
        { user_id: user.user_id },
        {
          json: true,
          headers: { authorization: `Bearer ${server.token}`, ...headers },
        },
      );
    const domain = { domain: 'id.example.com', type: 'auth0_managed_certs' };
    const { custom_domain_id: id } = await server.make('POST', '/custom-domains', domain);
    const header = { 'auth0-custom-domain': 'id.example.com' };
    assert.equal((await ask(header)).status, 400);
    await server.make('POST', `/custom-domains/${id}/verify`);
    assert.match((await ask(header)).body.ticket, /^https:\/\/id\.example\.com\/u\//);
    assert.ok((await ask()).body.ticket.startsWith(server.base));
    await server.make('PATCH', '/custom-domains/default', { domain: 'id.example.com' });
    assert.match((await ask()).body.ticket, /^https:\/\/id\.example\.com\/u\//);
    await server.make('PATCH', '/custom-domains/default', { domain: new URL(server.base).host });
  });

  test('what no ticket can be made of is refused', async () => {
    const user = await makeUser();
    const bad: [string, object, number, RegExp][] = [
      ['email-verification', {}, 400, /Missing required property: user_id/],
      ['email-verification', { user_id: 'auth0|nobody' }, 404, /user does not exist/],
      ['email-verification', { user_id: user.user_id, result_url: 'javascript:x' }, 400, /format url/],
      ['email-verification', { user_id: user.user_id, ttl_sec: '5' }, 400, /Expected type integer/],
      ['email-verification', { user_id: user.user_id, client_id: 'nobody' }, 400, /client does not exist/],
      ['email-verification', { user_id: user.user_id, identity: { user_id: 'x', provider: 'auth0' } }, 400, /identity/],
      ['password-change', {}, 400, /Missing required property: user_id/],
      ['password-change', { email: user.email }, 400, /Missing required property: connection_id/],
      ['password-change', { email: user.email, user_id: user.user_id }, 400, /not both/],
      [
        'password-change',
        { email: user.email, connection_id: 'con_0000000000000000' },
        400,
        /connection does not exist/,
      ],
      ['password-change', { user_id: user.user_id, new_password: 'x' }, 400, /Additional properties not allowed/],
      [
        'password-change',
        { user_id: user.user_id, client_id: server.setup.client_id, result_url: 'https://a.example' },
        400,
        /result_url cannot be given with client_id/,
      ],
    ];
    for (const [kind, body, status, message] of bad) {
      const answer = await server.api('POST', `/tickets/${kind}`, body);
      assert.equal(answer.status, status, JSON.stringify(body));
      assert.match(answer.body.message, message);
    }
    const token = await server.tokenWith('read:users');
    assert.equal((await server.api('POST', '/tickets/password-change', { user_id: user.user_id }, token)).status, 403);
  });
});
