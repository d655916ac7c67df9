/** The discovery domains of an organization. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../../testing.ts';
import { makers } from '../testing.ts';

onEveryServer('Discovery domains', (server) => {
  const make = makers(server);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  test('a domain is made, read by id and by name, changed and deleted', async () => {
    const { id } = await make.organization();
    const path = `/organizations/${id}/discovery-domains`;
    const answer = await server.api('POST', path, { domain: 'Acme.Example' });
    assert.equal(answer.status, 201);
    const made = answer.body;
    assert.match(made.id, /^ord_[A-Za-z0-9]{22}$/);
    assert.match(made.verification_txt, /^[0-9a-f]{32}$/);
    assert.deepEqual(made, {
      id: made.id,
      domain: 'acme.example',
      status: 'pending',
      use_for_organization_discovery: true,
      verification_host: `_ss-verification.${id}.acme.example`,
      verification_txt: made.verification_txt,
    });
    assert.deepEqual(await server.make('GET', `${path}/${made.id}`), made);
    assert.deepEqual(await server.make('GET', `${path}/name/ACME.example`), made);
    const change = { status: 'verified', use_for_organization_discovery: false };
    assert.deepEqual(await server.make('PATCH', `${path}/${made.id}`, change), { ...made, ...change });
    assert.deepEqual(await server.make('GET', path), { domains: [{ ...made, ...change }] });
    assert.equal((await server.api('DELETE', `${path}/${made.id}`)).status, 204);
    for (const [method, rest, body] of [
      ['GET', made.id],
      ['GET', 'name/acme.example'],
      ['PATCH', made.id, change],
      ['DELETE', made.id],
    ]) {
      const gone = await server.api(method, `${path}/${rest}`, body);
      assert.deepEqual([gone.status, gone.body.errorCode], [404, 'inexistent_discovery_domain'], `${method} ${rest}`);
    }
  });

  test('domains are paged in the order in which they were made', async () => {
    const path = `/organizations/${(await make.organization()).id}/discovery-domains`;
    const made: string[] = [];
    for (const name of ['c', 'a', 'b']) {
      made.push((await server.make('POST', path, { domain: `${name}.example`, status: 'verified' })).id);
    }
    const first = await server.make('GET', `${path}?take=2`);
    assert.deepEqual([ids(first.domains), first.next], [made.slice(0, 2), made[1]]);
    const rest = await server.make('GET', `${path}?take=2&from=${first.next}`);
    assert.deepEqual([ids(rest.domains), rest.next], [made.slice(2), undefined]);
    assert.equal((await server.api('GET', `${path}?take=101`)).status, 400);
  });

  test('an organization has a domain once; others may have it too', async () => {
    const [one, two] = [await make.organization(), await make.organization()];
    const body = { domain: 'shared.example' };
    const { id } = await server.make('POST', `/organizations/${one.id}/discovery-domains`, body);
    await server.make('POST', `/organizations/${two.id}/discovery-domains`, body);
    const again = await server.api('POST', `/organizations/${one.id}/discovery-domains`, { domain: 'SHARED.example' });
    assert.deepEqual([again.status, again.body.errorCode], [409, 'discovery_domain_conflict']);
    // One of another organization is not there.
    for (const [method, body] of [['GET'], ['PATCH', { status: 'verified' }], ['DELETE']] as const) {
      const answer = await server.api(method, `/organizations/${two.id}/discovery-domains/${id}`, body);
      assert.equal(answer.status, 404, method);
    }
  });

  test('bad requests are refused', async () => {
    const path = `/organizations/${(await make.organization()).id}/discovery-domains`;
    for (const [body, told] of [
      [{}, /Missing required property: domain/],
      [{ domain: 7 }, /Expected type string/],
      [{ domain: 'x' }, /too short/],
      [{ domain: 'no spaces.example' }, /pattern/],
      [{ domain: '-acme.example' }, /pattern/],
      [{ domain: 'acme.example', status: 'maybe' }, /No enum match/],
      [{ domain: 'acme.example', id: 'x' }, /Additional properties/],
    ] as const) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, told);
    }
    const { id } = await server.make('POST', path, { domain: 'acme.example' });
    assert.equal((await server.api('PATCH', `${path}/${id}`, { domain: 'other.example' })).status, 400);
    const elsewhere = '/organizations/org_unknown/discovery-domains';
    for (const [method, rest, body] of [
      ['GET', ''],
      ['POST', '', { domain: 'acme.example' }],
      ['GET', `/${id}`],
      ['GET', '/name/acme.example'],
      ['PATCH', `/${id}`, {}],
      ['DELETE', `/${id}`],
    ] as const) {
      const answer = await server.api(method, elsewhere + rest, body);
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'inexistent_organization'], `${method} ${rest}`);
    }
    const reader = await server.tokenWith('read:organization_discovery_domains');
    assert.equal((await server.api('GET', path, undefined, reader)).status, 200);
    assert.equal((await server.api('POST', path, { domain: 'x.example' }, reader)).status, 403);
  });
});
