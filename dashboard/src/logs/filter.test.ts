import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery } from '../../../server/api/search.ts';
import { queryOf } from './filter.ts';
import { outcomeOf, typeLabel, typesWith } from './types.ts';

const NOW = Date.parse('2026-03-02T10:20:30.400Z');

test('a filter is a query that the API understands', () => {
  assert.equal(queryOf({}, NOW), undefined);
  assert.equal(queryOf({ type: 'fp,fu', ip: '::1' }, NOW), 'type:(fp OR fu) AND ip:"::1"');
  assert.equal(queryOf({ user: 'auth0|1' }, NOW), 'user_id:"auth0|1"');
  assert.equal(queryOf({ since: 'hour' }, NOW), 'date:[2026-03-02T09:20:00.000Z TO *]');
  for (const user of ['jo doe', 'a"b', 'jo@example.com', '(x', 'a:b', 'back\\slash', '-minus', 'x AND y'])
    assert.doesNotThrow(() => parseQuery(queryOf({ user, client: user, outcome: 'failure' }, NOW)!), user);
  assert.deepEqual(parseQuery(queryOf({ user: 'jo doe' }, NOW)!), {
    op: 'term',
    field: 'user_name',
    parts: [{ any: 'many' }, 'jo doe', { any: 'many' }],
  });
});

test('codes have names and outcomes, also those that the table does not know', () => {
  assert.equal(typeLabel('fp'), 'Failed Login (wrong password)');
  assert.equal(outcomeOf('ferrt'), 'failure');
  assert.equal(outcomeOf('sapi'), 'success');
  assert.equal(outcomeOf('fxyz'), 'failure');
  assert.equal(outcomeOf('pwd_leak'), 'success');
  assert.ok(typesWith('failure').includes('feccft') && !typesWith('failure').includes('s'));
});
