/** `authorization_code` (RFC 6749 §4.1.3) with PKCE (RFC 7636). */
import { hash } from 'node:crypto';
import { getUser } from '../../../api/users/store.ts';
import { OAuthError } from '../../../http/errors.ts';
import { equalSecrets } from '../../../keys/secrets.ts';
import { seenBy } from '../../../sessions/device.ts';
import type { Sql } from '../../../storage/database.ts';
import type { CodeTable } from '../../../storage/tables.ts';
import { findApi } from '../../access.ts';
import { consumeCode } from '../../codes.ts';
import { type Params, words } from '../../params.ts';
import { createRefreshToken, issuingFor, revokeAuthorization } from '../../refresh-tokens.ts';
import type { Authorization } from '../authorization.ts';
import type { Grant, Refusal, TokenRequest } from '../grant.ts';

export const authorizationCode: Grant<string> = {
  type: 'authorization_code',
  success: 'seacft',
  failure: 'feacft',
  async prepare({ params }) {
    return params.require('code');
  },
  async redeem(request, sql, presented) {
    const { context, client, params } = request;
    const { tenant, now } = context;
    const { consumed: code, used } = await consumeCode(sql, tenant, presented, now);
    if (used) {
      // RFC 6749 §4.1.2: a second use revokes what the first one gave.
      await revokeAuthorization(sql, tenant, used.grant_id, now);
      return refuse('Invalid authorization code', used);
    }
    if (!code) return refuse('Invalid authorization code');
    // Checked after the code is consumed: whoever presents it wrongly has burnt it.
    if (code.expires_at <= now) return refuse('Invalid authorization code', code);
    if (code.client_id !== client.client_id) return refuse('Invalid authorization code', code);
    // RFC 6749 §4.1.3: the one that the code was asked for with, and only then.
    if ((params.get('redirect_uri') ?? null) !== code.redirect_uri) {
      const description = 'The redirect URI is wrong: redirect_uri must be that of the authorization request.';
      return refuse(description, code);
    }
    const problem = pkceProblem(code, params);
    return problem ? refuse(problem, code) : authorize(request, sql, code);
  },
};

function refuse(description: string, code?: CodeTable): Refusal {
  return { error: new OAuthError('invalid_grant', description), event: code ? { user_id: code.user_id } : {} };
}

/** RFC 7636 §4.6, and RFC 9700 §2.1.1: a verifier where none was announced is a downgrade, refused as well. */
function pkceProblem(code: CodeTable, params: Params): string | undefined {
  const verifier = params.get('code_verifier');
  if (code.code_challenge === null) return verifier === undefined ? undefined : 'Failed to verify code verifier';
  if (verifier === undefined) return "Parameter 'code_verifier' is required";
  const challenge = code.code_challenge_method === 'S256' ? hash('sha256', verifier, 'base64url') : verifier;
  return equalSecrets(challenge, code.code_challenge) ? undefined : 'Failed to verify code verifier';
}

async function authorize(request: TokenRequest, sql: Sql, code: CodeTable): Promise<Authorization | Refusal> {
  const { services, configuration, context, client } = request;
  const user = await getUser(sql, context.tenant, code.user_id);
  if (!user) return refuse('Invalid authorization code', code);
  if (user.blocked) return refuse('user is blocked', code);
  const api = await findApi(services, configuration, context, code.audience ?? `${context.site.issuer}userinfo`);
  const scope = words(code.scope);
  const authorization = {
    client,
    user,
    api,
    scope,
    grantId: code.grant_id,
    sessionId: code.session_id,
    nonce: code.nonce ?? undefined,
    authTime: code.auth_time,
    connection: user.connection,
  };
  if (!scope.includes('offline_access')) return authorization;
  const token = {
    grantId: code.grant_id,
    userId: user.user_id,
    sessionId: code.session_id,
    scope,
    audience: code.audience,
    authTime: code.auth_time,
    seen: seenBy(context),
  };
  return { ...authorization, refreshToken: await createRefreshToken(issuingFor(request, sql), client, token) };
}
