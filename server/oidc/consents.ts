/** Consent: what a user has allowed a client at an API, remembered until the user or an administrator takes it back. */
import { randomHex } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { GrantTable } from '../storage/tables.ts';
import { words } from './params.ts';

type Party = { tenant: string; user_id: string; client_id: string; audience: string };

const find = statement<Party, GrantTable>((q, bind) =>
  q
    .selectFrom('grants')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .where('client_id', '=', bind('client_id'))
    .where('audience', '=', bind('audience')),
);
const write = statement<GrantTable>((q, bind) =>
  q
    .insertInto('grants')
    .values(bindAll(bind, ['tenant', 'id', 'client_id', 'user_id', 'audience', 'scope', 'created_at']))
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'user_id', 'client_id', 'audience']).doUpdateSet({ scope: bind('scope') }),
    ),
);

/** Whether everything asked for was allowed before. */
export async function isConsented(sql: Sql, party: Party, scope: readonly string[]): Promise<boolean> {
  const grant = await sql.first(find, party);
  if (!grant) return false;
  const allowed = words(grant.scope);
  return scope.every((name) => allowed.includes(name));
}

/** Remembers a consent beside those given before. */
export async function rememberConsent(sql: Sql, party: Party, scope: readonly string[], now: number): Promise<void> {
  const before = await sql.first(find, party);
  const all = [...new Set([...words(before?.scope), ...scope])].join(' ');
  await sql.run(write, { ...party, id: before?.id ?? randomHex(24), scope: all, created_at: now });
}
