/**
 * Measures an import and an export of many users, and what people who log in meanwhile feel of it:
 * `node bench/import.ts [--users 100000]`. Ends with code 1 when the server needed more memory than it may, a row was
 * lost, or a login failed. A run with 100,000 or more is recorded in `import-results.md`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuSeconds, residentBytes } from './cpu.ts';
import { openConnections } from './load.ts';
import { circumstances } from './report.ts';
import { type RunningServer, startServer } from './server.ts';
import { percentile } from './statistics.ts';
import { finishedJob, importUsersFile, type JobAnswer, writeUsersFile } from './users-file.ts';
import { makeWorld, PASSWORD_REALM, pick, type World } from './world.ts';

/** Bytes that the server may have resident at any time. */
const MEMORY_LIMIT = 300e6;

const { values } = parseArgs({ options: { users: { type: 'string', default: '100000' } } });
const count = Number(values.users);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-import-'));
const server = await startServer();
const http = openConnections(server.origin, 4);
const told: string[] = [];
const tell = (line: string) => {
  told.push(line);
  console.log(line);
};
try {
  const world = await makeWorld(http, server.setup, 2);
  const file = await writeUsersFile(join(folder, 'users.json'), count);
  const idle = await logins(world, async () => sleep(3000));
  tell(`logins before: p50 ${idle.p50.toFixed(0)} ms, p95 ${idle.p95.toFixed(0)} ms`);
  const imported = await measured('import', () => importUsersFile({ ...server, ...world }, world.connection, file));
  const exported = await measured('export', () => exportUsers(server, world));
  const rows = imported.result.summary.inserted;
  const passed = rows === count && imported.passed && exported.passed;
  tell(`${rows} of ${count} users inserted: ${passed ? 'passed' : 'FAILED'}`);
  if (count >= 100_000) writeFileSync(join(import.meta.dirname, 'import-results.md'), resultsPage());
  process.exitCode = passed ? 0 : 1;

  /** Runs a job while two people log in again and again, and tells what it took. */
  async function measured<T>(name: string, run: () => Promise<T>): Promise<{ result: T; passed: boolean }> {
    let peak = residentBytes(server.pid);
    const before = peak;
    const timer = setInterval(() => {
      peak = Math.max(peak, residentBytes(server.pid));
    }, 50);
    const [began, cpu] = [performance.now(), cpuSeconds(server.pid)];
    let result: T | undefined;
    const felt = await logins(world, async () => {
      result = await run();
    });
    clearInterval(timer);
    const seconds = (performance.now() - began) / 1000;
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    tell(
      `${name}: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} rows/s, ` +
        `${(cpuSeconds(server.pid) - cpu).toFixed(1)} s of processor time, memory ${mb(before)} → at most ${mb(peak)}; ` +
        `logins meanwhile: ${felt.times}, p50 ${felt.p50.toFixed(0)} ms, p95 ${felt.p95.toFixed(0)} ms, ${felt.errors} failed`,
    );
    return { result: result as T, passed: peak < MEMORY_LIMIT && felt.errors === 0 };
  }
} finally {
  await http.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function resultsPage(): string {
  return `# Measured with an import and an export of ${count.toLocaleString('en')} users

Written by \`node bench/import.ts\`; do not edit. Two people log in meanwhile, whose hashing is part of the processor time.
The server may have at most ${MEMORY_LIMIT / 1e6} MB resident.

${circumstances()}, SQLite, one process

${told.map((line) => `- ${line}`).join('\n')}
`;
}

async function exportUsers({ origin }: RunningServer, world: World): Promise<JobAnswer> {
  const answer = await fetch(`${origin}/api/v2/jobs/users-exports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.managementToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ format: 'json' }),
  });
  const job = await finishedJob({ origin, ...world }, ((await answer.json()) as JobAnswer).id);
  const { pathname, search } = new URL(job.location!);
  const file = await fetch(origin + pathname + search);
  console.log(`file of ${((await file.arrayBuffer()).byteLength / 1e6).toFixed(1)} MB, packed`);
  return job;
}

/** Two people log in with their passwords, ten times a second each at most, until the work is done. */
async function logins(world: World, work: () => Promise<void>) {
  let working = true;
  const times: number[] = [];
  let errors = 0;
  const people = [0, 1].map(async (person) => {
    const { email, password } = world.users[person]!;
    const login = { username: email, password, realm: world.connection, scope: 'openid' };
    const body = { grant_type: PASSWORD_REALM, ...pick(world.web), ...login };
    while (working) {
      const began = performance.now();
      await http.json({ method: 'POST', path: '/oauth/token', body }).then(
        () => times.push(performance.now() - began),
        () => errors++,
      );
      await sleep(100);
    }
  });
  try {
    await work();
  } finally {
    working = false;
  }
  await Promise.all(people);
  return { times: times.length, errors, p50: percentile(times, 50), p95: percentile(times, 95) };
}
