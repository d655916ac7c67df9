/** Clients over HTTP: life, defaults by type, lists, secrets, credentials, metadata documents, what hangs on one. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

onEveryServer(
  'Clients',
  (server) => {
    const make = (body: Record<string, unknown> = {}) => server.make('POST', '/clients', { name: 'App', ...body });

    test('a client is made, read, changed and deleted', async () => {
      const client = await make({ description: 'first', client_metadata: { a: '1', b: '2' } });
      assert.match(client.client_id, /^\w{32}$/);
      assert.ok(client.client_secret.length >= 64);
      const path = `/clients/${client.client_id}`;
      assert.equal((await server.make('GET', path)).description, 'first');
      const changed = await server.make('PATCH', path, {
        name: 'Renamed',
        description: '',
        client_metadata: { b: null, c: '3' },
      });
      assert.equal(changed.name, 'Renamed');
      assert.deepEqual(changed.client_metadata, { a: '1', c: '3' });
      assert.equal((await server.api('DELETE', path)).status, 204);
      const gone = await server.api('GET', path);
      assert.equal(gone.status, 404);
      assert.equal(gone.body.errorCode, 'inexistent_client');
      assert.equal((await server.api('PATCH', path, { name: 'x' })).status, 404);
    });

    test('the type decides what a client may do unless it says so', async () => {
      const spa = await make({ app_type: 'spa' });
      assert.equal(spa.token_endpoint_auth_method, 'none');
      assert.ok(!spa.grant_types.includes('client_credentials'));
      const machine = await make({ app_type: 'non_interactive' });
      assert.ok(machine.grant_types.includes('client_credentials'));
      const native = await make({ app_type: 'native' });
      assert.equal(native.token_endpoint_auth_method, 'none');
      const wrong = await server.api('POST', '/clients', { name: 'x', app_type: 'spaceship' });
      assert.equal(wrong.status, 400);
      assert.match(wrong.body.message, /app_type/);
    });

    test('lists: pages, totals, filters, fields, checkpoints', async () => {
      for (let i = 0; i < 5; i++) await make({ name: `Listed ${i}`, app_type: 'non_interactive' });
      const page = await server.make('GET', '/clients?page=0&per_page=2&include_totals=true');
      assert.equal(page.clients.length, 2);
      assert.equal(page.limit, 2);
      assert.ok(page.total >= 5);
      const filtered = await server.make('GET', '/clients?app_type=non_interactive&fields=name,app_type');
      assert.ok(filtered.length >= 5);
      // Recorded: certificates and tenant are there whatever is asked for.
      assert.deepEqual(Object.keys(filtered[0]).sort(), ['app_type', 'name', 'signing_keys', 'tenant']);
      const without = await server.make('GET', '/clients?fields=client_secret&include_fields=false');
      assert.ok(without.every((client: object) => !('client_secret' in client)));
      let from: string | undefined;
      const seen: string[] = [];
      do {
        const next = await server.make('GET', `/clients?take=3${from ? `&from=${from}` : ''}`);
        seen.push(...next.clients.map(({ client_id }: { client_id: string }) => client_id));
        from = next.next;
      } while (from);
      assert.equal(new Set(seen).size, seen.length, 'no client twice');
      assert.equal(seen.length, (await server.make('GET', '/clients?include_totals=true')).total);
    });

    test('the dashboard’s client is listed with the global ones only, and stays', async () => {
      const names = async (query: string) =>
        (await server.make('GET', `/clients?fields=name&${query}`)).map(({ name }: { name: string }) => name);
      assert.equal((await names('is_global=false')).includes('Dashboard'), false);
      assert.deepEqual((await names('is_global=true')).toSorted(), ['All Applications', 'Dashboard']);
      const all = await server.make('GET', '/clients');
      const dashboard = all.find(({ name }: { name: string }) => name === 'Dashboard');
      const refused = await server.api('DELETE', `/clients/${dashboard.client_id}`);
      assert.deepEqual([refused.status, refused.body.errorCode], [400, 'operation_not_supported']);
    });

    test('secrets are shown to who may see them, sealed at rest, and rotated', async () => {
      const client = await make();
      const blind = await server.tokenWith('read:clients');
      const shown = await server.api('GET', `/clients/${client.client_id}`, undefined, blind);
      assert.equal(shown.status, 200);
      const { read } = server.services.database;
      const rows = await read.query(
        read.build.selectFrom('documents').select('doc').where('id', '=', client.client_id),
      );
      assert.doesNotMatch(JSON.stringify(rows), new RegExp(client.client_secret));
      const rotated = await server.make('POST', `/clients/${client.client_id}/rotate-secret`);
      assert.notEqual(rotated.client_secret, client.client_secret);
      const logs = (await server.api('GET', '/logs')).text;
      assert.doesNotMatch(logs, new RegExp(rotated.client_secret));
    });

    test('refused: addresses that are none, unknown and read-only properties, too many, duplicates', async () => {
      const wrong: Record<string, unknown>[] = [
        { callbacks: ['not a url'] },
        { callbacks: 'https://x.example.com' },
        { client_id: 'mine' },
        { tenant: 'other' },
        { jwt_configuration: { alg: 'none' } },
        { jwt_configuration: { lifetime_in_seconds: -1 } },
        { refresh_token: { rotation_type: 'rotating' } },
        { grant_types: ['magic'] },
        { name: '' },
        { name: 'x'.repeat(5000) },
        { description: 'x'.repeat(141) },
        { logo_uri: 'javascript:alert(1)' },
      ];
      const before = (await server.make('GET', '/clients?include_totals=true')).total;
      for (const body of wrong) {
        const answer = await server.api('POST', '/clients', { name: 'x', ...body });
        assert.equal(answer.status, 400, JSON.stringify(body).slice(0, 80));
        assert.equal(answer.body.errorCode, 'invalid_body');
      }
      assert.equal((await server.make('GET', '/clients?include_totals=true')).total, before, 'nothing is half-written');
    });

    test('credentials: added, changed, named by the client, deleted', async () => {
      const client = await make({ app_type: 'non_interactive' });
      const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
      const path = `/clients/${client.client_id}/credentials`;
      const made = await server.make('POST', path, { credential_type: 'public_key', name: 'k', pem, alg: 'RS256' });
      assert.match(made.id, /^cred_/);
      assert.equal(made.pem, undefined, 'keys go in and do not come out');
      assert.equal((await server.make('GET', path)).length, 1);
      assert.equal((await server.make('GET', `${path}/${made.id}`)).kid, made.kid);
      const expires_at = new Date(Date.now() + 1e9).toISOString();
      assert.ok((await server.make('PATCH', `${path}/${made.id}`, { expires_at })).expires_at);
      const methods = { private_key_jwt: { credentials: [{ id: made.id }] } };
      const using = await server.make('PATCH', `/clients/${client.client_id}`, {
        client_authentication_methods: methods,
        token_endpoint_auth_method: null,
      });
      assert.equal(using.client_authentication_methods.private_key_jwt.credentials[0].id, made.id);
      for (const body of [{}, { credential_type: 'public_key' }, { credential_type: 'public_key', pem: 'nonsense' }]) {
        assert.equal((await server.api('POST', path, body)).status, 400);
      }
      assert.equal((await server.api('GET', `${path}/cred_nobody`)).status, 404);
      await server.make('PATCH', `/clients/${client.client_id}`, {
        client_authentication_methods: null,
        token_endpoint_auth_method: 'client_secret_post',
      });
      assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
      assert.equal((await server.make('GET', path)).length, 0);
    });

    test('a metadata document becomes a client, and is looked at before', async () => {
      let document: Record<string, unknown> = {};
      const web = createServer((_request, response) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => web.once('listening', resolve));
      const external_client_id = `http://127.0.0.1:${(web.address() as AddressInfo).port}/app`;
      try {
        document = {
          client_id: external_client_id,
          client_name: 'By document',
          redirect_uris: ['https://app.example.com/cb'],
          token_endpoint_auth_method: 'none',
        };
        const preview = await server.make('POST', '/clients/cimd/preview', { external_client_id });
        assert.equal(preview.validation.valid, true, JSON.stringify(preview));
        assert.equal(preview.mapped_fields.name, 'By document');
        assert.equal(preview.client_id, undefined);
        const made = await server.make('POST', '/clients/cimd/register', { external_client_id });
        assert.equal((await server.make('GET', `/clients/${made.client_id}`)).name, 'By document');
        document = { ...document, client_name: 'Renamed' };
        const again = await server.make('POST', '/clients/cimd/register', { external_client_id });
        assert.equal(again.client_id, made.client_id);
        assert.equal((await server.make('GET', `/clients/${made.client_id}`)).name, 'Renamed');
        document = { ...document, client_id: 'https://somebody.else.example.com/app' };
        assert.equal((await server.api('POST', '/clients/cimd/register', { external_client_id })).status, 400);
        const bad = await server.api('POST', '/clients/cimd/preview', { external_client_id: 'ftp://x/y' });
        assert.equal(bad.status, 400);
      } finally {
        web.close();
      }
    });

    test('deleting a client takes its grants, credentials and tokens along', async () => {
      const client = await make({ app_type: 'non_interactive' });
      const audience = server.setup.management_audience;
      const grant = { client_id: client.client_id, audience, scope: ['read:clients'] };
      const { id } = await server.make('POST', '/client-grants', grant);
      const connections = `/clients/${client.client_id}/connections`;
      assert.ok(Array.isArray((await server.make('GET', connections)).connections));
      await server.make('DELETE', `/clients/${client.client_id}`);
      assert.equal((await server.api('GET', `/client-grants/${id}`)).status, 404);
      assert.equal((await server.api('GET', connections)).status, 404);
    });

    test('writes are in the log with actor and masked body', async () => {
      await make({ name: 'Logged' });
      const [event] = await server.make('GET', '/logs?per_page=1');
      assert.equal(event.type, 'sapi');
      assert.equal(event.client_id, server.setup.client_id);
      assert.equal(event.details.request.method, 'post');
      assert.equal(event.details.request.body.name, 'Logged');
      assert.doesNotMatch(JSON.stringify(event), /"client_secret":"[^*]/);
      const powerless = await server.tokenWith('read:logs');
      const taken = { name: 'API', identifier: 'https://taken.example.com' };
      await server.make('POST', '/resource-servers', taken);
      for (const [refused, statusCode] of [
        [await server.api('POST', '/clients', { name: 7 }), 400],
        [await server.api('POST', '/clients', { name: 'No' }, powerless), 403],
        [await server.api('POST', '/resource-servers', taken), 409],
      ] as const) {
        assert.equal(refused.status, statusCode);
      }
      const failed = await server.make('GET', '/logs?q=type:fapi&per_page=3');
      const codes = failed.map(({ details }: { details: { response: { statusCode: number } } }) => details.response);
      assert.deepEqual(
        codes.map(({ statusCode }: { statusCode: number }) => statusCode),
        [409, 403, 400],
      );
    });

    test('a search by name takes * for any text, and no pattern takes long', async () => {
      for (const name of ['Shop (web)', 'Shop (app)', 'a'.repeat(300)]) await server.make('POST', '/clients', { name });
      const found = async (q: string) => {
        const clients = await server.make('GET', `/clients?fields=name&q=${encodeURIComponent(q)}`);
        return clients.map(({ name }: { name: string }) => name).sort();
      };
      assert.deepEqual(await found('name:"shop (web)"'), ['Shop (web)']);
      assert.deepEqual(await found('name:shop*'), ['Shop (app)', 'Shop (web)']);
      assert.deepEqual(await found('name:*(*p)'), ['Shop (app)']);
      assert.deepEqual(await found('name:shop'), []);
      assert.deepEqual(await found('name:shop*(web)*(web)'), []);
      assert.deepEqual(await found(`name:${'a*'.repeat(300)}`), ['a'.repeat(300)]);
      assert.deepEqual(await found(`name:${'a*'.repeat(300)}b`), []);
    });
  },
  { allowPrivateEgress: true },
);
