/**
 * Users of a connection that was deleted are gone at once, though their rows are taken away piece by piece
 * (`api/removals.ts`): whoever reads users leaves them out.
 */
import { type RawBuilder, type SqlBool, sql as text } from 'kysely';
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';

/** The kind of document that says what is being removed; `connection` is the key of those about a connection. */
export const REMOVAL = 'removal';

/** The condition that a user is not one of those. @param table what `users` is called in the statement */
export function isThere(table: 'users' | 'u'): RawBuilder<SqlBool> {
  return text`not exists (select 1 from document_keys as gone where gone.tenant = ${text.ref(`${table}.tenant`)}
    and gone.kind = ${text.lit(REMOVAL)} and gone.name = 'connection' and gone.value = ${text.ref(`${table}.connection`)})`;
}

const names = statement<{ tenant: string }, { value: string }>((q, bind) =>
  q
    .selectFrom('document_keys')
    .select('value')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', REMOVAL)
    .where('name', '=', 'connection'),
);

/** The names of connections whose users are being removed. Hardly ever any. */
export async function removedConnections(sql: Sql, tenant: string): Promise<string[]> {
  return (await sql.all(names, { tenant })).map(({ value }) => value);
}
