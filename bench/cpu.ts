/** What a process has used: processor time of all its threads, and memory. Works on any process of this user. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const linux = process.platform === 'linux';
/** Linux counts processor time in ticks; 100 a second practically everywhere. */
const ticksPerSecond = linux ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) || 100 : 0;

/** Seconds of processor time, user and system, of all threads, ended ones included. Good to 10 ms. */
export function cpuSeconds(pid: number): number {
  if (!linux) return secondsOf(ps(pid, 'cputime'));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // proc(5): the name in parentheses may hold spaces; after it comes field 3. `utime` is field 14, `stime` 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Bytes of memory in use (resident set). */
export function residentBytes(pid: number): number {
  if (!linux) return Number(ps(pid, 'rss')) * 1024;
  const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

/** The last of a chain of only children, such as the server behind its launcher; `pid` itself when it has none. */
export function lastDescendant(pid: number): number {
  const [child] = childrenOf(pid);
  return child === undefined ? pid : lastDescendant(child);
}

function childrenOf(pid: number): number[] {
  if (!linux) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/).map(Number)).flatMap(([id, of]) => (of === pid ? [id!] : []));
  }
  const threads = readdirSync(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim());
  return lists.flatMap((list) => (list === '' ? [] : list.split(' ').map(Number)));
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
}

/** `[[days-]hours:]minutes:seconds[.fraction]`, as `ps` writes it. */
export function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  return clock.split(':').reduce((total, part) => total * 60 + Number(part), 0) + Number(days) * 86_400;
}
