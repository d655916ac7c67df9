#!/usr/bin/env node
// The launcher: turns a bare checkout and whatever Node.js is installed (18 or newer) into a running Latchkey.
//
//   latchkey [COMMAND …]        runs server/cli.ts; without a command, `start`
//   latchkey --run FILE [ARG …] runs another file of the project with the same Node.js
//
// It owns what must be in place before the first line of the server can run: locked dependencies, a Node.js that runs
// TypeScript, and a built dashboard. It knows nothing of configuration, storage or commands. It depends on nothing but
// Node.js itself, and standard output belongs to the command: progress goes to standard error.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDashboard, dashboardIsCurrent } from './lib/dashboard.mjs';
import { dependenciesAreCurrent, installDependencies } from './lib/dependencies.mjs';
import { withLock } from './lib/lock.mjs';
import { CommandFailed, say } from './lib/process.mjs';
import { handOver, installRuntime, runtimePath } from './lib/runtime.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(root, 'bin', '.install.lock');

/**
 * Makes ready whatever is missing; costs a few milliseconds when nothing is.
 * @param {boolean} withDashboard whether the built dashboard is needed too
 * @returns {Promise<string>} path of the Node.js to run the project with
 */
async function prepare(withDashboard) {
  const ready = () =>
    dependenciesAreCurrent(root) && runtimePath(root) !== undefined && (!withDashboard || dashboardIsCurrent(root));
  if (!ready()) {
    await withLock(lockFile, async () => {
      // Checked again one by one: while this process waited for the lock, another may have done the work.
      if (!dependenciesAreCurrent(root)) await installDependencies(root);
      if (runtimePath(root) === undefined) await installRuntime(root);
      if (withDashboard && !dashboardIsCurrent(root)) await buildDashboard(root, runtimePath(root));
    });
  }
  return runtimePath(root);
}

try {
  const args = process.argv.slice(2);
  if (args[0] === '--run') {
    const [, file, ...rest] = args;
    if (file === undefined) throw new CommandFailed('usage: latchkey --run FILE [ARG …]', 2);
    await handOver(root, await prepare(false), [resolve(root, file), ...rest]);
  } else {
    const command = args.length === 0 ? ['start'] : args;
    await handOver(root, await prepare(command[0] === 'start'), [join(root, 'server', 'cli.ts'), ...command]);
  }
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
