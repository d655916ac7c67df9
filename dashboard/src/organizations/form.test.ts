import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Organization } from '../api/types.ts';
import { changesOf, settingsOf } from './form.ts';

const organization: Organization = {
  id: 'org_1',
  name: 'acme',
  display_name: 'Acme',
  branding: { colors: { primary: '#000000', page_background: '#ffffff' } },
  metadata: { plan: 'gold' },
};

test('only what was changed is sent; branding and metadata go as a whole', () => {
  const settings = settingsOf(organization);
  assert.deepEqual(changesOf(organization, settings), { changes: {} });
  assert.deepEqual(changesOf(organization, { ...settings, primary: '#111111', metadata: '{}' }), {
    changes: { branding: { colors: { primary: '#111111', page_background: '#ffffff' } }, metadata: {} },
  });
  assert.deepEqual(changesOf(organization, { ...settings, primary: '', page_background: '' }).changes, {
    branding: {},
  });
});

test('metadata that is no JSON object is a problem', () => {
  assert.match(changesOf(organization, { ...settingsOf(organization), metadata: '{' }).problem ?? '', /JSON/);
});
