/**
 * Ending a browser session: /v2/logout (the vendor's, never asks) and /oidc/logout (OpenID Connect RP-Initiated Logout
 * 1.0, asks when nothing shows that the request comes from who is logged in). Both run through the same steps:
 *
 *   client    named by `client_id` or by the ID token                     error page
 *   target    registered for the client, or for the tenant without one    error page
 *   proof     an ID token or session id of this very session (/oidc)      confirmation page
 *   end       the session, its cookie, the log event
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../../api/clients/schema.ts';
import { getUser } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import { OAuthError, PageError, refusedAddress } from '../../http/errors.ts';
import { redirectTo } from '../../http/redirect.ts';
import { renderLogout } from '../../login/logout/page.ts';
import { pageView, sendPage } from '../../login/respond.ts';
import { browserSecret, checkForm, formToken } from '../../login/transaction.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { clearSessionCookie, sessionOf } from '../../sessions/cookie.ts';
import { endSession, type Session } from '../../sessions/store.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { verifyIdToken } from '../id-token.ts';
import { type Params, readParams } from '../params.ts';
import { matchLogoutUrl, registeredLogoutUrls } from './allowed-urls.ts';

export function registerLogout(app: FastifyInstance, services: Services): void {
  app.get('/v2/logout', async (request, reply) => vendorLogout(services, request, reply));
  const oidc = async (request: FastifyRequest, reply: FastifyReply) => oidcLogout(services, request, reply);
  app.get('/oidc/logout', { config: { family: 'page' } }, oidc);
  app.post('/oidc/logout', { config: { family: 'page' } }, oidc);
  app.post(CONFIRM, async (request, reply) => {
    checkForm(services.vault, request, FORM);
    return oidcLogout(services, request, reply, true);
  });
}

const CONFIRM = '/u/logout';
/** What the token of the confirmation form is for. */
const FORM = 'logout';

/** A logout request that passed its checks. */
type Logout = {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly configuration: TenantConfiguration;
  readonly client: Client | undefined;
  /** Where to go afterwards. */
  readonly target: string | undefined;
  readonly session: Session | undefined;
};

async function vendorLogout(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const params = pageParams(request.query);
  const configuration = await services.configurations.of(request.context.tenant);
  const client = await findClient(services, configuration, params.get('client_id'));
  const registered = registeredLogoutUrls(configuration, request.context, client);
  const returnTo = params.get('returnTo');
  const target =
    checkedTarget(registered, client, 'returnTo', returnTo) ?? registered.find((url) => !url.includes('*'));
  const session = await sessionOf(services.database.read, request);
  return end({ services, request, reply, configuration, client, target, session });
}

async function oidcLogout(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  confirmed = false,
): Promise<FastifyReply> {
  const { context } = request;
  const params = pageParams(request.query, request.body);
  const configuration = await services.configurations.of(context.tenant);
  const hint = await readIdToken(services, configuration, context, params.get('id_token_hint'));
  const clientId = params.get('client_id');
  if (hint && clientId !== undefined && clientId !== hint.clientId) {
    throw new PageError('invalid_request', 'Log out', 'client_id is not the client of the id_token_hint.');
  }
  const client = await findClient(services, configuration, clientId ?? hint?.clientId);
  const registered = registeredLogoutUrls(configuration, context, client);
  const uri = checkedTarget(registered, client, 'post_logout_redirect_uri', params.get('post_logout_redirect_uri'));
  const target = uri && withState(uri, params.get('state'));
  const session = await sessionOf(services.database.read, request);
  const logout: Logout = { services, request, reply, configuration, client, target, session };
  const proven =
    session !== undefined &&
    (params.get('logout_hint') === session.id || hint?.sid === session.id || hint?.sub === session.user_id);
  if (!session || proven || confirmed) return end(logout);
  return askFirst(logout, params);
}

/** §3 of the specification: `state` goes back as it came. */
function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  const url = new URL(uri);
  url.searchParams.append('state', state);
  return url.href;
}

function pageParams(...sources: unknown[]): Params {
  const params = readParams(...sources);
  return {
    ...params,
    get(name) {
      try {
        return params.get(name);
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error;
        throw new PageError(error.code, 'The request is malformed', error.description);
      }
    },
  };
}

async function findClient(
  services: Services,
  configuration: TenantConfiguration,
  id: string | undefined,
): Promise<Client | undefined> {
  if (id === undefined) return undefined;
  const client = await services.directory.client(configuration, id);
  if (client) return client;
  throw new PageError('invalid_request', 'Unknown client', 'The client_id of the request is unknown.');
}

function checkedTarget(
  registered: readonly string[],
  client: Client | undefined,
  name: string,
  given: string | undefined,
): string | undefined {
  if (given === undefined || matchLogoutUrl(registered, given)) return given;
  const setting = client
    ? ['Clients', client.name, 'Settings', 'Allowed Logout URLs']
    : ['Tenant settings', 'Sessions', 'Allowed logout URLs'];
  throw refusedAddress('Unknown logout URL', name, given, setting);
}

type IdTokenHint = { readonly clientId: string; readonly sub: unknown; readonly sid: unknown };

/** An ID token of ours, expired or not (RP-Initiated Logout §2). */
async function readIdToken(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  token: string | undefined,
): Promise<IdTokenHint | undefined> {
  if (token === undefined) return undefined;
  const verified = await verifyIdToken(services, configuration, context, token);
  if (!verified) {
    throw new PageError('invalid_request', 'Log out', 'The id_token_hint is not an ID token of this server.');
  }
  return { clientId: verified.clientId, sub: verified.claims.sub, sid: verified.claims.sid };
}

/** Anybody can send a browser here; only who presses the button logs out (CSRF). */
async function askFirst({ services, request, reply, configuration, session }: Logout, params: Params) {
  const user = session && (await getUser(services.database.read, request.context.tenant, session.user_id));
  const view = await pageView(services, request, configuration);
  const hidden = Object.fromEntries(
    ['client_id', 'id_token_hint', 'post_logout_redirect_uri'].flatMap((name) => {
      const value = params.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const state = params.get('state');
  const account = user?.email ?? user?.username ?? user?.name;
  const markup = renderLogout({
    ...view,
    status: 'confirm',
    csrf: formToken(services.vault, browserSecret(request, reply), FORM),
    action: CONFIRM,
    hidden,
    ...(state === undefined ? {} : { state }),
    ...(account ? { account } : {}),
  });
  return sendPage(reply, view, markup, { target: params.get('post_logout_redirect_uri') });
}

async function end({ services, request, reply, configuration, client, target, session }: Logout) {
  const { context } = request;
  if (session) {
    await services.database.write(async (sql) => {
      await endSession(sql, context.tenant, session.id);
      await recordEvent(sql, context, {
        type: 'slo',
        description: 'User successfully logged out',
        client_id: client?.client_id,
        client_name: client?.name,
        user_id: session.user_id,
        connection: session.connection,
        details: { session_id: session.id },
      });
    });
  }
  clearSessionCookie(request, reply);
  reply.header('cache-control', 'no-store');
  if (target !== undefined) return redirectTo(reply, target, request.method === 'POST' ? 303 : 302);
  const view = await pageView(services, request, configuration);
  return sendPage(reply, view, renderLogout({ ...view, status: 'done' }));
}
