/**
 * The vendor's own ManagementClient against Latchkey: every area is made, read, listed, changed and deleted by the SDK's
 * methods, which build the requests and read the answers by themselves.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ManagementClient } from 'auth0';
import { onEveryServer } from '../../server/testing.ts';

// biome-ignore lint/suspicious/noExplicitAny: one table for the methods of forty areas
type Any = any;

/** An area whose objects have an id: what makes one, what changes it, and what then reads back. */
type Area = {
  readonly name: string;
  readonly id: string;
  readonly make: Record<string, unknown> | (() => Promise<Record<string, unknown>>);
  readonly change: Record<string, unknown>;
};

onEveryServer('the vendor’s ManagementClient', (server) => {
  let auth0: Any;

  before(() => {
    const host = new URL(server.base).host;
    auth0 = new ManagementClient({
      domain: host,
      clientId: server.setup.client_id,
      clientSecret: server.setup.client_secret,
      audience: server.setup.management_audience,
      maxRetries: 0,
      // The SDK insists on https, and the server of the tests speaks HTTP.
      fetch: (input: Any, init?: Any) => fetch(String(input.url ?? input).replace(/^https:/, 'http:'), init),
    } as Any);
  });

  const code = 'exports.onExecutePostLogin = async (event, api) => {};';
  const client = async () => (await auth0.clients.create({ name: 'SDK', app_type: 'non_interactive' })).client_id;
  const identifier = 'https://sdk.example.com';

  const areas: readonly Area[] = [
    { name: 'clients', id: 'client_id', make: { name: 'By SDK', app_type: 'spa' }, change: { name: 'Renamed' } },
    { name: 'resourceServers', id: 'id', make: { identifier, name: 'API' }, change: { name: 'Renamed' } },
    {
      name: 'clientGrants',
      id: 'id',
      make: async () => {
        const api = await auth0.resourceServers.create({
          identifier: `${identifier}/granted`,
          scopes: [{ value: 'a' }, { value: 'b' }],
        });
        return { client_id: await client(), audience: api.identifier, scope: ['a'] };
      },
      change: { scope: ['a', 'b'] },
    },
    { name: 'connections', id: 'id', make: { name: 'people', strategy: 'auth0' }, change: { display_name: 'People' } },
    {
      name: 'users',
      id: 'user_id',
      make: {
        connection: 'Username-Password-Authentication',
        email: 'sdk@example.com',
        password: 'Correct horse 7 battery',
      },
      change: { nickname: 'sdk' },
    },
    { name: 'roles', id: 'id', make: { name: 'editor' }, change: { description: 'Edits' } },
    { name: 'organizations', id: 'id', make: { name: 'acme' }, change: { display_name: 'Acme' } },
    { name: 'rules', id: 'id', make: { name: 'a-rule', script: 'function (u, c, cb) {}' }, change: { enabled: false } },
    {
      name: 'hooks',
      id: 'id',
      make: { name: 'a-hook', script: 'module.exports = () => {};', triggerId: 'credentials-exchange' },
      change: { enabled: true },
    },
    {
      name: 'actions',
      id: 'id',
      make: { name: 'an-action', supported_triggers: [{ id: 'post-login', version: 'v3' }], code },
      change: { name: 'renamed-action' },
    },
    { name: 'forms', id: 'id', make: { name: 'A form' }, change: { name: 'Renamed form' } },
    { name: 'flows', id: 'id', make: { name: 'A flow' }, change: { name: 'Renamed flow' } },
    {
      name: 'logStreams',
      id: 'id',
      make: {
        name: 'stream',
        type: 'http',
        sink: {
          httpEndpoint: 'https://logs.example.com',
          httpContentType: 'application/json',
          httpContentFormat: 'JSONLINES',
        },
      },
      change: { name: 'renamed-stream' },
    },
    {
      name: 'selfServiceProfiles',
      id: 'id',
      make: { name: 'self-service' },
      change: { description: 'For customers' },
    },
    {
      name: 'tokenExchangeProfiles',
      id: 'id',
      make: async () => {
        const action = await auth0.actions.create({
          name: 'exchange',
          supported_triggers: [{ id: 'custom-token-exchange', version: 'v1' }],
          code: 'exports.onExecuteCustomTokenExchange = async (event, api) => {};',
        });
        return {
          name: 'profile',
          subject_token_type: 'urn:example:token',
          action_id: action.id,
          type: 'custom_authentication',
        };
      },
      change: { name: 'renamed-profile' },
    },
    { name: 'connectionProfiles', id: 'id', make: { name: 'profile' }, change: { name: 'renamed' } },
    {
      name: 'customDomains',
      id: 'custom_domain_id',
      make: { domain: 'login.example.com', type: 'auth0_managed_certs' },
      change: { tls_policy: 'recommended' },
    },
  ];

  for (const area of areas) {
    test(area.name, async () => {
      const methods = auth0[area.name];
      const made = await methods.create(typeof area.make === 'function' ? await area.make() : area.make);
      const id = made[area.id];
      assert.equal(typeof id, 'string', JSON.stringify(made));
      await methods.update(id, area.change);
      const read = await methods.get(id);
      for (const [name, value] of Object.entries(area.change)) assert.deepEqual(read[name], value, name);
      assert.ok(
        (await itemsOf(await methods.list())).some((item: Any) => item[area.id] === id),
        'is in the list',
      );
      await methods.delete(id);
      await assert.rejects(methods.get(id), { statusCode: 404 });
    });
  }

  /** A page of the SDK goes on to the next one by itself. */
  async function itemsOf(page: Any): Promise<Any[]> {
    if (Array.isArray(page)) return page;
    const items: Any[] = [];
    for await (const item of page) items.push(item);
    return items;
  }

  test('what a tenant has one of', async () => {
    await auth0.tenants.settings.update({ friendly_name: 'SDK' });
    assert.equal((await auth0.tenants.settings.get()).friendly_name, 'SDK');
    await auth0.branding.update({ colors: { primary: '#123456' } });
    assert.equal((await auth0.branding.get()).colors.primary, '#123456');
    await auth0.prompts.updateSettings({ identifier_first: true });
    assert.equal((await auth0.prompts.getSettings()).identifier_first, true);
    await auth0.attackProtection.bruteForceProtection.update({ max_attempts: 7 });
    assert.equal((await auth0.attackProtection.bruteForceProtection.get()).max_attempts, 7);
    assert.ok(Array.isArray(await auth0.guardian.factors.list()));
    assert.ok((await itemsOf(await auth0.keys.signing.list())).length > 0);
    assert.ok((await itemsOf(await auth0.logs.list())).length > 0);
  });

  test('what hangs on a user', async () => {
    const connection = 'Username-Password-Authentication';
    const user = await auth0.users.create({
      connection,
      email: 'hang@example.com',
      password: 'Correct horse 7 battery',
    });
    const role = await auth0.roles.create({ name: 'reader' });
    await auth0.users.roles.assign(user.user_id, { roles: [role.id] });
    assert.equal((await itemsOf(await auth0.users.roles.list(user.user_id)))[0].name, 'reader');
    const organization = await auth0.organizations.create({ name: 'members' });
    await auth0.organizations.members.create(organization.id, { members: [user.user_id] });
    assert.equal((await itemsOf(await auth0.organizations.members.list(organization.id))).length, 1);
    assert.equal((await auth0.users.listUsersByEmail({ email: 'hang@example.com' })).length, 1);
    const found = await itemsOf(await auth0.users.list({ q: 'email:"hang@example.com"', search_engine: 'v3' }));
    assert.equal(found.length, 1);
    const { ticket } = await auth0.tickets.changePassword({ user_id: user.user_id });
    assert.match(ticket, /ticket=/);
    const job = await auth0.jobs.verificationEmail.create({ user_id: user.user_id });
    assert.equal((await auth0.jobs.get(job.id)).type, 'verification_email');
  });

  test('errors are the SDK’s own', async () => {
    await assert.rejects(auth0.clients.create({ name: '' }), { statusCode: 400 });
    await assert.rejects(auth0.clients.get('nobody'), { statusCode: 404 });
  });
});
