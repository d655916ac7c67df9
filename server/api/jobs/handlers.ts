/** What the operations of `/jobs` do. Imports and exports are only begun here; `run.ts` does them. */
import { Readable } from 'node:stream';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { prepareVerification } from '../../login/verify-email/request.ts';
import { validator } from '../../schema/validate.ts';
import type { Sql } from '../../storage/database.ts';
import type { Connection } from '../connections/schema.ts';
import { issuerOfLinks } from '../custom-domains/links.ts';
import { invalidBody } from '../invalid.ts';
import { answerWith, type Call, handle, type Route, type Where } from '../pipeline.ts';
import { namedClient, requireTicketUser } from '../tickets/users.ts';
import { isThere } from '../users/gone.ts';
import { downloadUrl } from './download.ts';
import { exportColumns } from './export-fields.ts';
import type { FailedRow } from './import.ts';
import { exportUsers, getJob, getJobErrors, importUsers, sendVerificationEmail } from './operations.ts';
import { receiveForm } from './receive.ts';
import type { Job } from './schema.ts';
import { chunkId, chunkStore, enqueue, jobs, readJob, removeJob, swapJob } from './store.ts';

export const jobRoutes: Route[] = [
  handle(
    importUsers,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const state = await readJob(sql, context.tenant, prepared.id);
      // The file was taken in, and the job was forgotten because that took too long.
      if (!state) throw new ApiError(400, 'The file took too long to arrive', 'invalid_body');
      await swapJob(sql, state, prepared, context.now);
      sql.afterCommit(() => services.nudge('jobs'));
      return shown(call, prepared);
    },
    prepareImport,
  ),

  handle(exportUsers, async (call) => {
    const { services, sql, context, body } = call;
    exportColumns(body.fields, body.format ?? 'json');
    const connection = body.connection_id === undefined ? undefined : await requireConnection(call, body.connection_id);
    const [count] = await sql.query<{ total: number }>(
      sql.build
        .selectFrom('users')
        .select((e) => e.fn.countAll<number>().as('total'))
        .where('tenant', '=', context.tenant)
        .where(isThere('users'))
        .$if(connection !== undefined, (q) => q.where('connection', '=', connection!.name)),
    );
    const job: Job = {
      ...newJob('users_export', context.now),
      ...(connection ? { connection_id: connection.id, connection: connection.name } : {}),
      format: body.format ?? 'json',
      ...(body.limit === undefined ? {} : { limit: body.limit }),
      ...(body.fields === undefined ? {} : { fields: body.fields }),
      total: Math.min(Number(count?.total ?? 0), body.limit ?? Number.MAX_SAFE_INTEGER),
    };
    await jobs.insert(sql, context.tenant, job, context.now);
    await enqueue(sql, context.tenant, job.id, context.now);
    sql.afterCommit(() => services.nudge('jobs'));
    return shown(call, job);
  }),

  handle(
    sendVerificationEmail,
    async (call) => {
      const { services, sql, context, prepared } = call;
      await prepared(sql);
      sql.afterCommit(() => services.nudge('mail'));
      const job: Job = {
        ...newJob('verification_email', context.now),
        status: 'completed',
        finished_at: context.now,
      };
      await jobs.insert(sql, context.tenant, job, context.now);
      return shown(call, job);
    },
    prepareMail,
  ),

  handle(getJob, async (call) => shown(call, await requireJob(call))),

  handle(getJobErrors, async (call) => {
    const { services, sql, context } = call;
    const job = await requireJob(call);
    if (job.status === 'failed') return shown(call, job);
    const rows: FailedRow[] = [];
    const store = chunkStore(services.vault);
    for (let number = 0; number < (job.error_chunks ?? 0); number++) {
      const chunk = await store.get(sql, context.tenant, chunkId(job.id, 'errors', number));
      rows.push(...(JSON.parse(chunk?.rows ?? '[]') as FailedRow[]));
    }
    return rows.length > 0 ? rows : answerWith(204);
  }),
];

function newJob(type: Job['type'], now: number): Job {
  return { id: `job_${randomAlphanumeric(16)}`, type, status: 'pending', created_at: now };
}

