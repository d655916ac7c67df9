// Draws every page of the dashboard and every hosted page into test/screenshots/: `npm run screenshots`, or
// `npm run screenshots -- users login` for the pages that have one of these in their name.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { buildDashboard, dashboardIsCurrent } from '../bin/lib/dashboard.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const folder = join(here, 'screenshots');
const wanted = process.argv.slice(2);

if (!dashboardIsCurrent(root)) await buildDashboard(root, process.execPath);
// What was drawn before may show pages that are no more.
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
process.env.SCREENSHOTS = folder;
process.env.SCREENSHOTS_OF = wanted.join(' ');
const files = [join(here, 'browser', 'screenshots.ts')];
const pages = run({ files, concurrency: 1 });
pages.on('test:fail', () => {
  process.exitCode = 1;
});
for await (const text of pages.compose(spec)) process.stdout.write(text);
process.stdout.write(`\nThe pictures are in ${folder}\n`);
