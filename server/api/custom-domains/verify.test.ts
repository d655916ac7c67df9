import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomDomain } from './schema.ts';
import { isLocalHost, type Resolver, verifyDomain } from './verify.ts';

const domain = (method: CustomDomain['verification']['methods'][number]) =>
  ({ domain: 'login.example.com', verification: { methods: [method] } }) as unknown as CustomDomain;
const cname = domain({ name: 'CNAME', record: 'auth.host.example', domain: 'login.example.com' });
const txt = domain({ name: 'TXT', record: 'word', domain: '_x.login.example.com' });

const dns = (names: string[], texts: string[][]): Resolver => ({
  resolveCname: async () => names,
  resolveTxt: async () => texts,
});
const nothing: Resolver = {
  resolveCname: () => Promise.reject(new Error('ENOTFOUND')),
  resolveTxt: () => Promise.reject(new Error('ENOTFOUND')),
};

test('a CNAME that leads to us shows a domain, in any case and with its last dot', async () => {
  assert.deepEqual(await verifyDomain(cname, dns(['Auth.Host.Example.'], [])), { verified: true });
});

test('a TXT record shows a domain, also in several strings', async () => {
  assert.deepEqual(await verifyDomain(txt, dns([], [['other'], ['wo', 'rd']])), { verified: true });
});

test('other records and none at all show nothing', async () => {
  for (const resolver of [dns(['other.example'], [['words']]), nothing]) {
    for (const asked of [cname, txt]) assert.equal((await verifyDomain(asked, resolver)).verified, false);
  }
});

test('only names of this machine are local', () => {
  for (const host of ['localhost', 'localhost:3000', 'a.localhost', '127.0.0.1:80', '[::1]:80']) {
    assert.ok(isLocalHost(host), host);
  }
  for (const host of ['localhost.example.com', '128.0.0.1', 'auth.example.com']) assert.ok(!isLocalHost(host), host);
});
