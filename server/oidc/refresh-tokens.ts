/**
 * Refresh tokens (RFC 6749 §6, RFC 9700 §4.14). A rotating token is used once: using it marks it and makes a successor
 * of the same family; a second use after the leeway shows theft, and the whole family is revoked. Lifetimes are
 * absolute (from the first token of the family) and idle (from the last use).
 */
import type { Client } from '../api/clients/schema.ts';
import { hashTimeOrdered, timeOrderedId, timeOrderedSecret } from '../keys/secrets.ts';
import type { Device, Seen } from '../sessions/device.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { RefreshTokenTable } from '../storage/tables.ts';

const COLUMNS = [
  'tenant',
  'id',
  'token_hash',
  'grant_id',
  'client_id',
  'user_id',
  'session_id',
  'scope',
  'audience',
  'auth_time',
  'rotating',
  'created_at',
  'last_used_at',
  'idle_expires_at',
  'expires_at',
  'rotated_at',
  'revoked_at',
  'about',
  'metadata',
] as const satisfies readonly (keyof RefreshTokenTable)[];

type ByHash = { tenant: string; token_hash: string };
type ByGrant = { tenant: string; grant_id: string; now: number };

const insertToken = statement<RefreshTokenTable>((q, bind) =>
  q.insertInto('refresh_tokens').values(bindAll(bind, COLUMNS)),
);
/**
 * A token of a revoked authorization is revoked whatever its row says: one that was made while the revocation ran was
 * not there yet for the statement that marks them. A subquery and no join, which SQLite would plan anew for each value.
 */
