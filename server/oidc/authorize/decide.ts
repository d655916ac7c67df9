/**
 * What an authorization request needs next, from stored state alone. Every step of a login hands back to this: steps
 * never call each other.
 *
 *   no session, or one that is too old, or a login was asked for   → login
 *   another user than the one the application means                → login; an error when they have just logged in
 *   something the user has not allowed this client yet             → consent
 *   nothing                                                        → a code
 */
import { getUser, type StoredUser } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { Session } from '../../sessions/store.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { type Access, accessForUser, userinfoAudience } from '../access.ts';
import { isConsented } from '../consents.ts';
import type { AuthorizationRequest } from './request.ts';

export type Decision =
  | { readonly next: 'login' }
  | { readonly next: 'refuse'; readonly reason: string }
  | { readonly next: 'consent'; readonly user: StoredUser; readonly access: Access }
  | { readonly next: 'answer'; readonly user: StoredUser; readonly access: Access };

/** What has happened in this very transaction. */
export type Progress = {
  /** The session was authenticated by it, so that what asked for a login is satisfied. */
  readonly loggedIn: boolean;
  readonly consented: boolean;
};

/** @param session the live session of the browser, if it has one */
export async function decide(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  request: AuthorizationRequest,
  session: Session | undefined,
  progress: Progress,
): Promise<Decision> {
  if (!session || (!progress.loggedIn && asksForLogin(request, session, context.now))) return { next: 'login' };
  if (request.hint && request.hint.userId !== session.user_id) {
    // OpenID Connect Core §3.1.2.1: not to be answered with somebody else, however often they log in.
    return progress.loggedIn
      ? { next: 'refuse', reason: 'Another user than that of id_token_hint' }
      : { next: 'login' };
  }
  const user = await getUser(services.database.read, context.tenant, session.user_id);
  if (!user || user.blocked || !(await mayUse(services, configuration, request, session))) return { next: 'login' };
  const { client, scope } = request;
  const audience = request.access.api?.identifier ?? `${context.site.issuer}userinfo`;
  const access = await accessForUser(services, configuration, context, client, { audience, scope }, user.user_id);
  const consent = !progress.consented && (await needsConsent(services, configuration, context, request, access, user));
  return { next: consent ? 'consent' : 'answer', user, access };
}

function asksForLogin({ prompt, maxAge }: AuthorizationRequest, session: Session, now: number): boolean {
  if (prompt.has('login') || prompt.has('select_account') || prompt.has('create')) return true;
  return maxAge !== undefined && now - session.auth_time > maxAge * 1000;
}

/** Single sign-on reaches only clients that the user's connection is enabled for. */
async function mayUse(
  services: Services,
  configuration: TenantConfiguration,
  { client, params }: AuthorizationRequest,
  session: Session,
): Promise<boolean> {
  const wanted = params.get('connection');
  const enabled = await services.directory.connectionsOf(configuration, client);
  return enabled.some(
    ({ name, realms }) =>
      name === session.connection && (wanted === undefined || wanted === name || realms?.includes(wanted)),
  );
}

/**
 * Clients of others always ask. Our own ask for APIs that do not skip it, and on localhost for every API, because there
 * anybody's program could pose as the client. The dashboard is part of this server and never asks.
 */
async function needsConsent(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  request: AuthorizationRequest,
  access: Access,
  user: StoredUser,
): Promise<boolean> {
  const { client, prompt, target } = request;
  if (client.client_id === configuration.settings.dashboard_client_id) return false;
  if (prompt.has('consent')) return true;
  if (client.is_first_party !== false) {
    if (!access.api) return false;
    if (access.api.skip_consent_for_verifiable_first_party_clients && !isLocalhost(target.redirectUri)) return false;
  }
  const party = {
    tenant: context.tenant,
    user_id: user.user_id,
    client_id: client.client_id,
    audience: consentAudience(configuration, access),
  };
  return !(await isConsented(services.database.read, party, access.scope));
}

/** What a consent is filed under: the API, or `/userinfo` of the tenant's domain. */
export function consentAudience(configuration: TenantConfiguration, access: Access): string {
  return access.api?.identifier ?? userinfoAudience(configuration);
}

function isLocalhost(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || (protocol !== 'https:' && protocol !== 'http:');
}
