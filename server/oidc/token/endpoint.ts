/**
 * POST /oauth/token (RFC 6749 §3.2). Every grant runs through the same steps:
 *
 *   1. read          parameters from a form or JSON
 *   2. grant         a grant type we know                                     unsupported_grant_type
 *   3. authenticate  the client, as it is set                                 access_denied (401)
 *   4. allow         the client may use this grant                            unauthorized_client
 *   5. prepare       the grant's slow part, outside of a unit of work
 *   6. redeem        the grant's atomic part, committed with its log event    invalid_grant …
 *   7. issue         tokens, signed on the thread pool; while 6 waits for its commit, where the grant lets them
 */
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPublic } from '../../api/clients/defaults.ts';
import type { Client } from '../../api/clients/schema.ts';
import { OAuthError } from '../../http/errors.ts';
import { type LogEvent, recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { authenticateClient } from '../client-authentication.ts';
import { readParams, refuseOrganization } from '../params.ts';
import type { Authorization } from './authorization.ts';
import { type Grant, isRefusal, type TokenRequest } from './grant.ts';
import { authorizationCode } from './grants/authorization-code.ts';
import { clientCredentials } from './grants/client-credentials.ts';
import { password, passwordRealm } from './grants/password.ts';
import { refreshToken } from './grants/refresh-token.ts';
import { issueTokens, type TokenResponse } from './issue.ts';

// Each grant has its own type of preparation, which only the grant itself reads.
const ALL = [authorizationCode, refreshToken, clientCredentials, password, passwordRealm] as readonly unknown[];
const GRANTS: ReadonlyMap<string, Grant> = new Map((ALL as Grant[]).map((grant) => [grant.type, grant]));

export const GRANT_TYPES: readonly string[] = [...GRANTS.keys()];

export function registerTokenEndpoint(app: FastifyInstance, services: Services): void {
  app.post('/oauth/token', { config: { family: 'oauth' } }, async (request, reply) => {
    const response = await answerTokenRequest(services, request);
    return noStore(reply).send(JSON.stringify(response));
  });
}

/** RFC 6749 §5.1: answers with tokens are never kept. */
function noStore(reply: FastifyReply): FastifyReply {
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').header('pragma', 'no-cache');
}

async function answerTokenRequest(services: Services, request: FastifyRequest): Promise<TokenResponse> {
  const { context } = request;
  const params = readParams(request.body);
  const type = params.require('grant_type');
  const grant = GRANTS.get(type);
  if (!grant) throw new OAuthError('unsupported_grant_type', `Unsupported grant type: ${type.slice(0, 200)}`);
  const configuration = await services.configurations.of(context.tenant);
  // The event of a failure names the client that it is about, proven or not; what is no client of ours is not repeated.
  let about: Client | undefined;
  try {
    const client = await authenticateClient(services, configuration, request, params, (named) => {
      about = named;
    });
    allow(client, grant);
    refuseOrganization(params);
    const trusted = { ...context, ip: forwardedFor(request, client) ?? context.ip };
    return await redeem(grant, { services, context: trusted, configuration, client, params });
  } catch (error) {
    if (error instanceof OAuthError && !recorded.has(error)) {
      await services.database.write((sql) => recordEvent(sql, context, failure(grant, about, error)));
    }
    throw error;
  }
}

/** Errors whose event is already committed with what they tell of. */
const recorded = new WeakSet<OAuthError>();

function allow(client: Client, grant: Grant): void {
  const allowed = client.grant_types?.includes(grant.type) ?? false;
  // RFC 6749 §4.4: a client without a secret cannot act for itself, whatever its list says.
  if (!allowed || (grant.type === 'client_credentials' && isPublic(client))) {
    throw new OAuthError('unauthorized_client', `Grant type '${grant.type}' not allowed for the client.`);
  }
}

/** The end user's address as a trusted server tells it; others could forge it. */
function forwardedFor(request: FastifyRequest, client: Client): string | undefined {
  const header = request.headers['auth0-forwarded-for'];
  if (typeof header !== 'string' || !client.is_token_endpoint_ip_header_trusted || isPublic(client)) return undefined;
  return isIP(header.trim()) ? header.trim() : undefined;
}

async function redeem(grant: Grant, request: TokenRequest): Promise<TokenResponse> {
  const { services, context, configuration, client } = request;
  const issue = (authorization: Authorization) => issueTokens(services, context, configuration, authorization);
  const prepared = await grant.prepare(request);
  const ahead = grant.ahead && issue(grant.ahead(prepared));
  // Whatever fails first is told; the other failure must not go unheard.
  ahead?.catch(() => {});
  const result = await services.database.write(async (sql) => {
    const outcome = await grant.redeem(request, sql, prepared);
    await recordEvent(
      sql,
      context,
      isRefusal(outcome) ? { ...failure(grant, client, outcome.error), ...outcome.event } : success(grant, outcome),
    );
    return outcome;
  });
  if (isRefusal(result)) {
    recorded.add(result.error);
    throw result.error;
  }
  return ahead ? { ...(await ahead), refresh_token: result.refreshToken } : issue(result);
}

function success(grant: Grant, authorization: Authorization): LogEvent {
  const { client, user, api, scope } = authorization;
  return {
    type: grant.success,
    client_id: client.client_id,
    client_name: client.name,
    user_id: user?.user_id,
    user_name: user?.email ?? user?.username ?? undefined,
    connection: authorization.connection,
    audience: api?.identifier,
    scope: scope.join(' '),
  };
}

function failure(grant: Grant, client: Client | undefined, error: OAuthError): LogEvent {
  return {
    type: grant.failure,
    description: error.description,
    client_id: client?.client_id,
    client_name: client?.name,
  };
}
