/** The client grants of an organization, and the organizations of a client grant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { makers } from '../testing.ts';

onEveryServer('Client grants of organizations', (server) => {
  const make = makers(server);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  async function makeGrant(more: object = {}) {
    const client = await make.client();
    const api = await server.make('POST', '/resource-servers', {
      name: 'API',
      identifier: `https://${make.unique('api')}.example`,
      scopes: [{ value: 'read' }],
    });
    const grant = await server.make('POST', '/client-grants', {
      client_id: client.client_id,
      audience: api.identifier,
      scope: ['read'],
      organization_usage: 'allow',
      allow_any_organization: false,
      ...more,
    });
    return { grant, client, api };
  }

  test('a grant is given to organizations and taken from them', async () => {
    const [one, two] = [await make.organization(), await make.organization()];
    const { grant } = await makeGrant();
    const path = `/organizations/${one.id}/client-grants`;
    const given = await server.api('POST', path, { grant_id: grant.id });
    assert.equal(given.status, 201);
    assert.deepEqual(given.body, { ...grant, grant_id: grant.id });
    await server.make('POST', `/organizations/${two.id}/client-grants`, { grant_id: grant.id });
    assert.deepEqual(await server.make('GET', path), [grant]);
    const of = `/client-grants/${grant.id}/organizations`;
    assert.deepEqual(await server.make('GET', of), [one, two]);
    const totals = await server.make('GET', `${of}?include_totals=true&per_page=1&page=1`);
    assert.deepEqual([totals.total, ids(totals.organizations)], [2, [two.id]]);
    const first = await server.make('GET', `${of}?take=1`);
    const second = await server.make('GET', `${of}?take=1&from=${first.next}`);
    assert.deepEqual(
      [...ids(first.organizations), ...ids(second.organizations)].toSorted(),
      ids([one, two]).toSorted(),
    );
    assert.equal('next' in second, false);
    for (let i = 0; i < 2; i++) assert.equal((await server.api('DELETE', `${path}/${grant.id}`)).status, 204);
    assert.deepEqual(await server.make('GET', path), []);
    assert.deepEqual(ids(await server.make('GET', of)), [two.id]);
  });

  test('the grants of an organization are filtered and paged', async () => {
    const { id } = await make.organization();
    const [one, two] = [await makeGrant(), await makeGrant({ organization_usage: 'require' })];
    const path = `/organizations/${id}/client-grants`;
    for (const { grant } of [one, two]) await server.make('POST', path, { grant_id: grant.id });
    const list = async (query: string) => ids(await server.make('GET', `${path}?${query}`));
    assert.deepEqual(await list(''), [one.grant.id, two.grant.id]);
    assert.deepEqual(await list(`audience=${encodeURIComponent(two.api.identifier)}`), [two.grant.id]);
    assert.deepEqual(await list(`client_id=${one.client.client_id}`), [one.grant.id]);
    assert.deepEqual(await list(`grant_ids=${two.grant.id}`), [two.grant.id]);
    assert.deepEqual(await list(`grant_ids=${two.grant.id}&grant_ids=${one.grant.id}`), [one.grant.id, two.grant.id]);
    const page = await server.make('GET', `${path}?include_totals=true&per_page=1&page=1`);
    assert.deepEqual([page.total, ids(page.client_grants)], [2, [two.grant.id]]);
  });

  test('bad requests are refused', async () => {
    const { id } = await make.organization();
    const path = `/organizations/${id}/client-grants`;
    const { grant } = await makeGrant();
    const { grant: closed } = await makeGrant({ organization_usage: 'deny' });
    for (const [body, status, code] of [
      [{}, 400, 'invalid_body'],
      [{ grant_id: 1 }, 400, 'invalid_body'],
      [{ grant_id: 'x y' }, 400, 'invalid_body'],
      [{ grant_id: grant.id, more: 1 }, 400, 'invalid_body'],
      [{ grant_id: 'cgr_unknown' }, 404, 'inexistent_client_grant'],
      [{ grant_id: closed.id }, 400, 'invalid_body'],
    ] as const) {
      const answer = await server.api('POST', path, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [status, code], JSON.stringify(body));
    }
    await server.make('POST', path, { grant_id: grant.id });
    const again = await server.api('POST', path, { grant_id: grant.id });
    assert.deepEqual([again.status, again.body.errorCode], [409, 'organization_client_grant_conflict']);
    const elsewhere = '/organizations/org_unknown/client-grants';
    for (const [method, rest, body] of [
      ['GET', ''],
      ['POST', '', { grant_id: grant.id }],
      ['DELETE', `/${grant.id}`],
    ] as const) {
      const answer = await server.api(method, elsewhere + rest, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_organization'], method);
    }
    assert.equal((await server.api('GET', '/client-grants/cgr_unknown/organizations')).status, 404);
    const reader = await server.tokenWith('read:organization_client_grants');
    assert.equal((await server.api('GET', path, undefined, reader)).status, 200);
    assert.equal((await server.api('GET', `/client-grants/${grant.id}/organizations`, undefined, reader)).status, 200);
    assert.equal((await server.api('DELETE', `${path}/${grant.id}`, undefined, reader)).status, 403);
  });

  test('a grant that goes with itself, its client or its API is gone from organizations', async () => {
    const { id } = await make.organization();
    const path = `/organizations/${id}/client-grants`;
    for (const end of [
      ({ grant }) => `/client-grants/${grant.id}`,
      ({ client }) => `/clients/${client.client_id}`,
      ({ api }) => `/resource-servers/${api.id}`,
    ] as ((made: Awaited<ReturnType<typeof makeGrant>>) => string)[]) {
      const made = await makeGrant();
      await server.make('POST', path, { grant_id: made.grant.id });
      await server.make('DELETE', end(made));
      assert.deepEqual(await server.make('GET', path), []);
      const { read } = server.services.database;
      const left = await read.query(
        read.build.selectFrom('document_keys').select('id').where('value', '=', made.grant.id),
      );
      assert.deepEqual(left, []);
    }
  });

  test('an API that names no scope takes any in a grant', async () => {
    const client = await make.client();
    const identifier = `https://${make.unique('open')}.example`;
    await server.make('POST', '/resource-servers', { name: 'Open', identifier });
    const grant = await server.make('POST', '/client-grants', {
      client_id: client.client_id,
      audience: identifier,
      scope: ['anything'],
    });
    assert.deepEqual(grant.scope, ['anything']);
  });
});
