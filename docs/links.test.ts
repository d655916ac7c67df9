/** What the documentation points at is there: files, folders, and headings. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { anchor } from './generator/markdown.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root });

for (const page of pages) {
  const text = withoutCode(readFileSync(join(root, page), 'utf8'));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)]
    .map(([, link, picture]) => (link ?? picture)!)
    .filter((link) => !/^[a-z]+:/.test(link));
  if (links.length === 0) continue;

  test(`what ${page} links to exists`, () => {
    for (const link of links) {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? join(root, page) : join(root, dirname(page), path);
      assert.ok(existsSync(file), link);
      assert.ok(!relative(root, file).startsWith('..'), `${link} leaves the repository`);
      if (heading !== undefined) assert.ok(headingsOf(file).includes(`#${heading}`), link);
    }
  });
}

test('paths that ARCHITECTURE.md names in code exist', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const named = [...text.matchAll(/`((?:server|bin|docs|dashboard|test|bench)\/[\w./-]+)`/g)].map(([, path]) => path!);
  for (const path of named) assert.ok(existsSync(join(root, path)), path);
});

test('the diff in CONTRIBUTING.md that adds a field applies to the code as it is, and touches one file', () => {
  const diff = /^```diff\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))![1]!;
  assert.equal(diff.match(/^\+\+\+ /gm)?.length, 1);
  execFileSync('git', ['apply', '--check', '--unidiff-zero', '-'], {
    cwd: root,
    input: diff,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
});

test('every runtime dependency has its reason in ARCHITECTURE.md, and no other has', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const section = /^## Dependencies$([\s\S]*?)^## /m.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))![1]!;
  const told = [...section.matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name!);
  assert.deepEqual(told.toSorted(), Object.keys(dependencies).toSorted());
});

function headingsOf(file: string): string[] {
  const text = withoutCode(readFileSync(file, 'utf8'));
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!));
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}
