/** Sessions as administrators find and end them; `server/sessions/` begins and uses them. */
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { SessionTable } from '../../storage/tables.ts';

type Live = { tenant: string; now: number };

const byId = statement<Live & { id: string }, SessionTable>((q, bind) =>
  q
    .selectFrom('sessions')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id'))
    .where('expires_at', '>', bind('now'))
    .where('idle_expires_at', '>', bind('now')),
);
const ofUser = statement<Live & { user_id: string; after: string; limit: number }, SessionTable>((q, bind) =>
  q
    .selectFrom('sessions')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .where('id', '>', bind('after'))
    .where('expires_at', '>', bind('now'))
    .where('idle_expires_at', '>', bind('now'))
    .orderBy('id')
    .limit(bind('limit')),
);
const writeMetadata = statement<{ tenant: string; id: string; metadata: string | null }>((q, bind) =>
  q
    .updateTable('sessions')
    .set({ metadata: bind('metadata') })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id')),
);
const endOfUser = statement<{ tenant: string; user_id: string }>((q, bind) =>
  q.deleteFrom('sessions').where('tenant', '=', bind('tenant')).where('user_id', '=', bind('user_id')),
);

/** A session that has not ended. */
export function getSession(sql: Sql, tenant: string, id: string, now: number): Promise<SessionTable | undefined> {
  return sql.first(byId, { tenant, id, now });
}

/** The live sessions of a user after the given id, by their ids. */
export function sessionsOfUser(
  sql: Sql,
  tenant: string,
  userId: string,
  now: number,
  page: { after: string | undefined; limit: number },
): Promise<SessionTable[]> {
  return sql.all(ofUser, { tenant, user_id: userId, now, after: page.after ?? '', limit: page.limit });
}

export async function setSessionMetadata(
  sql: Sql,
  tenant: string,
  id: string,
  metadata: Record<string, string> | null,
): Promise<void> {
  await sql.run(writeMetadata, { tenant, id, metadata: metadata === null ? null : JSON.stringify(metadata) });
}

export async function endSessionsOfUser(sql: Sql, tenant: string, userId: string): Promise<void> {
  await sql.run(endOfUser, { tenant, user_id: userId });
}
