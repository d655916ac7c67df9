/**
 * The browser of the browser tests. A machine without one is a failing test with a text that helps, never a skipped one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
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
  for (const find of named ? [() => ({ executablePath: named })] : [packagedShell, installed]) {
    try {
      const found = await find();
      if (found === undefined) continue;
      tried.push(found.executablePath);
      return await chromium.launch({ ...found, ...options, args: [...args, ...(options.args ?? [])] });
    } catch (error) {
      cause = error;
    }
  }
  const help = 'Install Chromium (Debian: apt-get install chromium), or name one with CHROMIUM_PATH.';
  throw new Error(`The browser tests cannot start ${tried.join(' or ') || 'one'}.\n${help}`, { cause });
}

type Found = { readonly executablePath: string; readonly env?: Record<string, string> };

/**
 * The Chromium that comes as a package, with the libraries that a bare machine lacks: the same for everybody, and one that
 * has no window to draw (headless shell), which does the same pages in two thirds of the processor time. For Linux on x64.
 */
async function packagedShell(): Promise<Found | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/chromium-${version}`, import.meta.url));
  if (!existsSync(folder)) await unpack(join(home, 'bin'), folder);
  const env = { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: join(folder, 'lib') };
  return { executablePath: join(folder, 'chromium'), env };
}

/** Others may be doing the same: each in a folder of its own, of which the first that is whole takes its place. */
async function unpack(packed: string, folder: string): Promise<void> {
  const mine = `${folder}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  const open = (name: string) => createReadStream(join(packed, name)).pipe(createBrotliDecompress());
  const tar = spawn('tar', ['-x', '-C', mine], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(tar, 'close');
  await pipeline(open('chromium.br'), createWriteStream(join(mine, 'chromium'), { mode: 0o755 }));
  await pipeline(open('al2023.tar.br'), tar.stdin);
  await ended;
  try {
    renameSync(mine, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(mine, { recursive: true });
  }
}

function installed(): Found | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  const executablePath = [...candidates, ...ELSEWHERE].find(isExecutable);
  return executablePath === undefined ? undefined : { executablePath };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
