import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonRows, RowsError } from './json-rows.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rows(text: string, size = 3): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const row of jsonRows(inPieces(text, size))) found.push(JSON.parse(row));
  return found;
}

const USERS = [{ a: 'x}"\\{', b: [{ c: '[' }] }, {}, { d: 'ü' }];

test('an array, a list of lines and mere objects are the same, however they are cut', async () => {
  const forms = [
    JSON.stringify(USERS),
    JSON.stringify(USERS, null, 2),
    `\ufeff ${JSON.stringify(USERS)}\n`,
    USERS.map((user) => JSON.stringify(user)).join('\n'),
    USERS.map((user) => JSON.stringify(user, null, 1)).join(''),
  ];
  for (const form of forms) {
    for (const size of [1, 2, 5, 1000]) assert.deepEqual(await rows(form, size), USERS, `${size}: ${form}`);
  }
});

test('an empty list has no rows, and so has an empty file', async () => {
  assert.deepEqual(await rows('[]'), []);
  assert.deepEqual(await rows(''), []);
});

test('what is no list of objects is refused', async () => {
  for (const text of ['nonsense', '[1]', '[{}', '[{}] {}', '[,{}]', '{"a":', 'user_id,email\n', '[[{}]]', '{}]']) {
    await assert.rejects(rows(text), RowsError, text);
  }
});

test('an object that is too large is refused before it is whole', async () => {
  await assert.rejects(rows(`[{"a":"${'x'.repeat(2_000_000)}"}]`, 65_536), /too large/);
});
