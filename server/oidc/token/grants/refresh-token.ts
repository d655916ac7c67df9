/** `refresh_token` (RFC 6749 §6). */
import { getUser } from '../../../api/users/store.ts';
import { OAuthError } from '../../../http/errors.ts';
import { seenBy } from '../../../sessions/device.ts';
import type { RefreshTokenTable } from '../../../storage/tables.ts';
import { accessForUser } from '../../access.ts';
import { words } from '../../params.ts';
import { findRefreshToken, useRefreshToken } from '../../refresh-tokens.ts';
import type { Authorization } from '../authorization.ts';
import type { Grant, TokenRequest } from '../grant.ts';

type Prepared = { token: string; row: RefreshTokenTable; authorization: Omit<Authorization, 'refreshToken'> };

export const refreshToken: Grant<Prepared> = {
  type: 'refresh_token',
  success: 'sertft',
  failure: 'fertft',
  async prepare(request) {
    const { services, context, client, params } = request;
    const token = params.require('refresh_token');
    const { read } = services.database;
    const row = await findRefreshToken(read, context.tenant, token);
    // RFC 6749 §6: the token is bound to the client it was given to.
    if (!row || row.client_id !== client.client_id) throw invalidToken();
    const user = await getUser(read, context.tenant, row.user_id);
    if (!user) throw invalidToken();
    if (user.blocked) throw new OAuthError('invalid_grant', 'user is blocked');
    const access = await narrowed(request, row);
    return {
      token,
      row,
      authorization: {
        client,
        user,
        ...access,
        gty: 'refresh_token',
        grantId: row.grant_id,
        sessionId: row.session_id ?? undefined,
        authTime: row.auth_time ?? undefined,
        connection: user.connection,
      },
    };
  },
  async redeem({ client, context }, sql, { token, row, authorization }) {
    const outcome = await useRefreshToken(sql, client, row, token, context.now, seenBy(context));
    if ('token' in outcome) return { ...authorization, refreshToken: outcome.token };
    const about = { user_id: row.user_id, details: { family_id: row.grant_id } };
    if (outcome.refused === 'reused') return { error: invalidToken(), event: { type: 'ferrt', ...about } };
    return { error: invalidToken(), event: about };
  },
};

/** RFC 6749 §6: a request may ask for less than was granted, never for more. The rules of today apply to it. */
async function narrowed({ services, configuration, context, client, params }: TokenRequest, row: RefreshTokenTable) {
  const granted = words(row.scope);
  const wanted = words(params.get('scope'));
  const scope = wanted.length === 0 ? granted : wanted.filter((name) => granted.includes(name));
  const audience = row.audience ?? `${context.site.issuer}userinfo`;
  const asked = params.get('audience');
  if (asked !== undefined && asked !== audience && asked !== `${context.site.issuer}userinfo`) {
    throw new OAuthError('access_denied', 'The refresh token was not granted for this audience.');
  }
  return accessForUser(services, configuration, context, client, { audience, scope }, row.user_id);
}

/** SDKs look for these very words to fall back to another way of signing in. */
function invalidToken(): OAuthError {
  return new OAuthError('invalid_grant', 'Unknown or invalid refresh token.');
}
