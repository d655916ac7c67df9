import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRIGGERS } from '../../../server/api/actions/triggers.ts';
import { syntaxProblems } from '../ui/codemirror/syntax.ts';
import { CURRENT_TRIGGERS, FLOW_TRIGGERS, membersOf, runtimeLabel, starterOf, TRIGGER_WORDS } from './words.ts';

test('every trigger has words, one current version, and code to start from that can run', () => {
  for (const id of new Set(TRIGGERS.map((trigger) => trigger.id))) {
    assert.ok(TRIGGER_WORDS[id]?.about, id);
    assert.equal(CURRENT_TRIGGERS.filter((trigger) => trigger.id === id).length, 1, id);
    assert.deepEqual(syntaxProblems(starterOf(id), 'module'), []);
    const names = membersOf(id).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, `${id} names something twice`);
  }
});

test('what something else names is no flow', () => {
  assert.ok(FLOW_TRIGGERS.some(({ id }) => id === 'post-login'));
  assert.ok(!FLOW_TRIGGERS.some(({ id }) => id === 'event-stream'));
});

test('runtimes are written as people write them', () => {
  assert.deepEqual(['node22', 'node18-actions'].map(runtimeLabel), ['Node.js 22', 'Node.js 18']);
});
