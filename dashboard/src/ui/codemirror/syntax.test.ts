import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Shape, syntaxProblems } from './syntax.ts';

const said = (code: string, shape: Shape) => syntaxProblems(code, shape).map(({ line, message }) => [line, message]);

test('a rule is one function', () => {
  assert.deepEqual(
    said('// why\nfunction (user, context, callback) {\n  callback(null, user, context);\n}\n', 'function'),
    [],
  );
  assert.deepEqual(said('async function rule(user, context, callback) {};', 'function'), []);
  assert.deepEqual(said('(user, context, callback) => callback()', 'function'), []);
  assert.match(String(said('const a = 1;', 'function')[0]), /Unexpected “const”/);
  assert.match(String(said('\n42', 'function')[0]), /^2,This must be one function/);
  assert.match(String(said('function () {}\nfunction () {}', 'function')[0]), /^2,Nothing may follow/);
});

test('a module is CommonJS with the newest syntax', () => {
  assert.deepEqual(said('exports.onExecutePostLogin = async (event) => event?.user ?? null;', 'module'), []);
  assert.match(String(said('import x from "y";', 'module')[0]), /import/);
  assert.match(String(said('await 1;', 'module')[0]), /Unexpected/);
});

test('a mistake is told with its line', () => {
  assert.deepEqual(said('const a = 1;\nconst b = );', 'module'), [[2, 'Unexpected “)”.']]);
  assert.match(String(said('function () {\n  if (', 'function')[0]), /^2,The code ends too early/);
  assert.deepEqual(said('let a; let a;', 'module'), [[1, "Identifier 'a' has already been declared."]]);
  assert.deepEqual(said('  ', 'module'), [[1, 'There is no code yet.']]);
});
