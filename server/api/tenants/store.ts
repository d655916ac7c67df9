/** Where tenant settings are kept: the document of the tenant's row. */
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';

const readDoc = statement<{ tenant: string }, { doc: string }>(
  (q, bind) => q.selectFrom('tenants').select('doc').where('tenant', '=', bind('tenant')),
  { locks: true },
);
const writeDoc = statement<{ tenant: string; doc: string }>((q, bind) =>
  q
    .updateTable('tenants')
    .set({ doc: bind('doc') })
    .where('tenant', '=', bind('tenant')),
);

/** The whole document, keys of our own included. */
export async function readSettings(sql: Sql, tenant: string): Promise<Record<string, unknown>> {
  return JSON.parse((await sql.first(readDoc, { tenant }))!.doc);
}

export async function writeSettings(sql: Sql, tenant: string, settings: Record<string, unknown>): Promise<void> {
  await sql.run(writeDoc, { tenant, doc: JSON.stringify(settings) });
}
