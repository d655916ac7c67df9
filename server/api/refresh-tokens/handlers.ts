/** What the operations about refresh tokens do. */
import { ApiError } from '../../http/errors.ts';
import { type RefreshTokenFilter, revokeAuthorizationsOf } from '../../oidc/refresh-tokens.ts';
import type { RefreshTokenTable } from '../../storage/tables.ts';
import { invalidBody } from '../invalid.ts';
import { DEFAULT_TAKE, firstPage, type ListQuery, pickFields } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { requireUser } from '../users/require.ts';
import {
  deleteRefreshToken,
  deleteUserRefreshTokens,
  getRefreshTokenById,
  listRefreshTokensOf,
  listUserRefreshTokens,
  revokeTokens,
  updateRefreshToken,
} from './operations.ts';
import { shownRefreshToken } from './schema.ts';
import { getRefreshToken, listRefreshTokens, revokeRefreshToken, setRefreshTokenMetadata } from './store.ts';

export const refreshTokenRoutes: Route[] = [
  handle(listRefreshTokensOf, async (call) => {
    const { query } = call;
    const { user_id } = await requireUser(call, query.user_id);
    const { tokens, next } = await page(call, { user_id, client_id: query.client_id }, query);
    return { refresh_tokens: tokens.map((token) => pickFields(token, query)), ...next };
  }),

  handle(revokeTokens, async (call) => {
    const { sql, context, body } = call;
    const { ids, ...filter } = body;
    if (ids !== undefined && Object.keys(filter).length > 0) throw invalidBody('ids excludes the other properties');
    if (ids === undefined && filter.user_id === undefined && filter.client_id === undefined)
      throw invalidBody('Give ids, user_id or client_id');
    for (const id of ids ?? []) await revokeRefreshToken(sql, context.tenant, id, context.now);
    if (ids === undefined) await revokeAuthorizationsOf(sql, context.tenant, filter, context.now);
  }),

  handle(getRefreshTokenById, async (call) => shown(call, await requireRefreshToken(call))),

  handle(updateRefreshToken, async (call) => {
    const { sql, context, params, body } = call;
    await requireRefreshToken(call);
    await setRefreshTokenMetadata(sql, context.tenant, params.id, body.refresh_token_metadata ?? null);
    return shown(call, await requireRefreshToken(call));
  }),

  handle(deleteRefreshToken, async (call) => {
    const { sql, context, params } = call;
    await revokeRefreshToken(sql, context.tenant, params.id, context.now);
  }),

  handle(listUserRefreshTokens, async (call) => {
    const { user_id } = await requireUser(call, call.params.user_id);
    const { tokens, next } = await page(call, { user_id }, call.query);
    return { tokens, ...next };
  }),

  handle(deleteUserRefreshTokens, async (call) => {
    const { sql, context } = call;
    const { user_id } = await requireUser(call, call.params.user_id);
    await revokeAuthorizationsOf(sql, context.tenant, { user_id }, context.now);
  }),
];

type Where = Pick<Call, 'sql' | 'context'>;

function shown({ context }: Where, row: RefreshTokenTable) {
  return shownRefreshToken(row, `${context.site.issuer}userinfo`);
}

async function page(call: Where, filter: RefreshTokenFilter, query: Pick<ListQuery, 'from' | 'take'>) {
  const { sql, context } = call;
  const take = query.take ?? DEFAULT_TAKE;
  const found = await listRefreshTokens(sql, context.tenant, filter, context.now, {
    after: query.from,
    limit: take + 1,
  });
  const { page, next } = firstPage(found, take, (row) => row.grant_id);
  return { tokens: page.map((row) => shown(call, row)), next };
}

async function requireRefreshToken(
  call: Where & { readonly params: { readonly id: string } },
): Promise<RefreshTokenTable> {
  const token = await getRefreshToken(call.sql, call.context.tenant, call.params.id, call.context.now);
  if (!token) throw new ApiError(404, 'The refresh token does not exist.', 'inexistent_refresh_token');
  return token;
}
