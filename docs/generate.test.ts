/** Pages made from the code say what the code says now. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pages } from './pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const [path, make] of Object.entries(pages)) {
  test(`${path} is up to date`, () => {
    const written = readFileSync(join(root, path), 'utf8');
    assert.ok(written === make(), `${path} is not what the code says: run \`npm run docs\` and commit what it writes`);
  });

  test(`${path} comes out the same each time`, () => assert.equal(make(), make()));
}
