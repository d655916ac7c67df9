/**
 * The browser of the browser tests. A machine without one is a failing test with a text that helps, never a skipped one.
 */
import {
  accessSync,
  chmodSync,
  constants,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * Starts a browser without a window. The caller closes it.
 * @throws Error with what to do when no browser starts
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  // Chromium refuses to run as root with its sandbox, which is how containers and most CI machines run it.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { CHROMIUM_PATH: named } = process.env;
  const tried: string[] = [];
  let cause: unknown;
  for (const find of named ? [() => named] : [packagedShell, installed]) {
    try {
      const executablePath = await find();
      if (executablePath === undefined) continue;
      tried.push(executablePath);
      return await chromium.launch({ executablePath, ...options, args: [...args, ...(options.args ?? [])] });
    } catch (error) {
      cause = error;
    }
  }
  const help = 'Install Chromium (Debian: apt-get install chromium), or name one with CHROMIUM_PATH.';
  throw new Error(`The browser tests cannot start ${tried.join(' or ') || 'one'}.\n${help}`, { cause });
}

/**
 * The Chromium that comes as a package: the same for everybody, and one that has no window to draw (headless shell),
 * which does the same pages in two thirds of the processor time. Unpacked once. It is for Linux on x64, and needs
 * libraries that a browser from the system brings along.
 */
async function packagedShell(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));
  const path = join(folder, version);
  if (isExecutable(path)) return path;
  // Others may be doing the same: each to a file of its own, which takes its place when it is whole.
  const mine = `${path}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  await pipeline(createReadStream(join(home, 'bin', 'chromium.br')), createBrotliDecompress(), createWriteStream(mine));
  chmodSync(mine, 0o755);
  renameSync(mine, path);
  return path;
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [...candidates, ...ELSEWHERE].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
