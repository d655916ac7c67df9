/**
 * Where jobs are kept, with the chunks of what they read and write, and the queue that says which of them are to be
 * worked on. A job changes by comparing what it was (`swapJob`), in the unit of work that does the step: of two processes
 * that do the same step, one does it and the other's is undone.
 */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer, unsealed } from '../../storage/documents.ts';
import { statement } from '../../storage/statement.ts';
import type { Job } from './schema.ts';

const KIND = 'job';
export const jobs: Collection<Job> = collection<Job>({ kind: KIND, id: 'id', keys: {} }, unsealed);

/** A part of a file that came or goes, or of the list of errors. */
export type Chunk = { readonly id: string; readonly job: string; readonly rows: string };

export function chunkStore(sealer: Sealer): Collection<Chunk> {
  return collection<Chunk>(
    { kind: 'job_chunk', id: 'id', keys: { job: { of: ({ job }) => job } }, sealed: ['rows'] },
    sealer,
  );
}

export function chunkId(job: string, kind: 'input' | 'output' | 'errors', number: number): string {
  return `${job} ${kind} ${number}`;
}

/**
 * The queue is one for all tenants, so that looking for work is one question. Its entries name the tenant; they are kept
 * where no tenant is.
 */
const NO_TENANT = '';

export type Queued = { readonly id: string; readonly tenant: string; readonly state: 'open' | 'kept' };

const queue: Collection<Queued> = collection<Queued>(
  { kind: 'job_queue', id: 'id', keys: { state: { of: ({ state }) => state } } },
  unsealed,
);

/** Puts a job where every process looks for work. */
export async function enqueue(sql: Sql, tenant: string, id: string, now: number): Promise<void> {
  await queue.insert(sql, NO_TENANT, { id, tenant, state: 'open' }, now);
}

/** `open`: to be worked on. `kept`: finished, and to be forgotten some day. The oldest first. */
export function queuedJobs(sql: Sql, state: Queued['state']): Promise<Queued[]> {
  return queue.findAll(sql, NO_TENANT, 'state', state);
}

/** Takes a finished job out of the work, and keeps its place to be forgotten from. */
export async function keepFinished(sql: Sql, tenant: string, id: string, now: number): Promise<void> {
  await queue.replace(sql, NO_TENANT, { id, tenant, state: 'kept' }, now);
}

/** Removes a job with everything that belongs to it. */
export async function removeJob(sql: Sql, sealer: Sealer, tenant: string, id: string): Promise<void> {
  await removeChunks(sql, sealer, tenant, id);
  await jobs.remove(sql, tenant, id);
  await queue.remove(sql, NO_TENANT, id);
}

const chunkIds = statement<{ tenant: string; job: string }, { id: string }>((q, bind) =>
  q
    .selectFrom('document_keys')
    .select('id')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', 'job_chunk')
    .where('name', '=', 'job')
    .where('value', '=', bind('job')),
);

/** Removes the chunks of a job, or those of one kind. */
export async function removeChunks(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  job: string,
  kind?: 'input' | 'output' | 'errors',
): Promise<void> {
  const store = chunkStore(sealer);
  for (const { id } of await sql.all(chunkIds, { tenant, job })) {
    if (kind === undefined || id.startsWith(`${job} ${kind} `)) await store.remove(sql, tenant, id);
  }
}

const readText = statement<{ tenant: string; id: string }, { doc: string }>((q, bind) =>
  q
    .selectFrom('documents')
    .select('doc')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', KIND)
    .where('id', '=', bind('id')),
);
const swapText = statement<{ tenant: string; id: string; before: string; after: string; now: number }>((q, bind) =>
  q
    .updateTable('documents')
    .set({ doc: bind('after'), updated_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', KIND)
    .where('id', '=', bind('id'))
    .where('doc', '=', bind('before')),
);

/** A job with the text it is kept as, by which a change is compared. */
export type JobState = { readonly tenant: string; readonly job: Job; readonly text: string };

/** A job as it is now, to be changed by `swapJob`. */
export async function readJob(sql: Sql, tenant: string, id: string): Promise<JobState | undefined> {
  const row = await sql.first(readText, { tenant, id });
  return row && { tenant, job: JSON.parse(row.doc) as Job, text: row.doc };
}

/** Somebody else changed the job meanwhile: the unit of work must not happen. */
export class JobMoved extends Error {}

/** @throws JobMoved, which undoes the unit of work */
export async function swapJob(sql: Sql, before: JobState, job: Job, now: number): Promise<JobState> {
  const after = JSON.stringify(job);
  const { tenant } = before;
  const swapped = await sql.run(swapText, { tenant, id: job.id, before: before.text, after, now });
  if (swapped === 0) throw new JobMoved(`Job ${job.id} was changed by somebody else.`);
  return { tenant, job, text: after };
}
