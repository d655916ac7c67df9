import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEchoes } from './echoes.ts';

function typed(...values: string[]) {
  const echoes = createEchoes();
  for (const value of values) echoes.tell(value);
  return echoes;
}

test('what was typed comes back late, and is known', () => {
  const echoes = typed('a', 'ab', 'abc');
  assert.deepEqual(
    ['a', 'ab', 'abc'].map((value) => echoes.has(value, 'abc')),
    [true, true, true],
  );
});

test('the form may leave out what was followed by more at once', () => {
  const echoes = typed('a', 'ab', 'abc');
  assert.equal(echoes.has('ab', 'abc'), true);
  assert.equal(echoes.has('a', 'abc'), false, 'an old value that comes now comes from elsewhere');
});

test('a value from elsewhere is no echo, and ends the waiting for those', () => {
  const echoes = typed('a', 'ab');
  assert.equal(echoes.has('stored', 'ab'), false);
  assert.equal(echoes.has('ab', 'stored'), false);
});

test('what was told long ago can be set again, such as by a discarded draft', () => {
  const echoes = typed('stored!', 'stored', 'stored?');
  assert.equal(echoes.has('stored?', 'stored?'), true);
  assert.equal(echoes.has('stored', 'stored?'), false);
});
