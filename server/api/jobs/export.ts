/**
 * A step of an export: some users become a chunk of the file, in one unit of work with the note of how far the job has
 * come. Each chunk is a member of the gzip file (RFC 1952 §2.2: one member is written after the other).
 */
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Services } from '../../services.ts';
import { statement } from '../../storage/statement.ts';
import type { UserTable } from '../../storage/tables.ts';
import { removedConnections } from '../users/gone.ts';
import { shownUser } from '../users/schema.ts';
import { fromRow } from '../users/store.ts';
import { csvLine, exportColumns, exportLine } from './export-fields.ts';
import { chunkId, chunkStore, type JobState, swapJob } from './store.ts';

/** Users of a step. */
const STEP = 200;

type After = { tenant: string; created_at: number; user_id: string; limit: number };

/** Row values, so that both engines begin in the middle of the index on (tenant, created_at, user_id). */
const usersAfter = statement<After, UserTable>((q, bind) =>
  q
    .selectFrom('users')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where(sql<boolean>`(created_at, user_id) > (${bind('created_at')}, ${bind('user_id')})`)
    .orderBy('created_at')
    .orderBy('user_id')
    .limit(bind('limit')),
);

/** Does a step. @returns the job after it; `finished` when there is nothing left */
export async function exportStep(services: Services, state: JobState): Promise<{ state: JobState; finished: boolean }> {
  const { database, vault } = services;
  const { tenant, job } = state;
  const format = job.format ?? 'json';
  const at = { chunk: job.at?.chunk ?? 0, created_at: job.at?.created_at ?? -1, user_id: job.at?.user_id ?? '' };
  const done = job.done ?? 0;
  const left = (job.limit ?? Number.MAX_SAFE_INTEGER) - done;
  const rows =
    left > 0
      ? await database.read.all(usersAfter, { tenant, created_at: at.created_at, user_id: at.user_id, limit: STEP })
      : [];
  if (rows.length === 0 && at.chunk > 0) return { state, finished: true };
  const columns = exportColumns(job.fields, format);
  const removed = await removedConnections(database.read, tenant);
  const wanted = rows
    .filter((row) => job.connection === undefined || row.connection === job.connection)
    .filter((row) => !removed.includes(row.connection))
    .slice(0, left);
  const head = at.chunk === 0 && format === 'csv' ? csvLine(columns.map(({ title }) => title)) : '';
  const text = head + wanted.map((row) => exportLine(shownUser(fromRow(row)!), columns, format)).join('');
  // At once: it takes a few milliseconds, and what it needs of memory is free again before the next step.
  const packed = gzipSync(text).toString('base64');
  const last = rows.at(-1);
  const next = { chunk: at.chunk + 1, ...(last ? { created_at: last.created_at, user_id: last.user_id } : {}) };
  const now = services.clock();
  const after = await database.write(async (unit) => {
    const chunk = { id: chunkId(job.id, 'output', at.chunk), job: job.id, rows: packed };
    await chunkStore(vault).insert(unit, tenant, chunk, now);
    return swapJob(unit, state, { ...job, at: next, done: done + wanted.length }, now);
  });
  return { state: after, finished: rows.length < STEP || done + wanted.length >= (job.limit ?? Infinity) };
}
