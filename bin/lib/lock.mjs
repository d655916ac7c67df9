// A lock file between processes: two first starts at once must not write one node_modules together.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './process.mjs';

// The holder touches the file all the time, so age tells whether it lives. A process number would not: numbers are
// used again, and differ between containers that share the folder.
const TOUCH_EVERY_MS = 1_000;
const ABANDONED_AFTER_MS = 10_000;

/**
 * Runs `work` while no other process holds `file`; waits for it as long as its holder lives.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ abandonedAfterMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { abandonedAfterMs = ABANDONED_AFTER_MS } = {}) {
  const token = randomUUID();
  let told = false;
  while (!take(file, token)) {
    if (!told) say('another start is installing; waiting for it …');
    told = true;
    await sleep(200);
    removeAbandoned(file, abandonedAfterMs);
  }
  const touching = setInterval(() => touch(file), TOUCH_EVERY_MS);
  const release = () => {
    if (contentOf(file) === token) rmSync(file, { force: true });
  };
  process.on('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    process.off('exit', release);
    release();
  }
}

function take(file, token) {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, token);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function removeAbandoned(file, abandonedAfterMs) {
  const before = contentOf(file);
  if (before === undefined || Date.now() - statSync(file, { throwIfNoEntry: false })?.mtimeMs < abandonedAfterMs)
    return;
  // Another waiter may have cleared it and taken the lock since it was looked at: what is moved away is read again,
  // and given back if it is not what was found abandoned.
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (contentOf(aside) === before) rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
