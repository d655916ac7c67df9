import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntaxProblems } from '../ui/codemirror/syntax.ts';
import { HOOK_TRIGGERS, HOOK_WORDS } from './words.ts';

test('a hook starts from code that can run', () => {
  for (const id of HOOK_TRIGGERS) assert.deepEqual(syntaxProblems(HOOK_WORDS[id].code, 'module'), [], id);
});
