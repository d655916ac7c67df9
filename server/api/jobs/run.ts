/**
 * Works on the queue of jobs: claims one, does steps of it for a while, and lets go so that a stop is never far. Another
 * node, or this one after a restart, goes on where the last whole step ended. Between steps it rests as long as a step
 * took, so that logins get at least half of the processor.
 */
import { throwAll } from '../../jobs/runner.ts';
import { hashSecret, randomHex, randomSecret } from '../../keys/secrets.ts';
import { type LogType, recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { UniqueViolation } from '../../storage/database.ts';
import { exportStep } from './export.ts';
import { type ImportCursor, importStep, JobFailed } from './import.ts';
import type { Job } from './schema.ts';
import {
  JobMoved,
  type JobState,
  keepFinished,
  type Queued,
  queuedJobs,
  readJob,
  removeChunks,
  removeJob,
  swapJob,
} from './store.ts';

export type Worker = {
  /** Works on what is queued for a while. @returns whether there is more to do */
  work(): Promise<boolean>;
  /** Forgets what has been finished for long. */
  tidy(): Promise<void>;
};

/** How long one run works, in milliseconds: a stop waits for as long. */
const RUN = 500;
/** How long a claim holds after a step. A process that died is followed by another one after this time. */
const LEASE = 60_000;
/** How long the result of an export can be fetched. */
const DOWNLOAD_LIFE = 24 * 3_600_000;
/** How long a finished job is remembered, and how long a file may take to arrive. */
const MEMORY = 30 * 24 * 3_600_000;
const RECEIVING = 3_600_000;
/** How often in a row a step may lose against others before it is an error. */
const MOST_CONFLICTS = 10;

/** One process at work: the name it claims jobs by, and what it remembers of imports that it is in the middle of. */
type Desk = {
  readonly services: Services;
  readonly owner: string;
  readonly cursors: Map<string, ImportCursor>;
};

export function makeWorker(services: Services): Worker {
  const desk: Desk = { services, owner: randomHex(16), cursors: new Map() };
  return { work: () => work(desk), tidy: () => removeOld(services) };
}

async function work(desk: Desk): Promise<boolean> {
  const until = performance.now() + RUN;
  const open = await queuedJobs(desk.services.database.read, 'open');
  const errors: unknown[] = [];
  for (const [index, queued] of open.entries()) {
    try {
      const state = await claim(desk, queued);
      if (!state) continue;
      if (!(await workOn(desk, state, until)) || index < open.length - 1) return true;
    } catch (error) {
      // What is wrong with one job does not hold up the others.
      if (!(error instanceof JobMoved)) errors.push(error);
    }
  }
  throwAll(errors);
  return false;
}

function leaseOf({ services, owner }: Desk): NonNullable<Job['lease']> {
  return { owner, until: services.clock() + LEASE };
}

/** Undefined when somebody else has it, or there is nothing to do with it. */
async function claim(desk: Desk, { id, tenant }: Queued): Promise<JobState | undefined> {
  const { database, vault, clock } = desk.services;
  const state = await readJob(database.read, tenant, id);
  const now = clock();
  if (!state || state.job.status === 'receiving') {
    const isAbandoned = !state || now - state.job.created_at > RECEIVING;
    if (isAbandoned) await database.write((sql) => removeJob(sql, vault, tenant, id));
    return undefined;
  }
  const { lease, started_at = now } = state.job;
  if (lease && lease.owner !== desk.owner && lease.until > now) return undefined;
  const claimed: Job = { ...state.job, status: 'processing', started_at, lease: leaseOf(desk) };
  return database.write((sql) => swapJob(sql, state, claimed, now));
}

/** @returns whether it is finished, one way or the other */
async function workOn(desk: Desk, claimed: JobState, until: number): Promise<boolean> {
  const { services, cursors } = desk;
  const { id } = claimed.job;
  const cursor = cursors.get(id) ?? { rows: [] };
  cursors.set(id, cursor);
  const progress = { state: claimed };
  try {
    if (!(await stepsUntil(desk, progress, cursor, until))) return false;
    await finish(services, progress.state, undefined);
  } catch (error) {
    if (!(error instanceof JobFailed)) {
      // Somebody signed up with a name of this step between the check and the commit: the step is done again.
      cursor.conflicts = (cursor.conflicts ?? 0) + 1;
      if (error instanceof UniqueViolation && cursor.conflicts < MOST_CONFLICTS) return false;
      cursors.delete(id);
      throw error;
    }
    await finish(services, progress.state, error.message);
  }
  cursors.delete(id);
  return true;
}

/** Does steps until the time is over; `progress` is where the last whole one ended. @returns whether it was the last */
async function stepsUntil(
  desk: Desk,
  progress: { state: JobState },
  cursor: ImportCursor,
  until: number,
): Promise<boolean> {
  while (performance.now() < until) {
    const began = performance.now();
    const { job } = progress.state;
    const leased = { ...progress.state, job: { ...job, lease: leaseOf(desk) } };
    const step = await (job.type === 'users_import'
      ? importStep(desk.services, leased, cursor)
      : exportStep(desk.services, leased));
    progress.state = step.state;
    cursor.conflicts = 0;
    if (step.finished) return true;
    await rest(performance.now() - began);
  }
  return false;
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 100)));
}

