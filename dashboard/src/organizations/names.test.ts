import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameFrom, organizationTitle } from './names.ts';

test('the name of requests is made from the one that people read', () => {
  assert.equal(nameFrom('Café Größe & Söhne'), 'cafe-grosse-sohne');
  assert.equal(nameFrom('  -Acme_1- '), 'acme_1');
  assert.equal(nameFrom('日本'), '');
});

test('an organization without a name for people has the other one', () => {
  assert.equal(organizationTitle({ name: 'acme' }), 'acme');
  assert.equal(organizationTitle({ name: 'acme', display_name: 'Acme' }), 'Acme');
});