async function requireConnection({ services, sql, context }: Where, id: string): Promise<Connection> {
  const connection = await services.stores.connections.get(sql, context.tenant, id);
  if (!connection) throw new ApiError(400, 'The connection does not exist', 'inexistent_connection');
  return connection;
}

async function requireJob({ sql, context, params }: Where & { params: { id: string } }): Promise<Job> {
  const job = await jobs.get(sql, context.tenant, params.id);
  if (!job || job.status === 'receiving') throw new ApiError(404, 'The job does not exist', 'inexistent_job');
  return job;
}

const checkForm = validator(importUsers.body!, 'body');

/** Takes in the file. The job is written down first, so that a file which never comes whole is cleared away. */
async function prepareImport(call: Call<typeof importUsers>): Promise<Job> {
  const { services, context, headers } = call;
  const { tenant } = context;
  const body: unknown = call.body;
  if (!(body instanceof Readable)) throw invalidBody('Expected a form (multipart/form-data)');
  const job: Job = { ...newJob('users_import', context.now), status: 'receiving' };
  await services.database.write(async (sql) => {
    await jobs.insert(sql, tenant, job, context.now);
    await enqueue(sql, tenant, job.id, context.now);
  });
  try {
    const form = await receiveForm(services, tenant, job.id, {
      body,
      contentType: headers['content-type'] ?? '',
    });
    const problem = checkForm({ ...(form.file ? { users: '' } : {}), ...form.fields });
    if (problem) throw new ApiError(400, problem.message, problem.errorCode);
    const { connection_id, external_id, upsert } = form.fields;
    const connection = await requireConnection(call, connection_id!);
    if (connection.strategy !== 'auth0')
      throw new ApiError(400, 'Users can be imported into database connections only', 'invalid_body');
    return {
      ...job,
      status: 'pending',
      connection_id: connection.id,
      connection: connection.name,
      ...(external_id === undefined ? {} : { external_id }),
      upsert: upsert === 'true',
      total: form.file!.rows,
      summary: { failed: 0, updated: 0, inserted: 0, total: 0 },
    };
  } catch (error) {
    await services.database.write((sql) => removeJob(sql, services.vault, tenant, job.id));
    throw error;
  }
}

async function prepareMail(call: Call<typeof sendVerificationEmail>): Promise<(sql: Sql) => Promise<void>> {
  const { services, context, configuration, body } = call;
  const user = await requireTicketUser(call, body.user_id, body.identity);
  if (!user.email) throw new ApiError(400, 'The user does not have an email address.', 'invalid_body');
  const client = await namedClient(call, body.client_id);
  return prepareVerification(services, context, configuration, user, client, await issuerOfLinks(call));
}

/** What answers tell of a job. */
function shown({ services, context }: Pick<Call, 'services' | 'context'>, job: Job): Record<string, unknown> {
  const { id, type, status, created_at, connection_id, connection, external_id, format, limit, fields } = job;
  const location = downloadUrl(services, context.site.issuer, job, context.now);
  return {
    type,
    status,
    ...(connection_id === undefined ? {} : { connection_id, connection }),
    // An export of every connection names none, but has the field.
    ...(type === 'users_export' && connection === undefined ? { connection: '' } : {}),
    ...(external_id === undefined ? {} : { external_id }),
    ...(format === undefined ? {} : { format }),
    ...(limit === undefined ? {} : { limit }),
    ...(fields === undefined ? {} : { fields }),
    created_at: new Date(created_at).toISOString(),
    id,
    ...(type === 'verification_email' ? {} : progress(job, context.now)),
    ...(location === undefined ? {} : { location }),
    ...(job.status_details === undefined ? {} : { status_details: job.status_details }),
    ...(job.summary && (job.done || job.finished_at !== undefined) ? { summary: job.summary } : {}),
  };
}

function progress({ total = 0, done = 0, started_at, finished_at }: Job, now: number): Record<string, number> {
  if (finished_at !== undefined) return { percentage_done: 100, time_left_seconds: 0 };
  const percentage_done = total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
  if (started_at === undefined || done === 0) return { percentage_done };
  const left = ((now - started_at) / done) * (total - done);
  return { percentage_done, time_left_seconds: Math.max(0, Math.ceil(left / 1000)) };
}
