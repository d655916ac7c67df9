/**
 * Stands for the module `electron` in a main process, whose binary no package carries. Windows and the browser of the
 * system belong to the process that started this one: it is told over the channel of `fork` what to show, and tells what
 * a page asks for.
 */
import { resolve } from 'node:path';

const handlers = new Map();

process.on('message', async ({ id, channel, args }) => {
  try {
    if (!handlers.has(channel)) throw new Error(`No handler registered for '${channel}'`);
    process.send({ id, result: await handlers.get(channel)({}, ...args) });
  } catch (error) {
    process.send({ id, error: `Error invoking remote method '${channel}': ${error}` });
  }
});

export const app = { whenReady: async () => {} };

export const ipcMain = { handle: (channel, handler) => void handlers.set(channel, handler) };

export const shell = { openExternal: async (url) => void process.send({ external: url }) };

export class BrowserWindow {
  #preload;

  constructor({ webPreferences }) {
    this.#preload = webPreferences.preload;
  }

  async loadFile(file) {
    process.send({ file: resolve(file), preload: this.#preload });
  }
}
