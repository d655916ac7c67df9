/** The operations of `/device-credentials` over HTTP. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CALLBACK, dashboardToken, makeBrowser, makeClient, makeUser } from '../../oidc/testing.ts';
import { addAdministrator } from '../../tenants/administrators.ts';
import { onEveryServer } from '../../testing.ts';
import { addRecord } from '../users/records.ts';

onEveryServer('Device credentials', (server) => {
  // biome-ignore lint/suspicious/noExplicitAny: resources as the API answers them
  let client: any, user: any;
  /** Of the user, for the Management API: administrators get one through the dashboard's client. */
  let own = '';

  before(async () => {
    user = await makeUser(server);
    client = await makeClient(server);
    await server.services.database.write((sql) => addAdministrator(sql, server.tenant, user.user_id, Date.now()));
    own = await dashboardToken(server);
  });

  const key = (device_id: string) => ({
    device_name: 'Phone',
    type: 'public_key',
    value: 'LS0tLS1CRUdJTg==',
    device_id,
    client_id: client.client_id,
  });

  test('a user keeps the key of a device, once for each device', async () => {
    const made = await server.api('POST', '/device-credentials', key('aa-01'), own);
    assert.equal(made.status, 201, made.text);
    assert.match(made.body.id, /^dcr_\w{16}$/);
    const twice = await server.api('POST', '/device-credentials', key('aa-01'), own);
    assert.deepEqual([twice.status, twice.body.errorCode], [409, 'device_credential_conflict']);
    const [listed] = await server.make('GET', '/device-credentials?type=public_key');
    const { value: _, ...shown } = key('aa-01');
    assert.deepEqual(listed, { id: made.body.id, ...shown, user_id: user.user_id });
    assert.equal((await server.api('DELETE', `/device-credentials/${made.body.id}`, undefined, own)).status, 204);
    assert.deepEqual(await server.make('GET', '/device-credentials?type=public_key'), []);
  });

  test('who is no user has no devices; bad keys are refused', async () => {
    assert.equal((await server.api('POST', '/device-credentials', key('aa-02'))).status, 403);
    for (const body of [
      {},
      { ...key('aa-02'), device_id: 'no hex' },
      { ...key('aa-02'), type: 'refresh_token' },
      { ...key('aa-02'), device_name: '' },
      { ...key('aa-02'), colour: 'red' },
    ]) {
      assert.equal((await server.api('POST', '/device-credentials', body, own)).status, 400, JSON.stringify(body));
    }
    assert.equal((await server.api('GET', '/device-credentials?type=nonsense')).status, 400);
  });

  test('refresh tokens are what devices hold; deleting one revokes it', async () => {
    const scope = 'openid offline_access';
    const request = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: 'code', scope };
    const code = (await makeBrowser(server).authorize(request)).searchParams.get('code')!;
    const { client_id, client_secret } = client;
    const grant = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, client_id, client_secret };
    const { refresh_token } = (await server.post('/oauth/token', grant)).body;
    const made = await server.api('POST', '/device-credentials', key('aa-03'), own);
    const at = `user_id=${encodeURIComponent(user.user_id)}&client_id=${client_id}&include_totals=true`;
    const all = await server.make('GET', `/device-credentials?${at}`);
    assert.equal(all.total, 2);
    assert.deepEqual(
      all.device_credentials.map((item: { type: string }) => item.type),
      ['public_key', 'refresh_token'],
    );
    const second = await server.make('GET', `/device-credentials?${at}&per_page=1&page=1&fields=id,type`);
    assert.deepEqual([second.total, second.start, second.device_credentials[0].type], [2, 1, 'refresh_token']);
    const none = await server.make('GET', `/device-credentials?${at}&type=rotating_refresh_token`);
    assert.deepEqual([none.total, none.device_credentials], [0, []]);
    const { id } = all.device_credentials[1];
    assert.equal((await server.api('DELETE', `/device-credentials/${id}`)).status, 204);
    const refresh = { grant_type: 'refresh_token', refresh_token, client_id, client_secret };
    assert.equal((await server.post('/oauth/token', refresh)).status, 403);
    assert.equal((await server.api('DELETE', `/device-credentials/${id}`)).status, 204);
    assert.equal((await server.api('DELETE', `/device-credentials/${made.body.id}`)).status, 204);
  });

  test('keys go with their client and with their user', async () => {
    const other = await server.make('POST', '/clients', { name: 'Short-lived' });
    const guest = await makeUser(server, { email: 'guest@example.com' });
    const { client_id } = other;
    await server.services.database.write(async (sql) => {
      const doc = { device_name: 'x', device_id: 'a', value: 'y' };
      const [one, two] = [
        { id: 'dcr_one', user_id: user.user_id, doc: { ...doc, client_id } },
        { id: 'dcr_two', user_id: guest.user_id, doc },
      ];
      await addRecord(sql, server.tenant, 'device_key', one!, 1);
      await addRecord(sql, server.tenant, 'device_key', two!, 1);
    });
    const ids = async () =>
      (await server.make('GET', '/device-credentials?type=public_key')).map(({ id }: { id: string }) => id);
    assert.deepEqual(await ids(), ['dcr_one', 'dcr_two']);
    await server.make('DELETE', `/clients/${client_id}`);
    assert.deepEqual(await ids(), ['dcr_two']);
    await server.make('DELETE', `/users/${guest.user_id}`);
    assert.deepEqual(await ids(), []);
  });
});
