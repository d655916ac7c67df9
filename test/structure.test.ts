/** The rules of STYLE.md about where things are and what may import what, as far as a program can tell. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const code = globSync(['server/**/*.ts', 'docs/**/*.ts', 'bench/**/*.ts'], { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .toSorted();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** The files that a file imports, as paths in the checkout. */
function importsOf(file: string): string[] {
  const specifiers = textOf(file).matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.{1,2}\/[^']+)'/g);
  return [...specifiers].map(([, specifier]) => normalize(join(dirname(file), specifier!)));
}

test('no feature imports the handlers of another', () => {
  const foreign = code
    .filter((file) => file !== 'server/api/routes.ts')
    .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
    .filter(({ file, imported }) => /handlers\.ts$/.test(imported) && dirname(imported) !== dirname(file));
  assert.deepEqual(foreign, []);
});

test('every area of the Management API is in the list', () => {
  const listed = importsOf('server/api/routes.ts');
  const handlers = code.filter((file) => /^server\/api\/.*handlers\.ts$/.test(file));
  const reachable = (file: string) => listed.includes(file) || listed.some((one) => importsOf(one).includes(file));
  assert.deepEqual(
    handlers.filter((file) => !reachable(file)),
    [],
  );
});

test('shared capabilities know no feature of the Management API by its operations', () => {
  const shared = code.filter((file) => /^server\/(http|storage|schema|keys|mail|jobs|logs|sessions)\//.test(file));
  const up = shared.flatMap((file) => importsOf(file).map((imported) => ({ file, imported })));
  assert.deepEqual(
    up.filter(({ imported }) => /(operations|handlers|routes)\.ts$/.test(imported)),
    [],
  );
});

test('handlers of the Management API start background work after the commit, not before', () => {
  const calls = code
    .filter((file) => file.startsWith('server/api/'))
    .flatMap((file) => [...textOf(file).matchAll(/^.*\.nudge\(.*$/gm)].map(([line]) => `${file}: ${line.trim()}`));
  assert.ok(calls.length > 0);
  assert.deepEqual(
    calls.filter((line) => !line.includes('.afterCommit(() => services.nudge(')),
    [],
  );
});

test('there are no barrel files', () => {
  assert.deepEqual(
    code.filter((file) => /(^|\/)index\.ts$/.test(file)),
    [],
  );
});

test('files stay small: about 300 lines, schemas and tables excepted', () => {
  const long = code.filter((file) => !/(schema|operations)\.ts$/.test(file) && textOf(file).split('\n').length > 340);
  assert.deepEqual(long, []);
});

test('every file of the server says at its top what it is for', () => {
  const server = code.filter((file) => file.startsWith('server/'));
  const silent = server.filter((file) => !/^(#!.*\n)?(\/\/ biome-ignore.*\n)*(\/\*\*|\/\/ )/.test(textOf(file)));
  assert.deepEqual(silent, []);
});
