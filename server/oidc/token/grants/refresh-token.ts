/** `refresh_token` (RFC 6749 §6). */
import { getUser } from '../../../api/users/store.ts';
import { OAuthError } from '../../../http/errors.ts';
import { seenBy } from '../../../sessions/device.ts';
import type { RefreshTokenTable } from '../../../storage/tables.ts';
import { accessForUser } from '../../access.ts';
import { words } from '../../params.ts';
import { findRefreshToken, issuingFor, type PresentedToken, useRefreshToken } from '../../refresh-tokens.ts';
import type { Authorization } from '../authorization.ts';
import type { Grant, TokenRequest } from '../grant.ts';

type Prepared = { presented: PresentedToken; authorization: Omit<Authorization, 'refreshToken'> };

export const refreshToken: Grant<Prepared> = {
  type: 'refresh_token',
  success: 'sertft',
  failure: 'fertft',
  async prepare(request) {
    const { services, context, client, params } = request;
    const token = params.require('refresh_token');
    const { read } = services.database;
    const presented = await findRefreshToken(issuingFor(request, read), token);
    // RFC 6749 §6: the token is bound to the client it was given to.
    if (presented?.family.client_id !== client.client_id) throw invalidToken();
    const { family } = presented;
    const user = await getUser(read, context.tenant, family.user_id);
    if (!user) throw invalidToken();
    if (user.blocked) throw new OAuthError('invalid_grant', 'user is blocked');
    const access = await narrowed(request, family);
    return {
      presented,
      authorization: {
        client,
        user,
        ...access,
        gty: 'refresh_token',
        grantId: family.grant_id,
        sessionId: family.session_id ?? undefined,
        authTime: family.auth_time ?? undefined,
        connection: user.connection,
      },
    };
  },
  ahead: ({ authorization }) => authorization,
  async redeem(request, sql, { presented, authorization }) {
    const { client, context } = request;
    const outcome = await useRefreshToken(issuingFor(request, sql), client, presented, seenBy(context));
    if ('token' in outcome) return { ...authorization, refreshToken: outcome.token };
    const { user_id, grant_id } = presented.family;
    const about = { user_id, details: { family_id: grant_id } };
    if (outcome.refused === 'reused') return { error: invalidToken(), event: { type: 'ferrt', ...about } };
    return { error: invalidToken(), event: about };
  },
};

/** RFC 6749 §6: a request may ask for less than was granted, never for more. The rules of today apply to it. */
async function narrowed({ services, configuration, context, client, params }: TokenRequest, family: RefreshTokenTable) {
  const granted = words(family.scope);
  const wanted = words(params.get('scope'));
  const scope = wanted.length === 0 ? granted : wanted.filter((name) => granted.includes(name));
  const audience = family.audience ?? `${context.site.issuer}userinfo`;
  const asked = params.get('audience');
  if (asked !== undefined && asked !== audience && asked !== `${context.site.issuer}userinfo`) {
    throw new OAuthError('access_denied', 'The refresh token was not granted for this audience.');
  }
  return accessForUser(services, configuration, context, client, { audience, scope }, family.user_id);
}

/** SDKs look for these very words to fall back to another way of signing in. */
function invalidToken(): OAuthError {
  return new OAuthError('invalid_grant', 'Unknown or invalid refresh token.');
}
