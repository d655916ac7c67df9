import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf, shown, valueAt } from '../../forms/draft.ts';
import { ADDON_GROUPS } from './catalogue.ts';
import { ADDON_NAMES, settingsOf, switchedOn, withAddon } from './form.ts';

const ADDONS = ADDON_GROUPS.flatMap(({ addons }) => addons);
const addon = (name: string) => ADDONS.find((one) => one.name === name)!;

test('every addon of the server is offered once, and no setting is named that it does not have', () => {
  assert.deepEqual(ADDONS.map(({ name }) => name).sort(), [...ADDON_NAMES].sort());
  for (const one of ADDONS) {
    const paths = settingsOf(one).map(({ path }) => path);
    assert.deepEqual(
      Object.keys(one.fields ?? {}).filter((name) => !paths.includes(`addons.${one.name}.${name}`)),
      [],
      one.name,
    );
  }
});

test('settings go through the form and come back the same, with those that it does not show', () => {
  const samlp = {
    audience: 'urn:a',
    lifetimeInSeconds: 60,
    mapIdentities: false,
    mappings: { a: 'b' },
    logout: { callback: 'https://a.example', slo_enabled: true },
    other: { x: 1 },
  };
  const client = { addons: { samlp, box: {} } };
  const specs = settingsOf(addon('samlp'));
  const draft = Object.fromEntries(specs.map((spec) => [spec.path, shown(spec, client)]));
  assert.deepEqual(switchedOn(client, addon('samlp'), specs, draft), { addons: client.addons });
  assert.deepEqual(switchedOn(client, addon('samlp'), specs, { ...draft, 'addons.samlp.audience': 'urn:b' }), {
    addons: { samlp: { ...samlp, audience: 'urn:b' }, box: {} },
  });
});

test('what was emptied is left out, and an addon without settings is on', () => {
  const client = { addons: { slack: { team: 'acme' } } };
  const specs = settingsOf(addon('sentry'));
  assert.deepEqual(switchedOn(client, addon('sentry'), specs, { 'addons.sentry.org_slug': 'acme' }), {
    addons: { slack: { team: 'acme' }, sentry: { org_slug: 'acme' } },
  });
  assert.deepEqual(switchedOn({}, addon('box'), [], {}), { addons: { box: {} } });
  assert.deepEqual(withAddon(client, 'slack'), { addons: {} });
  assert.deepEqual(withAddon({}, 'slack', { team: 'acme' }), client);
});

test('switches are shown as the addon has them while nothing is stored, and can be switched off', () => {
  const specs = settingsOf(addon('samlp'));
  const upn = specs.find(({ path }) => path.endsWith('createUpnClaim'))!;
  assert.equal(shown(upn, {}), true);
  const body = switchedOn({}, addon('samlp'), specs, { [upn.path]: false });
  assert.equal(valueAt(body, upn.path), false);
});

test('what is missing, out of bounds or malformed is told at its setting', () => {
  const problems = (name: string, draft: Record<string, string>) =>
    Object.keys(problemsOf(settingsOf(addon(name)), {}, draft));
  assert.deepEqual(problems('layer', {}), ['addons.layer.providerId', 'addons.layer.keyId', 'addons.layer.privateKey']);
  for (const [path, text] of [
    ['addons.aws.lifetime_in_seconds', '5'],
    ['addons.azure_blob.accountName', 'A b'],
    ['addons.samlp.mappings', '[1'],
  ] as const) {
    assert.deepEqual(problems(path.split('.')[1]!, { [path]: text }), [path]);
  }
});
