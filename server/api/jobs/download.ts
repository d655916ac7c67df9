/** The file of an export: whoever has its address may fetch it for a day. It is read chunk by chunk. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { PageError } from '../../http/errors.ts';
import { equalSecrets, hashSecret } from '../../keys/secrets.ts';
import type { Services } from '../../services.ts';
import type { Job } from './schema.ts';
import { chunkId, chunkStore, jobs } from './store.ts';

export function registerExportDownload(app: FastifyInstance, services: Services): void {
  app.get('/exports/:id', async (request, reply) => {
    const { tenant, now } = request.context;
    const { id } = request.params as { id: string };
    const { ticket } = request.query as { ticket?: unknown };
    const job = await jobs.get(services.database.read, tenant, id);
    const { download } = job ?? {};
    const known =
      download !== undefined &&
      typeof ticket === 'string' &&
      download.until > now &&
      equalSecrets(hashSecret(ticket), download.secret_hash);
    if (!job || !known)
      throw new PageError('not_found', 'Page not found', 'The file is not here, or not any more.', 404);
    return reply
      .type('application/gzip')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${job.id}.${job.format ?? 'json'}.gz"`)
      .send(Readable.from(chunksOf(services, tenant, job)));
  });
}

/** The address of a finished export; undefined when there is none, or none any more. */
export function downloadUrl({ vault }: Services, issuer: string, job: Job, now: number): string | undefined {
  if (!job.download || job.download.until <= now) return undefined;
  return `${issuer}exports/${job.id}?ticket=${vault.open(job.download.location_sealed, `download ${job.id}`)}`;
}

async function* chunksOf({ database, vault }: Services, tenant: string, job: Job): AsyncGenerator<Buffer> {
  const store = chunkStore(vault);
  for (let number = 0; number < (job.at?.chunk ?? 0); number++) {
    const chunk = await store.get(database.read, tenant, chunkId(job.id, 'output', number));
    if (!chunk) throw new Error(`Chunk ${number} of ${job.id} is missing.`);
    yield Buffer.from(chunk.rows, 'base64');
  }
}
