// The built dashboard: whether dashboard/dist belongs to the present sources, and building it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CommandFailed, run, say } from './process.mjs';

const stampOf = (root) => join(root, 'dashboard', 'dist', '.stamp');

/**
 * Whether the checkout has the dashboard's sources; an image that ships only the built one has not.
 * @param {string} root the checkout
 */
export function hasDashboardSources(root) {
  return existsSync(join(root, 'dashboard', 'index.html'));
}

/**
 * Whether the built dashboard is that of the present sources, or there is nothing to build it from.
 * @param {string} root the checkout
 */
export function dashboardIsCurrent(root) {
  if (!hasDashboardSources(root)) return true;
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
}

/**
 * Builds the dashboard into dashboard/dist.
 * @param {string} root the checkout
 * @param {string} node path of the Node.js to run Vite with
 */
export async function buildDashboard(root, node) {
  say('building the dashboard (first start, or its sources changed) …');
  const hash = sourceHash(root);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  // A start under NODE_ENV=test or development must not leave a development build behind.
  const env = { ...process.env, NODE_ENV: 'production' };
  const args = [vite, 'build', 'dashboard', '--logLevel', 'warn'];
  const { code } = await run(node, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new CommandFailed(`building the dashboard failed (vite left with code ${code})`, code);
  // Last, and Vite has emptied the folder: a build cut short leaves no stamp.
  writeFileSync(stampOf(root), hash);
}

/** Digest of everything the build reads: the dashboard's files, what they import from elsewhere, the locked packages. */
function sourceHash(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of sourceFiles(root)) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function sourceFiles(root) {
  const dashboard = join(root, 'dashboard');
  const found = new Set(filesUnder(dashboard));
  // A set also visits what is added while it is walked: the imports of the imports.
  for (const file of found) {
    for (const imported of relativeImports(file)) {
      if (!imported.startsWith(dashboard + sep)) found.add(imported);
    }
  }
  return [...found].sort();
}

/** The dashboard shares schemas with the server; those are its sources too. */
function relativeImports(file) {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return [];
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport\(?)\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  return [...specifiers]
    .map(([, specifier]) => resolve(dirname(file), specifier))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
