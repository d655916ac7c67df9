/**
 * /authorize (RFC 6749 §3.1) and /authorize/resume, where the steps of a login hand back. It owns no page: what the
 * dispatcher decides is a page of the login feature, or an answer to the application.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StoredUser } from '../../api/users/store.ts';
import { OAuthError } from '../../http/errors.ts';
import {
  attachSession,
  beginTransaction,
  browserSecret,
  endTransaction,
  requireTransaction,
} from '../../login/transaction.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { sessionOf } from '../../sessions/cookie.ts';
import { seenBy } from '../../sessions/device.ts';
import { type Session, sessionPolicy, touchSession } from '../../sessions/store.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import type { Access } from '../access.ts';
import { authorizationId } from '../access-token.ts';
import { createCode } from '../codes.ts';
import { type Params, readParams } from '../params.ts';
import { type Decision, decide, type Progress } from './decide.ts';
import {
  AuthorizationError,
  type AuthorizationRequest,
  REQUEST_PARAMETERS,
  readAuthorizationRequest,
} from './request.ts';
import { sendAuthorizationResponse } from './response.ts';

export function registerAuthorize(app: FastifyInstance, services: Services): void {
  const authorize = async (request: FastifyRequest, reply: FastifyReply) => {
    const params = readParams(request.query, request.body);
    return run(services, request, reply, params, { loggedIn: false, consented: false }, undefined);
  };
  // OpenID Connect Core §3.1.2.1: GET and POST alike.
  app.get('/authorize', authorize);
  app.post('/authorize', authorize);

  app.get('/authorize/resume', async (request, reply) => {
    const transaction = await requireTransaction(
      services.database.read,
      request,
      (request.query as { state?: unknown }).state,
    );
    const session = await sessionOf(services.database.read, request);
    const loggedIn = session !== undefined && session.id === transaction.sessionId;
    return run(
      services,
      request,
      reply,
      readParams(transaction.params),
      // What another user allowed, who was logged in here before, says nothing.
      { loggedIn, consented: loggedIn && transaction.consented },
      transaction.state,
    );
  });
}

/** @param state the transaction that is resumed, if one is */
async function run(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  params: Params,
  progress: Progress,
  state: string | undefined,
) {
  const { context } = request;
  const configuration = await services.configurations.of(context.tenant);
  try {
    const authorization = await readAuthorizationRequest(services, configuration, context, params);
    const session = await sessionOf(services.database.read, request);
    const decision = await decide(services, configuration, context, authorization, session, progress);
    if (decision.next === 'answer') {
      const code = await grantCode(services, request, configuration, authorization, session!, decision, state);
      // The session was ended meanwhile: what is next now is decided anew.
      if (code === undefined) return await run(services, request, reply, params, progress, state);
      return sendAuthorizationResponse(reply, authorization.target, { code });
    }
    if (decision.next === 'refuse' || authorization.prompt.has('none'))
      throw interactionNeeded(authorization, decision);
    return await showPage(services, request, reply, authorization, decision.next, session, state);
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    return refuse(services, request, reply, error, params);
  }
}

/** OpenID Connect Core §3.1.2.6. */
function interactionNeeded({ target, client }: AuthorizationRequest, decision: Decision): AuthorizationError {
  const error =
    decision.next === 'consent'
      ? new OAuthError('consent_required', 'Consent required')
      : new OAuthError('login_required', decision.next === 'refuse' ? decision.reason : 'Login required');
  return new AuthorizationError(error, target, client);
}

async function refuse(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { error, target, client }: AuthorizationError,
  params: Params,
) {
  const silent = params.peek('prompt') === 'none';
  await services.database.write((sql) =>
    recordEvent(sql, request.context, {
      type: silent ? 'fsa' : 'f',
      description: error.description,
      client_id: client.client_id,
      client_name: client.name,
      audience: params.peek('audience'),
    }),
  );
  return sendAuthorizationResponse(reply, target, { error: error.code, error_description: error.description });
}

/** The code; undefined when the session is there no longer. */
async function grantCode(
  services: Services,
  request: FastifyRequest,
  configuration: TenantConfiguration,
  authorization: AuthorizationRequest,
  session: Session,
  { user, access }: { user: StoredUser; access: Access },
  state: string | undefined,
): Promise<string | undefined> {
  const { context } = request;
  const { client, params, challenge } = authorization;
  return services.database.write(async (sql) => {
    const policy = sessionPolicy(configuration.settings);
    if (!(await touchSession(sql, session, client.client_id, policy, context.now, seenBy(context)))) return undefined;
    if (state !== undefined && !(await endTransaction(sql, context.tenant, state))) {
      // Two tabs resumed at once: the other one was answered.
      throw new AuthorizationError(
        new OAuthError('access_denied', 'This login was already answered'),
        authorization.target,
        client,
      );
    }
    // Logins have an event of their own where the password was checked; this tells of the use of a session.
    if (state === undefined) {
      await recordEvent(sql, context, {
        type: authorization.prompt.has('none') ? 'ssa' : 's',
        client_id: client.client_id,
        client_name: client.name,
        user_id: user.user_id,
        user_name: user.email ?? user.username ?? undefined,
        connection: session.connection,
        audience: access.api?.identifier,
        scope: access.scope.join(' '),
      });
    }
    return createCode(
      sql,
      {
        tenant: context.tenant,
        grant_id: authorizationId(context.now, user),
        client_id: client.client_id,
        user_id: user.user_id,
        session_id: session.id,
        redirect_uri: authorization.redirectUri ?? null,
        scope: access.scope.join(' '),
        audience: access.api?.identifier ?? null,
        nonce: params.get('nonce') ?? null,
        code_challenge: challenge?.value ?? null,
        code_challenge_method: challenge?.method ?? null,
        auth_time: session.auth_time,
      },
      context.now,
    );
  });
}

/** Puts the request away and leads to the page that is needed next. */
async function showPage(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: AuthorizationRequest,
  next: 'login' | 'consent',
  session: Session | undefined,
  state: string | undefined,
) {
  const { context } = request;
  const { client, params, prompt, hint } = authorization;
  const browser = browserSecret(request, reply);
  const kept = Object.fromEntries(
    REQUEST_PARAMETERS.flatMap((name) => (params.get(name) === undefined ? [] : [[name, params.get(name)!]])),
  );
  if (hint?.login !== undefined) kept.login_hint ??= hint.login;
  const sessionId = next === 'consent' ? session?.id : undefined;
  const named = await services.database.write(async (sql) => {
    if (state === undefined) {
      return beginTransaction(sql, {
        tenant: context.tenant,
        browser,
        clientId: client.client_id,
        params: kept,
        sessionId,
        now: context.now,
      });
    }
    if (sessionId !== undefined) await attachSession(sql, context.tenant, state, sessionId);
    return state;
  });
  const signup = params.get('screen_hint') === 'signup' || prompt.has('create');
  const page =
    next === 'consent'
      ? 'consent'
      : signup
        ? 'signup'
        : params.get('screen_hint') === 'reset-password'
          ? 'forgot-password'
          : 'login';
  return reply.header('cache-control', 'no-store').redirect(`/u/${page}?state=${named}`, 302);
}
