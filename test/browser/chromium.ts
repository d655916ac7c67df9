/**
 * The browser of the browser tests. A machine without one is a failing test with a text that helps, never a skipped one.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Path of a Chromium: `CHROMIUM_PATH`, else one that is installed, else the one that comes as a package. */
export async function chromiumPath(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  const installed = [...candidates, ...ELSEWHERE].find(isExecutable);
  if (installed !== undefined) return installed;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/**
 * Starts a browser without a window. The caller closes it.
 * @throws Error with what to do when no browser starts
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await chromiumPath();
  // Chromium refuses to run as root with its sandbox, which is how containers and most CI machines run it.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await chromium.launch({ executablePath, ...options, args: [...args, ...(options.args ?? [])] });
  } catch (cause) {
    const help = 'Install Chromium (Debian: apt-get install chromium), or name one with CHROMIUM_PATH.';
    throw new Error(`The browser tests cannot start ${executablePath}.\n${help}`, { cause });
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
