import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookAtFile, sizeOf } from './file.ts';

const look = (text: string) => lookAtFile(new Blob([text]));

test('a list of users is counted, whatever stands before it', async () => {
  assert.deepEqual(await look('\uFEFF\n [{"email":"a@example.com"}, {}]'), { rows: 2 });
  assert.deepEqual(await look('[]'), { rows: 0 });
});

test('users one after the other are taken without being counted', async () => {
  assert.deepEqual(await look('{"email":"a@example.com"}\n{"email":"b@example.com"}\n'), { rows: undefined });
});

test('what would be refused is said with its place', async () => {
  const problems = ['', 'email\na@example.com', '[\n{"email": }\n]', '[{}, 7]', '[{}'].map(look);
  const [empty, csv, broken, entry, cut] = (await Promise.all(problems)).map((found) =>
    'problem' in found ? found.problem : '',
  );
  assert.match(empty!, /empty/);
  assert.match(csv!, /no list of users/);
  assert.match(broken!, /line 2/);
  assert.match(entry!, /Entry 2/);
  assert.match(cut!, /no valid JSON/);
});

test('sizes are told in a unit that fits', () => {
  assert.deepEqual([sizeOf(0), sizeOf(1536), sizeOf(20_000_000)], ['0 B', '1.5 kB', '19 MB']);
});
