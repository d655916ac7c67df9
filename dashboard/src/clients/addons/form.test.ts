import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDON_GROUPS } from './catalogue.ts';
import { ADDON_NAMES, draftOf, problemsOf, settingsFrom, settingsOf } from './form.ts';

const ADDONS = ADDON_GROUPS.flatMap(({ addons }) => addons);
const addon = (name: string) => ADDONS.find((one) => one.name === name)!;

test('every addon of the server is offered once, and no setting is named that it does not have', () => {
  assert.deepEqual(ADDONS.map(({ name }) => name).sort(), [...ADDON_NAMES].sort());
  for (const one of ADDONS) {
    const names = settingsOf(one).map(({ name }) => name);
    assert.deepEqual(
      Object.keys(one.fields ?? {}).filter((name) => !names.includes(name)),
      [],
      one.name,
    );
  }
});

test('settings go through the form and come back the same', () => {
  const stored = {
    audience: 'urn:a',
    lifetimeInSeconds: 60,
    mapIdentities: false,
    mappings: { a: 'b' },
    logout: { x: 1 },
  };
  const specs = settingsOf(addon('samlp'));
  assert.deepEqual(settingsFrom(specs, draftOf(specs, stored), stored), stored);
});

test('what is missing, out of bounds or malformed is told at its setting', () => {
  assert.deepEqual(Object.keys(problemsOf(settingsOf(addon('layer')), {})), ['providerId', 'keyId', 'privateKey']);
  assert.deepEqual(Object.keys(problemsOf(settingsOf(addon('aws')), { lifetime_in_seconds: '5' })), [
    'lifetime_in_seconds',
  ]);
  assert.deepEqual(Object.keys(problemsOf(settingsOf(addon('azure_blob')), { accountName: 'A b' })), ['accountName']);
  assert.deepEqual(Object.keys(problemsOf(settingsOf(addon('samlp')), { mappings: '[1' })), ['mappings']);
});
