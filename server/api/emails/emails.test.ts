// The mail provider of a tenant, through HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { emailProviderStore } from './store.ts';

const smtp = {
  name: 'smtp',
  enabled: true,
  default_from_address: 'login@example.com',
  credentials: { smtp_host: 'mail.example.com', smtp_port: 587, smtp_user: 'jo', smtp_pass: 'hidden' },
};

onEveryServer('Mail provider', (server) => {
  const path = '/emails/provider';

  test('without one there is nothing to read or to change, and removing it is no error', async () => {
    assert.equal((await server.api('GET', path)).body.errorCode, 'inexistent_email_provider');
    assert.equal((await server.api('PATCH', path, { enabled: false })).status, 404);
    assert.equal((await server.api('DELETE', path)).status, 204);
  });

  test('it is made once, and its secrets are never shown', async () => {
    const made = await server.api('POST', path, smtp);
    assert.equal(made.status, 201);
    const { smtp_pass: _, ...visible } = smtp.credentials;
    assert.deepEqual(made.body, { ...smtp, credentials: visible });
    assert.equal((await server.api('POST', path, smtp)).status, 409);
    assert.deepEqual(await server.make('GET', `${path}?fields=name,credentials`), {
      name: 'smtp',
      credentials: visible,
    });
  });

  test('secrets are sealed at rest and masked in the log', async () => {
    const rows = await server.services.database.read.query<{ doc: string }>(
      server.services.database.read.build.selectFrom('documents').select('doc').where('kind', '=', 'email_provider'),
    );
    assert.equal(rows.length, 1);
    assert.doesNotMatch(rows[0]!.doc, /hidden|mail\.example\.com/);
    const logs = await server.services.database.read.query<{ doc: string }>(
      server.services.database.read.build.selectFrom('log_events').select('doc').where('type', '=', 'sapi'),
    );
    assert.doesNotMatch(JSON.stringify(logs), /hidden/);
  });

  test('what is not sent stays with the same provider', async () => {
    await server.make('PATCH', path, { name: 'smtp', credentials: { smtp_port: 25 } });
    const stored = await emailProviderStore(server.services.vault).get(
      server.services.database.read,
      server.tenant,
      'provider',
    );
    assert.deepEqual(stored?.credentials, { ...smtp.credentials, smtp_port: 25 });
  });

  test('another provider begins anew', async () => {
    const lacking = await server.api('PATCH', path, { name: 'mandrill' });
    assert.match(lacking.body.message, /Missing required property: api_key' on property credentials/);
    const changed = await server.make('PATCH', path, { name: 'mandrill', credentials: { api_key: 'k' } });
    assert.deepEqual(changed.credentials, {});
    assert.equal(changed.settings, undefined);
  });

  test('what no provider has is refused', async () => {
    const bad: [unknown, RegExp][] = [
      [{ enabled: 'yes' }, /Expected type boolean/],
      [{ colour: 1 }, /Additional properties not allowed: colour/],
      [{ name: 'pigeon' }, /No enum match for: pigeon/],
      [{ credentials: { smtp_host: 'x' } }, /Additional properties not allowed: smtp_host/],
      [{}, /Too few properties/],
    ];
    for (const [body, message] of bad) {
      const answer = await server.api('PATCH', path, body);
      assert.equal(answer.status, 400);
      assert.match(answer.body.message, message);
    }
    assert.match((await server.api('POST', path, { name: 'smtp' })).body.message, /Missing required property/);
  });

  test('it takes its own scope', async () => {
    const token = await server.tokenWith('read:email_provider');
    assert.equal((await server.api('GET', path, undefined, token)).status, 200);
    assert.equal((await server.api('DELETE', path, undefined, token)).status, 403);
    assert.equal((await server.api('DELETE', path)).status, 204);
    assert.equal((await server.api('GET', path)).status, 404);
  });
});
