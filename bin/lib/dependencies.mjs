// Locked dependencies: whether node_modules is what package-lock.json says, and making it so.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, say } from './process.mjs';

const stampOf = (root) => join(root, 'node_modules', '.latchkey-lock-hash');

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether npm's own record of an installation holds every package of the lock file at its locked version.
 * Optional packages may be missing: they are for other platforms.
 */
function npmInstalledTheLock(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const mayBeMissing = (entry) => entry.optional === true || entry.devOptional === true;
  return (
    Object.keys(installed).every((path) => locked[path]?.version === installed[path].version) &&
    Object.keys(locked).every((path) => path === '' || path in installed || mayBeMissing(locked[path]))
  );
}

/**
 * Whether node_modules belongs to the present package-lock.json.
 * An installation made by hand (`npm ci`, `npm install`) counts, and is noted so that the next start reads one file.
 * @param {string} root the checkout
 */
export function dependenciesAreCurrent(root) {
  const stamp = stampOf(root);
  const hash = lockHash(root);
  if (existsSync(stamp)) {
    if (readFileSync(stamp, 'utf8') === hash) return true;
    // Fall through: after `npm install some-package` the old stamp is still there beside a right installation.
  }
  if (!npmInstalledTheLock(root)) return false;
  try {
    writeFileSync(stamp, hash);
  } catch (error) {
    // Installed by another user than the one who starts: npm's record is compared at every start instead.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
  return true;
}

/**
 * Installs what package-lock.json says, nothing else.
 * @param {string} root the checkout
 */
export async function installDependencies(root) {
  say('installing the locked dependencies (first start, or package-lock.json changed) …');
  const hash = lockHash(root);
  // The dashboard's build tools are development dependencies and a start needs them, also under NODE_ENV=production.
  await npm(['ci', '--include=dev'], { cwd: root, doing: 'installing the dependencies' });
  linkCommand(root);
  writeFileSync(stampOf(root), hash);
}

/** Lets `npx latchkey` find the command of this very checkout; npm links only the commands of dependencies. */
function linkCommand(root) {
  if (process.platform === 'win32') return;
  const folder = join(root, 'node_modules', '.bin');
  mkdirSync(folder, { recursive: true });
  try {
    symlinkSync('../../bin/latchkey.mjs', join(folder, 'latchkey'));
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}
