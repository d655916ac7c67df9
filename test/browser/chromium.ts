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

/** Those that have no window to draw come first: they do the same pages in two thirds of the processor time. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell'];
const WHOLE = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

type Found = { readonly executablePath: string; readonly env?: Record<string, string> };

/**
 * Starts a browser without a window: the one that `CHROMIUM_PATH` names, or else the system's, or else the packaged one.
 * The caller closes it.
 * @throws Error with what to do when no browser starts
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  // Chromium refuses to run as root with its sandbox, which is how containers and most CI machines run it.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const found = await findBrowser();
  try {
    return await chromium.launch({ ...found, ...options, args: [...args, ...(options.args ?? [])] });
  } catch (cause) {
    const help = 'Install Chromium (Debian: apt-get install chromium-headless-shell), or name one with CHROMIUM_PATH.';
    throw new Error(`The browser tests cannot start ${found.executablePath}.\n${help}`, { cause });
  }
}

async function findBrowser(): Promise<Found> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return { executablePath: named };
  const folders = (process.env.PATH ?? '').split(delimiter);
  const commands = [...SHELLS, ...WHOLE].flatMap((command) => folders.map((folder) => join(folder, command)));
  const installed = [...commands, ...ELSEWHERE].find(isExecutable);
  return installed === undefined ? packaged() : { executablePath: installed };
}

/** The Chromium that comes as a package, without a window too, with libraries that a bare machine lacks; Linux on x64. */
async function packaged(): Promise<Found> {
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
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with code ${code}.`);
  try {
    renameSync(mine, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(mine, { recursive: true });
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
