/**
 * The yardstick: S, the processor time of one bare RS256 signature with a 2048-bit key. A token cannot be made for
 * less, and costs told in S are comparable between machines, which milliseconds are not.
 *
 * It is taken with every core at it, because that is how the server is under load: cores that share their parts with a
 * neighbour (SMT), or lower their clock together, need more time for the same signature than one that runs alone.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { median } from './statistics.ts';

const ROUNDS = 7;
const SIGNATURES = 100;

/** S in seconds: the median of several rounds on each core, by the thread's own clock of processor time. */
export async function signatureSeconds(): Promise<number> {
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(new URL(import.meta.url)));
  try {
    // All have made their key before any begins.
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const measured = workers.map((worker) => once(worker, 'message'));
    for (const worker of workers) worker.postMessage('begin');
    return median((await Promise.all(measured)).map(([seconds]) => seconds as number));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  // As long as the signing input of a usual access token.
  const input = Buffer.alloc(600, 'x');
  const round = () => {
    const before = process.threadCpuUsage();
    for (let i = 0; i < SIGNATURES; i++) sign('sha256', input, privateKey);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1e6 / SIGNATURES;
  };
  port.once('message', () => port.postMessage(median(Array.from({ length: ROUNDS }, round))));
  port.postMessage('ready');
}
