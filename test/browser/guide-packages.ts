/**
 * Packages of guides that are too large for everybody's installation: only the test of such a guide installs them, from
 * the lock file in `guide-packages/<name>`, and they are kept in node_modules/.cache for as long as that stays the same.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root, run } from './guide-session.ts';

/**
 * Answers the `node_modules` with the packages of a guide.
 * @throws Error when they are not there yet and npm cannot install them
 */
export async function packagesOf(name: string): Promise<string> {
  const source = join(import.meta.dirname, 'guide-packages', name);
  const lock = readFileSync(join(source, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules', '.cache', 'guides', `${name}-${hash}`);
  if (!existsSync(folder)) await install(source, folder);
  for (const other of globSync(join(dirname(folder), `${name}-*`))) {
    if (!basename(other).startsWith(`${name}-${hash}`)) rmSync(other, { recursive: true, force: true });
  }
  return join(folder, 'node_modules');
}

/** Others may be doing the same: each in a folder of its own, of which the first that is whole takes its place. */
async function install(source: string, folder: string): Promise<void> {
  const mine = `${folder}.${process.pid}`;
  try {
    cpSync(source, mine, { recursive: true });
    const self = process.env.npm_execpath;
    const [command, first] = self ? [process.execPath, [self]] : ['npm', []];
    // Peers that the guide needs are in its lock file; React Native itself is one that it does not need here.
    const options = ['--include=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    await run(command, [...first, 'ci', ...options], { cwd: mine });
    renameSync(mine, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(mine, { recursive: true, force: true });
  }
}
