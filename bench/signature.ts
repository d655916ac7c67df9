/**
 * The yardstick: S, the processor time of one bare RS256 signature with a 2048-bit key. A token cannot be made for
 * less, and costs told in S are comparable between machines, which milliseconds are not.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { median } from './statistics.ts';

const ROUNDS = 7;
const SIGNATURES = 100;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** As long as the signing input of a usual access token. */
const input = Buffer.alloc(600, 'x');

/** S in seconds: the median of several rounds on this process's own clock of processor time. */
export function signatureSeconds(): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    for (let i = 0; i < SIGNATURES; i++) sign('sha256', input, privateKey);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6 / SIGNATURES;
  });
  return median(rounds);
}
