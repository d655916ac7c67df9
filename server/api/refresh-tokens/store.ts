/**
 * Refresh tokens as administrators find and revoke them; `server/oidc/refresh-tokens.ts` makes and uses them. A family
 * goes by the id of its authorization, which stays the same while its tokens follow each other.
 */
import { matching, type RefreshTokenFilter, revokeAuthorization } from '../../oidc/refresh-tokens.ts';
import type { Sql } from '../../storage/database.ts';
import { statement } from '../../storage/statement.ts';
import type { RefreshTokenTable } from '../../storage/tables.ts';

const writeMetadata = statement<{ tenant: string; grant_id: string; metadata: string | null }>((q, bind) =>
  q
    .updateTable('refresh_tokens')
    .set({ metadata: bind('metadata') })
    .where('tenant', '=', bind('tenant'))
    .where('grant_id', '=', bind('grant_id')),
);

/** Families that are still good, by their ids. */
function live(sql: Sql, tenant: string, now: number) {
  return sql.build
    .selectFrom('refresh_tokens')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('revoked_at', 'is', null)
    .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', now)]))
    .where((e) => e.or([e('idle_expires_at', 'is', null), e('idle_expires_at', '>', now)]))
    .orderBy('grant_id');
}

/** A family that is still good. */
export async function getRefreshToken(
  sql: Sql,
  tenant: string,
  id: string,
  now: number,
): Promise<RefreshTokenTable | undefined> {
  const [row] = await sql.query(live(sql, tenant, now).where('grant_id', '=', id).limit(1));
  return row;
}

/** The good families of a filter, after the given id and by their ids. */
export async function listRefreshTokens(
  sql: Sql,
  tenant: string,
  filter: RefreshTokenFilter,
  now: number,
  page: { after: string | undefined; limit: number },
): Promise<RefreshTokenTable[]> {
  let tokens = matching(live(sql, tenant, now), filter);
  if (page.after !== undefined) tokens = tokens.where('grant_id', '>', page.after);
  return sql.query(tokens.limit(page.limit));
}

export async function countRefreshTokens(
  sql: Sql,
  tenant: string,
  filter: RefreshTokenFilter,
  now: number,
): Promise<number> {
  const found = matching(live(sql, tenant, now), filter).as('found');
  const [row] = await sql.query<{ total: number }>(
    sql.build.selectFrom(found).select((e) => e.fn.countAll<number>().as('total')),
  );
  return Number(row!.total);
}

export async function setRefreshTokenMetadata(
  sql: Sql,
  tenant: string,
  id: string,
  metadata: Record<string, string> | null,
): Promise<void> {
  const text = metadata === null ? null : JSON.stringify(metadata);
  await sql.run(writeMetadata, { tenant, grant_id: id, metadata: text });
}

/** Revokes a family, and its access tokens at our own endpoints. Nothing happens when there is no such family. */
export async function revokeRefreshToken(sql: Sql, tenant: string, id: string, now: number): Promise<void> {
  if (await getRefreshToken(sql, tenant, id, now)) await revokeAuthorization(sql, tenant, id, now);
}
