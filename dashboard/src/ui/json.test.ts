import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSame, mergeChanges, parseObject } from './json.ts';

test('what is no JSON object is explained with its line', () => {
  assert.deepEqual(parseObject(' '), { object: {} });
  assert.deepEqual(parseObject('{"a": 1}'), { object: { a: 1 } });
  for (const text of ['[1]', 'null', '"x"']) assert.match((parseObject(text) as { problem: string }).problem, /object/);
  assert.match((parseObject('{\n  "a": 1,\n  b: 2\n}') as { problem: string }).problem, /line 3/);
  for (const text of ['{"a": {},\n"b": }', `{"a": "${'long '.repeat(20)}",\n"b": }`])
    assert.match((parseObject(text) as { problem: string }).problem, /line 2/);
  assert.match((parseObject('{"a": ') as { problem: string }).problem, /too early/);
});

test('metadata that is gone is sent as null, and an empty object empties', () => {
  assert.deepEqual(mergeChanges({ a: 1, b: { c: 1 }, d: 1 }, { a: 1, b: { c: 2 }, e: 3 }), {
    d: null,
    b: { c: 2 },
    e: 3,
  });
  assert.deepEqual(mergeChanges({ a: 1 }, {}), {});
});

test('the order of names is no difference', () => {
  assert.ok(isSame({ a: 1, b: { c: 1, d: [1, 2] } }, { b: { d: [1, 2], c: 1 }, a: 1 }));
  assert.ok(!isSame({ a: [1, 2] }, { a: [2, 1] }));
  assert.deepEqual(mergeChanges({ a: { x: 1, y: 2 }, b: 1 }, { a: { y: 2, x: 1 }, b: 2 }), { b: 2 });
});
