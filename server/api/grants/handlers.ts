/** What the operations of `/grants` do. A grant that goes takes the refresh tokens along that it stood behind. */
import type { Sql } from '../../storage/database.ts';
import type { GrantTable } from '../../storage/tables.ts';
import { pageAnswer, pageOf } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { deleteGrant, deleteGrantsOfUser, listGrants } from './operations.ts';
import type { UserGrant } from './schema.ts';

export const grantRoutes: Route[] = [
  handle(listGrants, async ({ sql, context, query }) => {
    const { offset, limit } = pageOf(query);
    let matching = sql.build.selectFrom('grants').where('tenant', '=', context.tenant);
    for (const name of ['user_id', 'client_id', 'audience'] as const) {
      const value = query[name];
      if (value !== undefined) matching = matching.where(name, '=', value);
    }
    const rows: GrantTable[] = await sql.query(
      matching.selectAll().orderBy('created_at').orderBy('id').limit(limit).offset(offset),
    );
    const [count] = query.include_totals
      ? await sql.query<{ total: number }>(matching.select((e) => e.fn.countAll<number>().as('total')))
      : [];
    return pageAnswer(query, 'grants', rows.map(shown), Number(count?.total ?? 0));
  }),

  handle(deleteGrant, async ({ sql, context, params }) => {
    const { tenant, now } = context;
    const [grant] = await sql.query<GrantTable>(
      sql.build.deleteFrom('grants').where('tenant', '=', tenant).where('id', '=', params.id).returningAll(),
    );
    if (grant) await revokeRefreshTokens(sql, tenant, now, grant);
  }),

  handle(deleteGrantsOfUser, async ({ sql, context, query }) => {
    const { tenant, now } = context;
    const { user_id } = query;
    await sql.query(sql.build.deleteFrom('grants').where('tenant', '=', tenant).where('user_id', '=', user_id));
    await revokeRefreshTokens(sql, tenant, now, { user_id });
  }),
];

/** Without a client and an audience every refresh token of the user ends. */
async function revokeRefreshTokens(
  sql: Sql,
  tenant: string,
  now: number,
  of: Pick<GrantTable, 'user_id'> & Partial<Pick<GrantTable, 'client_id' | 'audience'>>,
): Promise<void> {
  let tokens = sql.build
    .updateTable('refresh_tokens')
    .set({ revoked_at: now })
    .where('tenant', '=', tenant)
    .where('user_id', '=', of.user_id)
    .where('revoked_at', 'is', null);
  if (of.client_id !== undefined) tokens = tokens.where('client_id', '=', of.client_id);
  if (of.audience !== undefined) tokens = tokens.where('audience', '=', of.audience);
  await sql.query(tokens);
}

function shown({ id, client_id, user_id, audience, scope }: GrantTable): UserGrant {
  return { id, clientID: client_id, user_id, audience, scope: scope.split(' ').filter(Boolean) };
}
