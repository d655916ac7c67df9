/** What the operations of `/grants` do. A grant that goes takes the refresh tokens along that it stood behind. */
import { userinfoAudience } from '../../oidc/access.ts';
import { revokeAuthorizationsOf } from '../../oidc/refresh-tokens.ts';
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

  handle(deleteGrant, async ({ sql, context, configuration, params }) => {
    const { tenant, now } = context;
    const [grant] = await sql.query<GrantTable>(
      sql.build.deleteFrom('grants').where('tenant', '=', tenant).where('id', '=', params.id).returningAll(),
    );
    if (!grant) return;
    const { user_id, client_id } = grant;
    // Tokens that are good for /userinfo alone name no audience, and their consent is filed under its address.
    const audience = grant.audience === userinfoAudience(configuration) ? null : grant.audience;
    await revokeAuthorizationsOf(sql, tenant, { user_id, client_id, audience }, now);
  }),

  handle(deleteGrantsOfUser, async ({ sql, context, query }) => {
    const { tenant, now } = context;
    const { user_id } = query;
    await sql.query(sql.build.deleteFrom('grants').where('tenant', '=', tenant).where('user_id', '=', user_id));
    await revokeAuthorizationsOf(sql, tenant, { user_id }, now);
  }),
];

function shown({ id, client_id, user_id, audience, scope }: GrantTable): UserGrant {
  return { id, clientID: client_id, user_id, audience, scope: scope.split(' ').filter(Boolean) };
}
