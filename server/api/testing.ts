/** What tests of the Management API share. */
import type { TestServer } from '../testing.ts';

/** Every document and every log event as the database holds it: no secret may be in one. */
export async function textsAtRest({ services }: TestServer): Promise<string[]> {
  const { read } = services.database;
  const documents = await read.query(read.build.selectFrom('documents').select('doc'));
  const events = await read.query(read.build.selectFrom('log_events').select('doc'));
  return [...documents, ...events].map(({ doc }) => doc);
}
