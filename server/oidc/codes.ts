/** Authorization codes (RFC 6749 §4.1.2): made once, consumed by one atomic statement, remembered to notice a replay. */
import { hashSecret, timeOrderedSecret } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { CodeTable } from '../storage/tables.ts';

const COLUMNS = [
  'tenant',
  'code_hash',
  'grant_id',
  'client_id',
  'user_id',
  'session_id',
  'redirect_uri',
  'scope',
  'audience',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'auth_time',
  'created_at',
  'expires_at',
  'consumed_at',
] as const satisfies readonly (keyof CodeTable)[];

const insertCode = statement<CodeTable>((q, bind) => q.insertInto('codes').values(bindAll(bind, COLUMNS)));
const consume = statement<{ tenant: string; code_hash: string; now: number }, CodeTable>((q, bind) =>
  q
    .updateTable('codes')
    .set({ consumed_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('code_hash', '=', bind('code_hash'))
    .where('consumed_at', 'is', null)
    .returningAll(),
);
const find = statement<{ tenant: string; code_hash: string }, CodeTable>((q, bind) =>
  q.selectFrom('codes').selectAll().where('tenant', '=', bind('tenant')).where('code_hash', '=', bind('code_hash')),
);

/** RFC 6749 §4.1.2 recommends ten minutes at most; redirects take seconds. Milliseconds. */
const CODE_LIFETIME = 60_000;

export type NewCode = Omit<CodeTable, 'code_hash' | 'created_at' | 'expires_at' | 'consumed_at'>;

/** Stores a new code; answers the code. */
export async function createCode(sql: Sql, code: NewCode, now: number): Promise<string> {
  const secret = timeOrderedSecret(now);
  await sql.run(insertCode, {
    ...code,
    code_hash: hashSecret(secret),
    created_at: now,
    expires_at: now + CODE_LIFETIME,
    consumed_at: null,
  });
  return secret;
}

/** Consumes a code. `used` is the code when someone was faster; neither is there for a code we never made. */
export async function consumeCode(
  sql: Sql,
  tenant: string,
  code: string,
  now: number,
): Promise<{ consumed?: CodeTable; used?: CodeTable | undefined }> {
  const code_hash = hashSecret(code);
  const consumed = await sql.first(consume, { tenant, code_hash, now });
  return consumed ? { consumed } : { used: await sql.first(find, { tenant, code_hash }) };
}
