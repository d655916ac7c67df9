/**
 * /userinfo (OpenID Connect Core §5.3): what the scopes of the access token tell of its user. The token comes in the
 * header (RFC 6750 §2.1), in a posted form (§2.2), or in the query, where passport-auth0 puts it.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getUser } from '../api/users/store.ts';
import { OAuthError } from '../http/errors.ts';
import type { Services } from '../services.ts';
import { type AccessTokenVerifier, invalidToken, isFromBefore } from './access-token.ts';
import { readParams } from './params.ts';
import { profileClaims } from './token/claims.ts';

const BEARER = /^Bearer +([\w~+/.-]+=*)$/i;

export function registerUserinfo(app: FastifyInstance, services: Services, verify: AccessTokenVerifier): void {
  const options = { config: { family: 'oauth' } } as const;
  const answer = async (request: FastifyRequest) => userinfo(services, verify, request);
  app.get('/userinfo', options, async (request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await answer(request)),
  );
  app.post('/userinfo', options, async (request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await answer(request)),
  );
}

async function userinfo(services: Services, verify: AccessTokenVerifier, request: FastifyRequest): Promise<string> {
  const { context } = request;
  const token = await verify(context, presentedToken(request));
  if (!token.audience.includes(`${token.issuer}userinfo`)) {
    throw invalidToken('The access token is for another API.');
  }
  if (!token.scope.includes('openid')) throw insufficientScope();
  const user = await getUser(services.database.read, context.tenant, token.sub);
  if (!user) throw invalidToken('The user of the access token does not exist.');
  if (user.blocked) throw invalidToken('The user of the access token is blocked.');
  if (isFromBefore(token, user)) throw invalidToken('The access token is from before the password was changed.');
  return JSON.stringify({ sub: user.user_id, ...profileClaims(user, token.scope) });
}

/** RFC 6750 §3.1: without any token the challenge names no error. */
function presentedToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw invalidToken('The Authorization header must be a bearer token.');
    return token;
  }
  const source = request.method === 'POST' ? request.body : request.query;
  const token = readParams(source).get('access_token');
  if (token !== undefined) return token;
  throw new OAuthError('invalid_request', 'An access token is required.', {
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
  });
}

function insufficientScope(): OAuthError {
  return new OAuthError('insufficient_scope', 'The access token needs the scope openid.', {
    headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="openid"' },
  });
}
