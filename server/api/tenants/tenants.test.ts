/** Tenant settings, signing keys, consents and logs over HTTP: what a tenant has one of, or collects. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, makeBrowser, makeClient, makeUser } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';

onEveryServer('Tenant', (server) => {
  test('settings are read whole or in part, merged on change, and work', async () => {
    const settings = await server.make('GET', '/tenants/settings');
    assert.equal(typeof settings.flags, 'object');
    const changed = await server.make('PATCH', '/tenants/settings', {
      friendly_name: 'Meridian',
      session_lifetime: 100.5,
      flags: { enable_public_signup_user_exists_error: true },
    });
    assert.equal(changed.friendly_name, 'Meridian');
    const part = await server.make('GET', '/tenants/settings?fields=friendly_name');
    assert.deepEqual(part, { friendly_name: 'Meridian' });
    const page = await server.get('/nothing');
    assert.match(page.text, /Meridian/);
    for (const body of [{ session_lifetime: 'long' }, { flags: { invented: 'yes' } }, { support_email: 'nobody' }]) {
      assert.equal((await server.api('PATCH', '/tenants/settings', body)).status, 400, JSON.stringify(body));
    }
  });

  test('discovery names the languages that the tenant has texts for', async () => {
    const supported = async () => (await server.get('/.well-known/openid-configuration')).body.ui_locales_supported;
    assert.deepEqual(await supported(), ['en']);
    await server.make('PATCH', '/tenants/settings', { enabled_locales: ['en', 'de'] });
    // The document is kept for a second.
    server.advance(1500);
    assert.deepEqual(await supported(), ['en', 'de']);
  });

  test('signing keys are listed, rotated and revoked, never the one in use', async () => {
    const keys = await server.make('GET', '/keys/signing');
    const current = keys.find(({ current }: { current?: boolean }) => current);
    assert.match((await server.make('GET', `/keys/signing/${current.kid}`)).cert, /BEGIN CERTIFICATE/);
    assert.ok((await server.api('PUT', `/keys/signing/${current.kid}/revoke`)).status >= 400);
    const rotated = await server.make('POST', '/keys/signing/rotate');
    assert.notEqual(rotated.kid, current.kid);
    const jwks = (await server.get('/.well-known/jwks.json')).body.keys;
    const kids = jwks.map(({ kid }: { kid: string }) => kid);
    assert.ok(kids.includes(current.kid) && kids.includes(rotated.kid));
    await server.make('PUT', `/keys/signing/${current.kid}/revoke`);
    // Our own token was signed with it, and the document is kept for a second.
    server.advance(1500);
    const after = (await server.get('/.well-known/jwks.json')).text;
    assert.doesNotMatch(after, new RegExp(current.kid));
    assert.equal((await server.api('GET', '/keys/signing/nobody')).status, 404);
  });

  test('a consent is remembered, listed, and taken back', async () => {
    const user = await makeUser(server);
    const client = await makeClient(server, { is_first_party: false });
    await server.make('PATCH', `/clients/${client.client_id}`, { is_first_party: false });
    const request = {
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid email',
    };
    const silently = (browser: ReturnType<typeof makeBrowser>) =>
      browser.get(`/authorize?${new URLSearchParams({ ...request, prompt: 'none' })}`);
    const answerOf = (answer: { headers: Headers }) => new URL(answer.headers.get('location')!).searchParams;
    const connection = (await server.make('GET', '/connections?strategy=auth0'))[0];
    await server.make('PATCH', `/connections/${connection.id}`, { is_domain_connection: true });
    const browser = makeBrowser(server);
    await browser.authorize(request);
    assert.ok(answerOf(await silently(browser)).get('code'));
    const grants = await server.make('GET', `/grants?user_id=${encodeURIComponent(user.user_id)}`);
    assert.equal(grants.length, 1);
    assert.deepEqual(grants[0].scope, ['openid', 'email']);
    await server.make('DELETE', `/grants/${grants[0].id}`);
    assert.equal(answerOf(await silently(browser)).get('error'), 'consent_required');
    await browser.authorize(request);
    assert.equal((await server.api('DELETE', `/grants?user_id=${encodeURIComponent(user.user_id)}`)).status, 204);
    assert.equal((await server.make('GET', '/grants')).length, 0);
  });

  test('logs are read one by one, searched, and followed from a checkpoint', async () => {
    const [newest, next] = await server.make('GET', '/logs?per_page=2');
    assert.equal((await server.make('GET', `/logs/${newest.log_id}`)).log_id, newest.log_id);
    assert.equal((await server.api('GET', '/logs/900nobody')).status, 404);
    const onwards = () => server.make('GET', `/logs?from=${next.log_id}&take=10`);
    if (server.engine === 'postgres') {
      assert.deepEqual(await onwards(), [], 'another node may still write what comes before it');
      server.advance(11_000);
    }
    const after = await onwards();
    assert.equal(after[0].log_id, newest.log_id);
    const only = await server.make('GET', '/logs?q=type:s&per_page=5');
    assert.ok(only.length > 0 && only.every(({ type }: { type: string }) => type === 's'));
    assert.equal((await server.api('GET', '/logs?q=type:(')).status, 400);
    const page = await server.make('GET', '/logs?include_totals=true&per_page=1');
    assert.ok(page.total > 1);
  });
});
