import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretsIn } from './secret-lines.ts';

test('secrets are read one in each line, and a value may hold anything', () => {
  assert.deepEqual(secretsIn(' A = one=1 \n\nB=two'), {
    secrets: [
      { name: 'A', value: 'one=1' },
      { name: 'B', value: 'two' },
    ],
  });
  assert.deepEqual(secretsIn(''), { secrets: [] });
});

test('what is missing is told', () => {
  const problem = (text: string) => (secretsIn(text) as { problem: string }).problem;
  assert.match(problem('A=1\nnothing'), /Line 2/);
  assert.match(problem('A='), /A has no value/);
  assert.match(problem('A=1\nA=2'), /twice/);
});
