import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { User } from '../api/types.ts';
import { profileChanges, profileOf } from './profile-form.ts';

const user: User = {
  user_id: 'auth0|1',
  email: 'jo@example.com',
  nickname: 'jo',
  identities: [],
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

test('only what was changed is sent, and what was emptied is removed', () => {
  const profile = profileOf(user);
  assert.deepEqual(profileChanges(user, profile), {});
  assert.deepEqual(profileChanges(user, { ...profile, name: ' Jo Doe ', nickname: '' }), {
    name: 'Jo Doe',
    nickname: null,
  });
});
