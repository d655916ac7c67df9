/** How much a browser loads before the dashboard shows its first screen: the budget, and what must not be part of it. */
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';

type Chunk = { file: string; imports?: string[]; css?: string[] };

const dist = new URL('./dist/', import.meta.url);
const ENTRY = 'index.html';
/** Where somebody who opens the dashboard lands. */
const FIRST_SCREEN = 'src/clients/list.tsx';
const EDITOR = 'src/ui/codemirror/editor.ts';
const BUDGET = 350_000;

const manifest: Record<string, Chunk> = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

/** The chunks that are loaded with these, by what the manifest calls them. */
function loadedWith(...names: string[]): Set<string> {
  const found = new Set(names);
  for (const name of found) for (const imported of manifest[name]?.imports ?? []) found.add(imported);
  return found;
}

async function compressed(names: Iterable<string>): Promise<number> {
  const chunks = [...names].map((name) => manifest[name]!);
  const files = new Set(
    chunks.flatMap(({ file, css = [] }) => [file, ...css]).filter((file) => /\.(js|css)$/.test(file)),
  );
  const sizes = await Promise.all([...files].map(async (file) => (await stat(new URL(`${file}.gz`, dist))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('the first screen is loaded with less than 350 kB, compressed', async (t) => {
  const size = await compressed(loadedWith(ENTRY, FIRST_SCREEN));
  t.diagnostic(`${Math.round(size / 1000)} kB`);
  assert.ok(size > 50_000 && size < BUDGET, `${size} bytes`);
});

test('the code editor is loaded by the screens that show one', async (t) => {
  const screens = Object.keys(manifest).filter((name) => name.startsWith('src/') && name.endsWith('.tsx'));
  assert.ok(screens.length > 20);
  for (const name of [ENTRY, ...screens]) {
    assert.ok(!loadedWith(name).has(EDITOR), `${name} loads the editor before there is one to show`);
  }
  const own = [...loadedWith(EDITOR)].filter((name) => !loadedWith(ENTRY).has(name));
  t.diagnostic(`${Math.round((await compressed(own)) / 1000)} kB`);
});
