/** Invitations to an organization: their links, their mails, and what they depend on. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { hashSecret } from '../../../keys/secrets.ts';
import { onEveryServer } from '../../../testing.ts';
import { makers } from '../testing.ts';
import { invitationStore } from './store.ts';

onEveryServer('Invitations', (server) => {
  const make = makers(server);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);
  // biome-ignore lint/suspicious/noExplicitAny: an organization and a client as they are answered
  let organization: any, client: any;
  let path: string;

  before(async () => {
    organization = await make.organization({ display_name: 'Acme & Co' });
    path = `/organizations/${organization.id}/invitations`;
    client = await make.client({
      name: 'Portal',
      organization_usage: 'allow',
      initiate_login_uri: 'https://{organization_name}.example.com/login?from=mail',
    });
  });

  const body = (more: object = {}) => ({
    inviter: { name: 'Jo' },
    invitee: { email: 'jane@example.com' },
    client_id: client.client_id,
    ...more,
  });

  test('an invitation has a link to the login page of the application', async () => {
    const role = await make.role();
    const connection = await make.connection();
    const given = {
      connection_id: connection.id,
      app_metadata: { plan: 'gold' },
      user_metadata: { color: 'red' },
      roles: [role.id],
    };
    const answer = await server.api('POST', path, body({ ...given, ttl_sec: 60 }));
    assert.equal(answer.status, 200);
    const made = answer.body;
    assert.match(made.id, /^uinv_[A-Za-z0-9]{16}$/);
    assert.deepEqual(made, {
      ...body(given),
      id: made.id,
      organization_id: organization.id,
      invitation_url: made.invitation_url,
      ticket_id: made.ticket_id,
      created_at: made.created_at,
      expires_at: new Date(Date.parse(made.created_at) + 60_000).toISOString(),
    });
    const url = new URL(made.invitation_url);
    assert.equal(url.origin + url.pathname, `https://${organization.name}.example.com/login`);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      from: 'mail',
      invitation: made.ticket_id,
      organization: organization.id,
      organization_name: organization.name,
    });
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    assert.deepEqual(await server.make('GET', `${path}/${made.id}?fields=id`), { id: made.id });
    // Whoever has the secret finds the invitation; the database alone does not tell it.
    const { database, vault } = server.services;
    const store = invitationStore(vault);
    assert.deepEqual(await store.find(database.read, server.tenant, 'ticket', hashSecret(made.ticket_id)), made);
    const [row] = await database.read.query(
      database.read.build.selectFrom('documents').select('doc').where('id', '=', made.id),
    );
    assert.equal(row!.doc.includes(made.ticket_id), false);
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
    for (const method of ['GET', 'DELETE']) {
      const gone = await server.api(method, `${path}/${made.id}`);
      assert.deepEqual([gone.status, gone.body.errorCode], [404, 'inexistent_invitation'], method);
    }
  });

  test('the secret of the link is in no log event', async () => {
    const { id, ticket_id } = await server.make('POST', path, body());
    const logs = await server.make('GET', '/logs?per_page=5');
    const event = JSON.stringify(logs.find((entry: object) => JSON.stringify(entry).includes(id)));
    assert.ok(event);
    assert.equal(event.includes(ticket_id), false);
    await server.make('DELETE', `${path}/${id}`);
  });

  test('the mail tells who invites to what, and is sent unless the caller wants none', async () => {
    type Mail = { readonly to: string; readonly subject: string; readonly html: string; readonly text: string };
    const mails = async (): Promise<Mail[]> => (await server.make('GET', '/mailbox')).messages;
    const made = await server.make('POST', path, body({ invitee: { email: 'mail@example.com' } }));
    assert.equal(Date.parse(made.expires_at) - Date.parse(made.created_at), 7 * 86_400_000);
    const mail = (await mails()).find(({ to }) => to === 'mail@example.com')!;
    assert.equal(mail.subject, 'Jo invites you to Acme & Co');
    assert.ok(mail.text!.includes(made.invitation_url));
    assert.match(mail.text!, /for 7 days/);
    assert.match(mail.html!, /Acme &amp; Co/);
    await server.make('POST', path, body({ invitee: { email: 'quiet@example.com' }, send_invitation_email: false }));
    assert.equal(
      (await mails()).some(({ to }) => to === 'quiet@example.com'),
      false,
    );
    for (const { id } of await server.make('GET', path)) await server.make('DELETE', `${path}/${id}`);
  });

  test('invitations are listed newest first, or as asked', async () => {
    const path = `/organizations/${(await make.organization()).id}/invitations`;
    const made: string[] = [];
    for (const ttl_sec of [300, 100, 200]) {
      made.push((await server.make('POST', path, body({ ttl_sec, send_invitation_email: false }))).id);
      server.advance(1000);
    }
    const [a, b, c] = made;
    assert.deepEqual(ids(await server.make('GET', path)), [c, b, a]);
    assert.deepEqual(ids(await server.make('GET', `${path}?sort=created_at:1`)), [a, b, c]);
    assert.deepEqual(ids(await server.make('GET', `${path}?sort=expires_at:1`)), [b, c, a]);
    const page = await server.make('GET', `${path}?include_totals=true&per_page=1&page=1&fields=id`);
    assert.deepEqual([page.start, page.limit, page.invitations], [1, 1, [{ id: b }]]);
    assert.equal((await server.api('GET', `${path}?sort=invitee:1`)).status, 400);
  });

  test('what cannot be invited to is refused', async () => {
    const closed = await make.client({ initiate_login_uri: 'https://app.example/login' });
    const homeless = await make.client({ organization_usage: 'allow' });
    const passwordless = await make.connection('email', { options: { name: 'email' } });
    for (const [more, told] of [
      [{ inviter: undefined }, /Missing required property: inviter/],
      [{ invitee: { email: 'jane' } }, /format email/],
      [{ invitee: { email: 1 } }, /Expected type string/],
      [{ other: 1 }, /Additional properties not allowed: other/],
      [{ ttl_sec: 2_592_001 }, /maximum/],
      [{ roles: [] }, /too short/],
      [{ roles: ['rol_unknown'] }, /do not exist: rol_unknown/],
      [{ client_id: 'unknown' }, /client_id does not exist/],
      [{ client_id: closed.client_id }, /does not allow organizations/],
      [{ client_id: homeless.client_id }, /default login route/],
      [{ connection_id: 'con_unknown' }, /connection does not exist/],
      [{ connection_id: passwordless.id }, /Passwordless/],
    ] as const) {
      const answer = await server.api('POST', path, body(more));
      assert.deepEqual([answer.status, answer.body.errorCode], [400, 'invalid_body'], JSON.stringify(more));
      assert.match(answer.body.message, told);
    }
    const elsewhere = '/organizations/org_unknown/invitations';
    for (const [method, rest] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', '/uinv_x'],
      ['DELETE', '/uinv_x'],
    ] as const) {
      const answer = await server.api(method, elsewhere + rest, method === 'POST' ? body() : undefined);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_organization'], method);
    }
    const other = await make.organization();
    const { id } = await server.make('POST', path, body({ send_invitation_email: false }));
    assert.equal((await server.api('GET', `/organizations/${other.id}/invitations/${id}`)).status, 404);
    const reader = await server.tokenWith('read:organization_invitations');
    assert.equal((await server.api('POST', path, body(), reader)).status, 403);
    assert.equal((await server.api('DELETE', `${path}/${id}`, undefined, reader)).status, 403);
  });

  test('the tenant’s login page stands in for the client’s', async () => {
    const homeless = await make.client({ organization_usage: 'require' });
    await server.make('PATCH', '/tenants/settings', { default_redirection_uri: 'https://start.example/login' });
    const made = await server.make('POST', path, body({ client_id: homeless.client_id }));
    assert.ok(made.invitation_url.startsWith('https://start.example/login?invitation='));
    await server.make('PATCH', '/tenants/settings', { default_redirection_uri: '' });
    assert.equal((await server.api('POST', path, body({ client_id: homeless.client_id }))).status, 400);
  });

  test('what an invitation leads to takes it along', async () => {
    const fleeting = await make.client({
      organization_usage: 'allow',
      initiate_login_uri: 'https://app.example/login',
    });
    const connection = await make.connection();
    const [kept, gone] = [await make.role(), await make.role()];
    const quiet = { send_invitation_email: false };
    const byClient = await server.make('POST', path, body({ ...quiet, client_id: fleeting.client_id }));
    const byConnection = await server.make('POST', path, body({ ...quiet, connection_id: connection.id }));
    const two = await server.make('POST', path, body({ ...quiet, roles: [kept.id, gone.id] }));
    const one = await server.make('POST', path, body({ ...quiet, roles: [gone.id] }));
    await server.make('DELETE', `/clients/${fleeting.client_id}`);
    await server.make('DELETE', `/connections/${connection.id}`);
    await server.make('DELETE', `/roles/${gone.id}`);
    for (const { id } of [byClient, byConnection]) {
      assert.equal((await server.api('GET', `${path}/${id}`)).status, 404);
    }
    assert.deepEqual((await server.make('GET', `${path}/${two.id}`)).roles, [kept.id]);
    assert.equal('roles' in (await server.make('GET', `${path}/${one.id}`)), false);
  });
});