const findToken = statement<ByHash, RefreshTokenTable>((q, bind) =>
  q
    .selectFrom('refresh_tokens as t')
    .select(COLUMNS.filter((name) => name !== 'revoked_at').map((name) => `t.${name}` as const))
    .select((e) => {
      const revocation = e
        .selectFrom('revocations as r')
        .select('r.expires_at')
        .whereRef('r.tenant', '=', 't.tenant')
        .whereRef('r.subject', '=', 't.grant_id');
      return e.fn.coalesce('t.revoked_at', revocation).as('revoked_at');
    })
    .where('t.tenant', '=', bind('tenant'))
    .where('t.token_hash', '=', bind('token_hash')),
);
const markRotated = statement<{ tenant: string; id: string; now: number }, { id: string }>((q, bind) =>
  q
    .updateTable('refresh_tokens')
    .set({ rotated_at: bind('now'), last_used_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id'))
    .where('rotated_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id'),
);
const markUsed = statement<{ tenant: string; id: string; now: number; idle: number | null; about: string }>((q, bind) =>
  q
    .updateTable('refresh_tokens')
    .set({ last_used_at: bind('now'), idle_expires_at: bind('idle'), about: bind('about') })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id')),
);
const revokeTokens = statement<ByGrant>((q, bind) =>
  q
    .updateTable('refresh_tokens')
    .set({ revoked_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('grant_id', '=', bind('grant_id'))
    .where('revoked_at', 'is', null),
);
const fileRevocation = statement<{ tenant: string; subject: string; expires_at: number }>((q, bind) =>
  q
    .insertInto('revocations')
    .values({ tenant: bind('tenant'), subject: bind('subject'), expires_at: bind('expires_at') })
    .onConflict((conflict) => conflict.columns(['tenant', 'subject']).doNothing()),
);

/** How long a revoked authorization is remembered: longer than any access token can live, in milliseconds. */
const REMEMBER_REVOCATION = 31 * 86_400_000;

/** What a new token is good for. */
export type NewRefreshToken = {
  readonly grantId: string;
  readonly userId: string;
  readonly sessionId: string | null;
  readonly scope: readonly string[];
  readonly audience: string | null;
  readonly authTime: number | null;
  readonly seen: Seen;
};

/** What is in the column `about`: the device, and the instants of the whole family in milliseconds. */
export type AboutRefreshToken = Device & { readonly began_at?: number; readonly exchanged_at?: number };

export function aboutRefreshToken(row: Pick<RefreshTokenTable, 'about'>): AboutRefreshToken {
  return JSON.parse(row.about) as AboutRefreshToken;
}

/** Makes and stores the first token of a family; answers the token. */
export async function createRefreshToken(
  sql: Sql,
  tenant: string,
  client: Client,
  token: NewRefreshToken,
  now: number,
): Promise<string> {
  const settings = client.refresh_token;
  const expires =
    settings?.expiration_type === 'expiring' && !settings.infinite_token_lifetime && settings.token_lifetime;
  return insert(sql, {
    tenant,
    grant_id: token.grantId,
    client_id: client.client_id,
    user_id: token.userId,
    session_id: token.sessionId,
    scope: token.scope.join(' '),
    audience: token.audience,
    auth_time: token.authTime,
    rotating: settings?.rotation_type === 'rotating' ? 1 : 0,
    created_at: now,
    expires_at: expires ? now + expires * 1000 : null,
    idle_expires_at: idleExpiry(client, now),
    about: JSON.stringify({ initial: token.seen, last: token.seen, began_at: now } satisfies AboutRefreshToken),
    metadata: null,
  });
}

type Inserted = Omit<RefreshTokenTable, 'id' | 'token_hash' | 'last_used_at' | 'rotated_at' | 'revoked_at'>;

async function insert(sql: Sql, row: Inserted): Promise<string> {
  const secret = timeOrderedSecret(row.created_at);
  const made = {
    id: timeOrderedId(row.created_at),
    token_hash: hashTimeOrdered(secret),
    last_used_at: null,
    rotated_at: null,
    revoked_at: null,
  };
  await sql.run(insertToken, { ...row, ...made });
  return secret;
}

function idleExpiry(client: Client, now: number): number | null {
  const settings = client.refresh_token;
  const seconds =
    settings?.expiration_type === 'expiring' && !settings.infinite_idle_token_lifetime && settings.idle_token_lifetime;
  return seconds ? now + seconds * 1000 : null;
}

export function findRefreshToken(sql: Sql, tenant: string, token: string): Promise<RefreshTokenTable | undefined> {
  return sql.first(findToken, { tenant, token_hash: hashTimeOrdered(token) });
}

/** What became of a try to use a token: the one to hand out next, or why not. */
export type RefreshOutcome = { readonly token: string } | { readonly refused: 'expired' | 'revoked' | 'reused' };

/**
 * Uses a token, in the caller's unit of work. Of parallel uses of one rotating token, one wins by the conditional
 * update; the others are within the leeway, if the client has any, or a reuse. A reuse revokes the family: the caller
 * must commit.
 * @param presented the token as it came; a token that does not rotate is handed out again
 */
export async function useRefreshToken(
  sql: Sql,
  client: Client,
  row: RefreshTokenTable,
  presented: string,
  now: number,
  seen: Seen,
): Promise<RefreshOutcome> {
  const { tenant, id } = row;
  const about = JSON.stringify({ ...aboutRefreshToken(row), last: seen, exchanged_at: now });
  if (row.revoked_at !== null) return { refused: 'revoked' };
  if (
    (row.expires_at !== null && row.expires_at <= now) ||
    (row.idle_expires_at !== null && row.idle_expires_at <= now)
  ) {
    return { refused: 'expired' };
  }
  if (!row.rotating) {
    const idle = row.idle_expires_at === null ? null : idleExpiry(client, now);
    await sql.run(markUsed, { tenant, id, now, idle, about });
    return { token: presented };
  }
  const won = await sql.first(markRotated, { tenant, id, now });
  if (!won && !isRetry(client, row, now)) {
    await revokeAuthorization(sql, tenant, row.grant_id, now);
    return { refused: 'reused' };
  }
  const { id: _id, token_hash: _hash, last_used_at: _used, rotated_at: _rotated, revoked_at: _revoked, ...kept } = row;
  return { token: await insert(sql, { ...kept, about, created_at: now, idle_expires_at: idleExpiry(client, now) }) };
}

/** A second use shortly after the first. Without a leeway there is none, however the clocks of two requests differ. */
function isRetry(client: Client, { rotated_at }: RefreshTokenTable, now: number): boolean {
  const leeway = (client.refresh_token?.leeway ?? 0) * 1000;
  return leeway > 0 && rotated_at !== null && now - rotated_at < leeway;
}

/** Ends an authorization: its refresh tokens, and its access tokens at our own endpoints. */
export async function revokeAuthorization(sql: Sql, tenant: string, grantId: string, now: number): Promise<void> {
  await sql.run(revokeTokens, { tenant, grant_id: grantId, now });
  await sql.run(fileRevocation, { tenant, subject: grantId, expires_at: now + REMEMBER_REVOCATION });
}

/** What refresh tokens are found by. `audience` is null for those that are good for `/userinfo` alone. */
export type RefreshTokenFilter = {
  readonly user_id?: string | undefined;
  readonly client_id?: string | undefined;
  readonly session_id?: string | undefined;
  readonly audience?: string | null | undefined;
  readonly rotating?: 0 | 1 | undefined;
};
const NAMES = ['user_id', 'client_id', 'session_id', 'audience', 'rotating'] as const;

/** Ends every authorization whose refresh tokens match, as `revokeAuthorization` does; in two statements for however many. */
export async function revokeAuthorizationsOf(
  sql: Sql,
  tenant: string,
  filter: RefreshTokenFilter,
  now: number,
): Promise<void> {
  let live = sql.build.selectFrom('refresh_tokens').where('tenant', '=', tenant).where('revoked_at', 'is', null);
  for (const name of NAMES) {
    const value = filter[name];
    if (value !== undefined) live = live.where(name, value === null ? 'is' : '=', value);
  }
  await sql.query(
    sql.build
      .insertInto('revocations')
      .columns(['tenant', 'subject', 'expires_at'])
      .expression(
        live.distinct().select((e) => ['tenant', 'grant_id', e.lit(now + REMEMBER_REVOCATION).as('expires_at')]),
      )
      .onConflict((conflict) => conflict.columns(['tenant', 'subject']).doNothing()),
  );
  await sql.query(
    sql.build
      .updateTable('refresh_tokens')
      .set({ revoked_at: now })
      .where('tenant', '=', tenant)
      .where('revoked_at', 'is', null)
      .where('grant_id', 'in', live.select('grant_id')),
  );
}
