// Child processes of the launcher: started, signalled and waited for in one place.
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { constants } from 'node:os';

/** A step of the launcher that cannot go on, with the line to show and the exit code to leave with. */
export class CommandFailed extends Error {
  /**
   * @param {string} message one or more lines for the person at the terminal
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Prints a line of progress on standard error.
 * Written to the descriptor itself: using `process.stderr` would leave it in a mode that a replaced process inherits.
 * @param {string} line
 */
export function say(line) {
  writeSync(2, `latchkey: ${line}\n`);
}

/**
 * Whether npm or npx started this process. npm starts its scripts through a shell, and a signal that ends npm ends
 * that shell but is not passed on by it.
 */
export const startedByNpm = process.env.npm_lifecycle_event !== undefined;

const PARENT_CHECK_MS = 300;

/**
 * Runs a command and passes on to it every signal that asks this process to end; under npm, the end of the parent too.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>} `code` is 128 + the signal's number when a
 *   signal ended it, as a shell would say
 */
export function run(command, args, options = {}) {
  return new Promise((fulfil, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to the whole foreground group, so the child has had it already; a second one would read
    // as "stop at once". Without a terminal the signal came to this process alone.
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = process.platform === 'win32' ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];
    for (const signal of signals) process.on(signal, forward);
    let parent = process.ppid;
    const watching = setInterval(() => {
      if (!startedByNpm || process.ppid === parent) return;
      parent = process.ppid;
      child.kill('SIGTERM');
    }, PARENT_CHECK_MS);
    const settled = () => {
      clearInterval(watching);
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      settled();
      reject(new CommandFailed(`cannot run ${command}: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      settled();
      fulfil({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), signal });
    });
  });
}

/**
 * Runs npm with its output on standard error.
 * @param {string[]} args
 * @param {{ cwd: string, doing: string }} options `doing` completes the sentence "… failed"
 */
export async function npm(args, { cwd, doing }) {
  // npm tells its scripts where it lives; that is the npm which the person chose.
  const self = process.env.npm_execpath ?? '';
  const [command, first] = /npm-cli\.[cm]?js$/.test(self) ? [process.execPath, [self]] : ['npm', []];
  const options = { cwd, stdio: ['ignore', 2, 2], shell: command === 'npm' && process.platform === 'win32' };
  const { code } = await run(command, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], options);
  if (code !== 0) throw new CommandFailed(`${doing} failed (npm ${args[0]} left with code ${code})`, code);
}