const OUTCOMES: Readonly<Record<string, { success: LogType; failure: LogType; what: string }>> = {
  users_import: { success: 'sui', failure: 'fui', what: 'Users import' },
  users_export: { success: 'sue', failure: 'fue', what: 'Users export' },
};

/** Ends a job: the event, the result's address, and what is no longer needed, in one unit of work. */
async function finish(services: Services, state: JobState, problem: string | undefined): Promise<void> {
  const { database, vault } = services;
  const { tenant, job } = state;
  const now = services.clock();
  const { lease: _, ...bare } = job;
  const status = problem === undefined ? 'completed' : 'failed';
  const done: Job = {
    ...bare,
    status,
    finished_at: now,
    ...(problem === undefined ? {} : { status_details: problem }),
    ...(job.type === 'users_export' && problem === undefined ? { download: downloadOf(services, job, now) } : {}),
  };
  const { success, failure, what } = OUTCOMES[job.type]!;
  await database.write(async (sql) => {
    await swapJob(sql, state, done, now);
    await keepFinished(sql, tenant, job.id, now);
    await removeChunks(sql, vault, tenant, job.id, 'input');
    const origin = { tenant, hostname: '', ip: '127.0.0.1', userAgent: 'Background job', now };
    await recordEvent(sql, origin, {
      type: problem === undefined ? success : failure,
      description: problem ?? `${what} completed`,
      connection: job.connection,
      connection_id: job.connection_id,
      details: { job_id: job.id, summary: job.summary },
    });
  });
}

/** The address is a secret, because it is all that a download takes. */
function downloadOf({ vault }: Services, { id }: Job, now: number): NonNullable<Job['download']> {
  const secret = randomSecret(32);
  return {
    secret_hash: hashSecret(secret),
    location_sealed: vault.seal(secret, `download ${id}`),
    until: now + DOWNLOAD_LIFE,
  };
}

async function removeOld(services: Services): Promise<void> {
  const { database, vault } = services;
  const now = services.clock();
  for (const { id, tenant } of await queuedJobs(database.read, 'kept')) {
    const state = await readJob(database.read, tenant, id);
    const finished = state?.job.finished_at ?? 0;
    if (!state || now - finished > MEMORY) await database.write((sql) => removeJob(sql, vault, tenant, id));
    else if (state.job.download && state.job.download.until < now) await dropDownload(services, state, now);
  }
}

async function dropDownload({ database, vault }: Services, state: JobState, now: number): Promise<void> {
  const { download: _, ...job } = state.job;
  await database.write(async (sql) => {
    await swapJob(sql, state, job, now);
    await removeChunks(sql, vault, state.tenant, job.id, 'output');
  });
}
