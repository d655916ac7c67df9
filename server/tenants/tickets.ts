/** One-time links: made with a secret that is stored as its hash only, and used by one atomic statement. */
import { hashSecret } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { TicketTable } from '../storage/tables.ts';

const COLUMNS = ['tenant', 'ticket_hash', 'kind', 'user_id', 'data', 'created_at', 'expires_at', 'used_at'] as const;

const insert = statement<TicketTable>((q, bind) => q.insertInto('tickets').values(bindAll(bind, COLUMNS)));
const find = statement<{ tenant: string; ticket_hash: string; kind: string }, TicketTable>((q, bind) =>
  q
    .selectFrom('tickets')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('ticket_hash', '=', bind('ticket_hash'))
    .where('kind', '=', bind('kind')),
);
const use = statement<{ tenant: string; ticket_hash: string; kind: string; now: number }, TicketTable>((q, bind) =>
  q
    .updateTable('tickets')
    .set({ used_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('ticket_hash', '=', bind('ticket_hash'))
    .where('kind', '=', bind('kind'))
    .where('used_at', 'is', null)
    .where('expires_at', '>', bind('now'))
    .returningAll(),
);

/** @param ticket with the digest of its secret (`hashSecret`) */
export async function insertTicket(sql: Sql, ticket: TicketTable): Promise<void> {
  await sql.run(insert, ticket);
}

/** The ticket of a link, used or not. */
export function findTicket(sql: Sql, tenant: string, kind: string, secret: string): Promise<TicketTable | undefined> {
  return sql.first(find, { tenant, kind, ticket_hash: hashSecret(secret) });
}

/** Uses a ticket: of parallel uses one gets it. Undefined when it is used, expired or unknown. */
export function useTicket(
  sql: Sql,
  tenant: string,
  kind: string,
  secret: string,
  now: number,
): Promise<TicketTable | undefined> {
  return sql.first(use, { tenant, kind, ticket_hash: hashSecret(secret), now });
}
