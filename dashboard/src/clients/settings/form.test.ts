import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../../api/types.ts';
import { changesOf, problemsOf, withTyped } from './form.ts';

const CLIENT: Client = {
  client_id: 'abc',
  name: 'Shop',
  app_type: 'regular_web',
  token_endpoint_auth_method: 'client_secret_basic',
  callbacks: ['https://shop.example/callback'],
  grant_types: ['authorization_code', 'client_credentials'],
  client_metadata: { shop: 'yes', old: '1' },
  refresh_token: { rotation_type: 'non-rotating', expiration_type: 'non-expiring', leeway: 0 },
};

test('a form that nobody touched, and one whose values were put back, send nothing', () => {
  assert.deepEqual(changesOf(CLIENT, {}), {});
  assert.deepEqual(changesOf(CLIENT, { name: ' Shop ', sso: true, callbacks: 'https://shop.example/callback\n' }), {});
});

test('only what differs is sent, and what was emptied is removed', () => {
  assert.deepEqual(changesOf(CLIENT, { name: 'Shop', description: ' Sells things ' }), { description: 'Sells things' });
  assert.deepEqual(changesOf({ ...CLIENT, description: 'x' }, { description: '' }), { description: null });
});

test('lists are read by line and by comma, without empty entries', () => {
  const callbacks = 'https://shop.example/callback\n\n https://b.example, https://c.example\n';
  assert.deepEqual(changesOf(CLIENT, { callbacks }), {
    callbacks: ['https://shop.example/callback', 'https://b.example', 'https://c.example'],
  });
  assert.deepEqual(changesOf(CLIENT, { callbacks: '\n' }), { callbacks: [] });
});

test('a member of an object takes the others along', () => {
  assert.deepEqual(changesOf(CLIENT, { 'refresh_token.leeway': '30' }), {
    refresh_token: { rotation_type: 'non-rotating', expiration_type: 'non-expiring', leeway: 30 },
  });
  assert.deepEqual(changesOf(CLIENT, { 'mobile.ios.team_id': ' T1 ' }), { mobile: { ios: { team_id: 'T1' } } });
});

test('metadata that is gone is sent as null', () => {
  assert.deepEqual(changesOf(CLIENT, { client_metadata: [{ key: 'shop', value: 'no' }] }), {
    client_metadata: { old: null, shop: 'no' },
  });
});

test('a type that cannot keep a secret sends none, and one that can starts to', () => {
  assert.deepEqual(changesOf(CLIENT, withTyped(CLIENT, {}, 'app_type', 'native')), {
    app_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
  });
  const native: Client = { ...CLIENT, app_type: 'native', token_endpoint_auth_method: 'none' };
  assert.equal(withTyped(native, {}, 'app_type', 'regular_web').token_endpoint_auth_method, 'client_secret_post');
  assert.equal(withTyped(CLIENT, {}, 'app_type', 'non_interactive').token_endpoint_auth_method, undefined);
});

test('refresh tokens that rotate or have a lifetime expire', () => {
  const rotating = changesOf(CLIENT, withTyped(CLIENT, {}, 'refresh_token.rotation_type', true)).refresh_token;
  assert.equal(rotating?.expiration_type, 'expiring');
  assert.equal(rotating?.infinite_token_lifetime, false);
  const on = withTyped(CLIENT, {}, 'refresh_token.infinite_idle_token_lifetime', true);
  assert.equal(changesOf(CLIENT, on).refresh_token?.expiration_type, 'expiring');
  const off = withTyped(CLIENT, on, 'refresh_token.infinite_idle_token_lifetime', false);
  assert.deepEqual(changesOf(CLIENT, off), {});
});

test('what is wrong is told for what was typed only', () => {
  assert.deepEqual(problemsOf(CLIENT, {}), {});
  const wrong = {
    name: ' ',
    callbacks: 'https://good.example/cb\nshop.example/cb',
    web_origins: 'https://a.example/path',
    logo_uri: 'javascript:x',
    'jwt_configuration.lifetime_in_seconds': '1.5',
    client_metadata: [{ key: '', value: 'x' }],
  };
  assert.deepEqual(Object.keys(problemsOf(CLIENT, wrong)).sort(), Object.keys(wrong).sort());
  for (const callbacks of [
    'com.example.app://cb',
    'https://*.shop.example/cb',
    'http://localhost:3000',
    'https://{organization_name}.a.example',
  ]) {
    assert.deepEqual(problemsOf(CLIENT, { callbacks }), {}, callbacks);
  }
  for (const callbacks of ['javascript:alert(1)', 'https://a.example/#x', 'no address']) {
    assert.deepEqual(Object.keys(problemsOf(CLIENT, { callbacks })), ['callbacks'], callbacks);
  }
});
