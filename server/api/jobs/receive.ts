/**
 * Takes in the file of an import while it arrives: rows are written in chunks, so that a file of any size needs little
 * memory, and the rest of the work can be done by any process, also after a restart.
 */
import type { Readable } from 'node:stream';
import { ApiError } from '../../http/errors.ts';
import { MultipartError, multipartParts, type Part, textOf } from '../../http/multipart.ts';
import type { Services } from '../../services.ts';
import { jsonRows, RowsError } from './json-rows.ts';
import { IMPORT_FILE_LIMIT } from './known.ts';
import { chunkId, chunkStore } from './store.ts';

/** Rows of a chunk, and the size at which a chunk with fewer is full, in characters. */
const CHUNK_ROWS = 100;
const CHUNK_SIZE = 1024 * 1024;

export type Received = {
  readonly fields: Readonly<Record<string, string>>;
  /** Undefined when the form has no file. */
  readonly file: { readonly chunks: number; readonly rows: number } | undefined;
};

/**
 * Reads the form. The part `users` is the file; the others are fields.
 * @throws ApiError 400 for a form or file that cannot be read, 413 for one that is too large
 */
export async function receiveForm(
  services: Services,
  tenant: string,
  job: string,
  { body, contentType }: { readonly body: Readable; readonly contentType: string },
): Promise<Received> {
  const fields: Record<string, string> = {};
  let file: Received['file'];
  try {
    for await (const part of multipartParts(limited(body), contentType)) {
      if (part.name !== 'users') fields[part.name] = await textOf(part);
      else if (file) throw new MultipartError('There is more than one file.');
      else file = await receiveFile(services, tenant, job, part);
    }
  } catch (error) {
    if (error instanceof MultipartError || error instanceof RowsError)
      throw new ApiError(400, error.message, 'invalid_body');
    throw error;
  }
  return { fields, file };
}

async function receiveFile(
  services: Services,
  tenant: string,
  job: string,
  part: Part,
): Promise<{ chunks: number; rows: number }> {
  const store = chunkStore(services.vault);
  let [chunks, total, size] = [0, 0, 0];
  let rows: string[] = [];
  const write = async () => {
    const chunk = { id: chunkId(job, 'input', chunks), job, rows: rows.join('\n') };
    await services.database.write((sql) => store.insert(sql, tenant, chunk, services.clock()));
    chunks++;
    total += rows.length;
    [rows, size] = [[], 0];
  };
  for await (const row of jsonRows(part.body)) {
    rows.push(row);
    size += row.length;
    if (rows.length >= CHUNK_ROWS || size >= CHUNK_SIZE) await write();
  }
  if (rows.length > 0) await write();
  return { chunks, rows: total };
}

async function* limited(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > IMPORT_FILE_LIMIT)
      throw new ApiError(
        413,
        `Payload content length greater than maximum allowed: ${IMPORT_FILE_LIMIT}`,
        'payload_too_large',
      );
    yield chunk;
  }
}
