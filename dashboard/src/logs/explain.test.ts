import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOG_TYPES } from '../../../server/logs/types.ts';
import type { LogEvent } from '../api/types.ts';
import { adviceOf, meaningOf } from './explain.ts';

const event = (type: string, description?: string, details?: unknown) =>
  ({ log_id: '1', type, description, details }) as LogEvent;

test('every code that the server emits is explained', () => {
  const unexplained = Object.keys(LOG_TYPES).filter((type) => meaningOf(event(type)) === '');
  assert.deepEqual(unexplained, []);
});

test('the text of an event tells more than its code', () => {
  assert.match(adviceOf(event('f', 'user is blocked'))!.why, /blocked/);
  assert.match(adviceOf(event('feacft', 'Failed to verify code verifier'))!.why, /PKCE/);
  assert.match(adviceOf(event('feccft', 'Unauthorized'))!.why, /secret/);
  assert.match(adviceOf(event('fp', 'Wrong email or password.'))!.why, /this account/);
  assert.match(adviceOf(event('fsa', 'Login required'))!.why, /prompt=none/);
  assert.equal(adviceOf(event('f', 'something nobody has met')), undefined);
});

test('refusals of the Management API are explained by their status', () => {
  assert.match(adviceOf(event('fapi', 'x', { response: { statusCode: 403 } }))!.why, /scope/);
  assert.match(adviceOf(event('fapi', 'x', { response: { statusCode: 409 } }))!.why, /exists/);
});
