/** Asks the user whether the application may have what it asks for. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { getUser, type StoredUser } from '../../api/users/store.ts';
import { OAuthError, PageError } from '../../http/errors.ts';
import { recordEvent } from '../../logs/events.ts';
import { consentAudience } from '../../oidc/authorize/decide.ts';
import {
  AuthorizationError,
  type AuthorizationRequest,
  readAuthorizationRequest,
} from '../../oidc/authorize/request.ts';
import { sendAuthorizationResponse } from '../../oidc/authorize/response.ts';
import { rememberConsent } from '../../oidc/consents.ts';
import { readParams } from '../../oidc/params.ts';
import type { Services } from '../../services.ts';
import { sessionOf } from '../../sessions/cookie.ts';
import { eventOf, openStep, posted, resume, type Step, show } from '../step.ts';
import { texts } from '../texts.ts';
import { endTransaction, markConsented } from '../transaction.ts';
import { renderConsent } from './page.ts';

export function registerConsent(app: FastifyInstance, services: Services): void {
  app.get('/u/consent', async (request, reply) => {
    const step = await openStep(services, request, reply);
    return showConsent(step).catch(resumeIfRefused(step));
  });
  app.post('/u/consent', async (request, reply) => {
    const step = await openStep(services, request, reply);
    const answer = posted(request, 'decision') === 'allow' ? allow(step) : deny(step);
    return answer.catch(resumeIfRefused(step));
  });
}

/** What was asked for may have gone meanwhile, such as the API: the dispatcher tells the application. */
function resumeIfRefused(step: Step) {
  return (error: unknown): FastifyReply => {
    if (error instanceof AuthorizationError) return resume(step);
    throw error;
  };
}

/** Who consents: by the session that this transaction authenticated or found, never by another one. */
async function whoConsents({
  services,
  request,
  transaction,
}: Step): Promise<{ readonly user: StoredUser; readonly sessionId: string }> {
  const session = await sessionOf(services.database.read, request);
  const theirs = session?.id === transaction.sessionId ? session : undefined;
  const user = theirs && (await getUser(services.database.read, request.context.tenant, theirs.user_id));
  if (!user)
    throw new PageError('invalid_request', 'You are logged out', 'Go back to the application and log in again.');
  return { user, sessionId: theirs.id };
}

function authorizationOf({ services, configuration, request, transaction }: Step): Promise<AuthorizationRequest> {
  return readAuthorizationRequest(services, configuration, request.context, readParams(transaction.params));
}

async function showConsent(step: Step): Promise<FastifyReply> {
  const { user } = await whoConsents(step);
  const { access, target } = await authorizationOf(step);
  const { view, client } = step;
  const profile = access.scope.filter(
    (name) => !access.api?.scopes?.some(({ value }) => value === name) && name !== 'openid',
  );
  const requested = access.api?.scopes?.filter(({ value }) => access.scope.includes(value)) ?? [];
  const described = texts(view).scopes as Readonly<Record<string, string>>;
  const apis = [
    ...(profile.length > 0 || requested.length === 0
      ? [
          {
            name: view.brand.name,
            scopes: (profile.length > 0 ? profile : ['openid']).map((value) => ({
              value,
              description: described[value] ?? null,
            })),
          },
        ]
      : []),
    ...(requested.length > 0
      ? [
          {
            name: access.api!.name ?? access.api!.identifier,
            scopes: requested.map(({ value, description }) => ({ value, description: description ?? null })),
          },
        ]
      : []),
  ];
  const markup = renderConsent({
    ...view,
    client: { name: client.name, logo_url: client.logo_uri ?? null },
    account: user.email ?? user.username ?? user.name ?? user.user_id,
    apis,
    redirectHost: new URL(target.redirectUri).host,
  });
  return show(step, markup);
}

async function allow(step: Step): Promise<FastifyReply> {
  const { user, sessionId } = await whoConsents(step);
  const { access } = await authorizationOf(step);
  const { services, request, configuration, client, transaction } = step;
  const { tenant, now } = request.context;
  const party = {
    tenant,
    user_id: user.user_id,
    client_id: client.client_id,
    audience: consentAudience(configuration, access),
  };
  await services.database.write(async (sql) => {
    await rememberConsent(sql, party, access.scope, now);
    await markConsented(sql, tenant, transaction.state, sessionId);
  });
  return resume(step);
}

/** RFC 6749 §4.1.2.1. */
async function deny(step: Step): Promise<FastifyReply> {
  const { target } = await authorizationOf(step);
  const { services, request, reply, transaction } = step;
  const error = new OAuthError('access_denied', 'User did not authorize the request');
  await services.database.write(async (sql) => {
    await endTransaction(sql, request.context.tenant, transaction.state);
    await recordEvent(sql, request.context, { type: 'f', description: error.description, ...eventOf(step) });
  });
  return sendAuthorizationResponse(reply, target, { error: error.code, error_description: error.description });
}
