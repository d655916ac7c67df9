/** `npm run docs`: writes the pages that are made from the code. `generate.test.ts` fails while one is not up to date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages } from './pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const [path, make] of Object.entries(pages)) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, make());
}
