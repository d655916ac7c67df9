/**
 * Refresh tokens (RFC 6749 §6, RFC 9700 §4.14). One row is a family: everything that one authorization gave. A rotating
 * token is used once: using it moves the family on by a generation, in one conditional statement, and the token of the
 * new generation is handed out. A token of an earlier generation shows theft, and the whole family is revoked; only the
 * one before the current may come again within the leeway, as a retry whose answer got lost, and gets the same successor.
 * Lifetimes are absolute (from the first token of the family) and idle (from the last use).
 */
import type { SelectQueryBuilder } from 'kysely';
import type { Client } from '../api/clients/schema.ts';
import type { Vault } from '../keys/vault.ts';
import type { Device, Seen } from '../sessions/device.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { RefreshTokenTable, Tables } from '../storage/tables.ts';
import { readRefreshToken, writeRefreshToken } from './refresh-token-form.ts';
import type { TokenRequest } from './token/grant.ts';

const COLUMNS = [
  'tenant',
  'grant_id',
  'generation',
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
  'revoked_at',
  'about',
  'metadata',
] as const satisfies readonly (keyof RefreshTokenTable)[];

type ByGrant = { tenant: string; grant_id: string };

const insertFamily = statement<RefreshTokenTable>((q, bind) =>
  q.insertInto('refresh_tokens').values(bindAll(bind, COLUMNS)),
);
const findFamily = statement<ByGrant, RefreshTokenTable>((q, bind) =>
  q
    .selectFrom('refresh_tokens')
    .select(COLUMNS)
    .where('tenant', '=', bind('tenant'))
    .where('grant_id', '=', bind('grant_id')),
);
type Use = ByGrant & { generation: number; next: number; now: number; idle: number | null; about: string };
const useFamily = statement<Use, { grant_id: string }>((q, bind) =>
  q
    .updateTable('refresh_tokens')
    .set({
      generation: bind('next'),
      last_used_at: bind('now'),
      idle_expires_at: bind('idle'),
      about: bind('about'),
    })
    .where('tenant', '=', bind('tenant'))
    .where('grant_id', '=', bind('grant_id'))
    .where('generation', '=', bind('generation'))
    .where('revoked_at', 'is', null)
    .returning('grant_id'),
);
const revokeFamily = statement<ByGrant & { now: number }>((q, bind) =>
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

/** What a new family is good for. */
export type NewRefreshToken = {
  readonly grantId: string;
  readonly userId: string;
  readonly sessionId: string | null;
  readonly scope: readonly string[];
  readonly audience: string | null;
  readonly authTime: number | null;
  readonly seen: Seen;
};

/** What is in the column `about`. */
export function aboutRefreshToken(row: Pick<RefreshTokenTable, 'about'>): Device {
  return JSON.parse(row.about) as Device;
}

/** Where tokens are made: in a unit of work, for a tenant, with the installation's keys. */
export type Issuing = { readonly sql: Sql; readonly vault: Vault; readonly tenant: string; readonly now: number };

/** Where the tokens of a request are made or looked for. */
export function issuingFor({ services, context }: Pick<TokenRequest, 'services' | 'context'>, sql: Sql): Issuing {
  return { sql, vault: services.vault, tenant: context.tenant, now: context.now };
}

/** Begins a family; answers its first token. */
export async function createRefreshToken(at: Issuing, client: Client, token: NewRefreshToken): Promise<string> {
  const { sql, vault, tenant, now } = at;
  const settings = client.refresh_token;
  const expires =
    settings?.expiration_type === 'expiring' && !settings.infinite_token_lifetime && settings.token_lifetime;
  const first = { grant_id: token.grantId, generation: 0 };
  await sql.run(insertFamily, {
    tenant,
    ...first,
    client_id: client.client_id,
    user_id: token.userId,
    session_id: token.sessionId,
    scope: token.scope.join(' '),
    audience: token.audience,
    auth_time: token.authTime,
    rotating: settings?.rotation_type === 'rotating' ? 1 : 0,
    created_at: now,
    last_used_at: null,
    expires_at: expires ? now + expires * 1000 : null,
    idle_expires_at: idleExpiry(client, now),
    revoked_at: null,
    about: JSON.stringify({ initial: token.seen, last: token.seen } satisfies Device),
    metadata: null,
  });
  return writeRefreshToken(vault, tenant, first);
}

function idleExpiry(client: Client, now: number): number | null {
  const settings = client.refresh_token;
  const seconds =
    settings?.expiration_type === 'expiring' && !settings.infinite_idle_token_lifetime && settings.idle_token_lifetime;
  return seconds ? now + seconds * 1000 : null;
}

/** A token that came: its family, and which generation of it this is. */
export type PresentedToken = { readonly family: RefreshTokenTable; readonly generation: number };

/** Undefined for what we did not hand out, and for what was handed out after the backup that this database is from. */
export async function findRefreshToken(
  { sql, vault, tenant }: Omit<Issuing, 'now'>,
  token: string,
): Promise<PresentedToken | undefined> {
  const member = readRefreshToken(vault, tenant, token);
  const family = member && (await sql.first(findFamily, { tenant, grant_id: member.grant_id }));
  return family && member.generation <= family.generation ? { family, generation: member.generation } : undefined;
}

/** What became of a try to use a token: the one to hand out next, or why not. */
export type RefreshOutcome = { readonly token: string } | { readonly refused: 'expired' | 'revoked' | 'reused' };

/**
 * Uses a token, in a unit of work. Of parallel uses of one rotating token one moves the family on; the others are
 * retries within the leeway, if the client has any, or a reuse. A reuse revokes the family: the caller must commit.
 */
export async function useRefreshToken(
  at: Issuing,
  client: Client,
  { family, generation }: PresentedToken,
  seen: Seen,
): Promise<RefreshOutcome> {
  const { sql, vault, tenant, now } = at;
  const { grant_id } = family;
  if (hasEnded(family.expires_at, now) || hasEnded(family.idle_expires_at, now)) return { refused: 'expired' };
  const next = generation + family.rotating;
  // A token that stays was given without an idle end for good.
  const idle = family.rotating || family.idle_expires_at !== null ? idleExpiry(client, now) : null;
  const about = JSON.stringify({ ...aboutRefreshToken(family), last: seen });
  const used = await sql.first(useFamily, { tenant, grant_id, generation, next, now, idle, about });
  if (used) return { token: writeRefreshToken(vault, tenant, { grant_id, generation: next }) };
  const current = await sql.first(findFamily, { tenant, grant_id });
  if (!current || current.revoked_at !== null) return { refused: 'revoked' };
  if (generation === current.generation - 1 && isRecent(client, current, now)) {
    return { token: writeRefreshToken(vault, tenant, current) };
  }
  await revokeAuthorization(sql, tenant, grant_id, now);
  return { refused: 'reused' };
}

function hasEnded(end: number | null, now: number): boolean {
  return end !== null && end <= now;
}

/** Whether the last rotation is within the leeway. Without one there is no retry, however the clocks of two requests differ. */
function isRecent(client: Client, { last_used_at }: RefreshTokenTable, now: number): boolean {
  const leeway = (client.refresh_token?.leeway ?? 0) * 1000;
  return leeway > 0 && last_used_at !== null && now - last_used_at < leeway;
}

/** Ends an authorization: its refresh tokens, and its access tokens at our own endpoints. */
export async function revokeAuthorization(sql: Sql, tenant: string, grantId: string, now: number): Promise<void> {
  await sql.run(revokeFamily, { tenant, grant_id: grantId, now });
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

/** Narrows a query over families to those of a filter. */
export function matching<Row>(
  families: SelectQueryBuilder<Tables, 'refresh_tokens', Row>,
  filter: RefreshTokenFilter,
): SelectQueryBuilder<Tables, 'refresh_tokens', Row> {
  let narrowed = families;
  for (const name of NAMES) {
    const value = filter[name];
    if (value !== undefined) narrowed = narrowed.where(name, value === null ? 'is' : '=', value);
  }
  return narrowed;
}

/** Ends every authorization whose refresh tokens match, as `revokeAuthorization` does; in two statements for however many. */
export async function revokeAuthorizationsOf(
  sql: Sql,
  tenant: string,
  filter: RefreshTokenFilter,
  now: number,
): Promise<void> {
  const unrevoked = sql.build.selectFrom('refresh_tokens').where('tenant', '=', tenant).where('revoked_at', 'is', null);
  const live = matching(unrevoked, filter);
  await sql.query(
    sql.build
      .insertInto('revocations')
      .columns(['tenant', 'subject', 'expires_at'])
      .expression(live.select((e) => ['tenant', 'grant_id', e.lit(now + REMEMBER_REVOCATION).as('expires_at')]))
      .onConflict((conflict) => conflict.columns(['tenant', 'subject']).doNothing()),
  );
  await sql.query(
    sql.build
      .updateTable('refresh_tokens')
      .set({ revoked_at: now })
      .where('tenant', '=', tenant)
      .where('grant_id', 'in', live.select('grant_id')),
  );
}
