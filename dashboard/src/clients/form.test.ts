import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, settingsOf, withType } from './form.ts';

const CLIENT = {
  client_id: 'abc',
  name: 'Shop',
  app_type: 'regular_web',
  token_endpoint_auth_method: 'client_secret_basic',
  callbacks: ['https://shop.example/callback'],
};

test('a form that nobody touched sends nothing', () => {
  assert.deepEqual(changesOf(CLIENT, settingsOf(CLIENT)), {});
});

test('only what differs is sent, and blanks around it are not', () => {
  const settings = { ...settingsOf(CLIENT), name: ' Shop ', description: ' Sells things ' };
  assert.deepEqual(changesOf(CLIENT, settings), { description: 'Sells things' });
});

test('lists are read by line and by comma, without empty entries', () => {
  const callbacks = 'https://shop.example/callback\n\n https://b.example, https://c.example\n';
  assert.deepEqual(changesOf(CLIENT, { ...settingsOf(CLIENT), callbacks }), {
    callbacks: ['https://shop.example/callback', 'https://b.example', 'https://c.example'],
  });
  assert.deepEqual(changesOf(CLIENT, { ...settingsOf(CLIENT), callbacks: '\n' }), { callbacks: [] });
});

test('a type that cannot keep a secret sends none, and one that can starts to', () => {
  const native = withType(settingsOf(CLIENT), 'native');
  assert.equal(native.token_endpoint_auth_method, 'none');
  assert.equal(withType(native, 'regular_web').token_endpoint_auth_method, 'client_secret_post');
  assert.equal(withType(settingsOf(CLIENT), 'non_interactive').token_endpoint_auth_method, 'client_secret_basic');
});
