/**
 * What a token may be for: the API that was asked for, and which of the requested scopes are granted. One place for
 * every grant, so that none can give more than another.
 */
import type { Client } from '../api/clients/schema.ts';
import type { ResourceServer } from '../api/resource-servers/schema.ts';
import { permissionsAt } from '../api/roles/permissions.ts';
import type { RequestContext } from '../http/context.ts';
import { OAuthError } from '../http/errors.ts';
import type { Services } from '../services.ts';
import { administratorScopes } from '../tenants/administrators.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';

/** `api` is undefined for tokens that are good for `/userinfo` alone. */
export type Access = { readonly api: ResourceServer | undefined; readonly scope: readonly string[] };

/** OpenID Connect Core §5.4 and §11. */
export const OIDC_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] as const;

/** What a consent to `/userinfo` alone is filed under, whichever of the tenant's hosts it was given at. */
export function userinfoAudience({ domain }: Pick<TenantConfiguration, 'domain'>): string {
  return `https://${domain}/userinfo`;
}

/** The API of an audience; undefined for none or for `/userinfo` itself. */
export async function findApi(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  requested: string | undefined,
): Promise<ResourceServer | undefined> {
  const audience = requested ?? (configuration.settings.default_audience as string | undefined);
  if (!audience || audience === `${context.site.issuer}userinfo`) return undefined;
  const api = await services.directory.resourceServer(configuration, audience);
  if (!api) throw new OAuthError('access_denied', `Service not found: ${audience.slice(0, 600)}`);
  return api;
}

/** What a client may have on behalf of a user. Scopes that nobody knows are left out, as the vendor does. */
export async function accessForUser(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  client: Client,
  request: { audience: string | undefined; scope: readonly string[] },
  userId: string | undefined,
): Promise<Access> {
  const api = await findApi(services, configuration, context, request.audience);
  const granted = api ? await apiScopesForUser(services, configuration, client, api, userId) : [];
  const known = new Set<string>([...OIDC_SCOPES, ...granted]);
  const offline =
    client.grant_types?.includes('refresh_token') && (api === undefined || api.allow_offline_access === true);
  // The dashboard does not know what its user may do: it gets all of that without naming it.
  const wanted = api?.is_system ? [...new Set([...request.scope, ...granted])] : request.scope;
  const scope = wanted.filter((name) => known.has(name) && (name !== 'offline_access' || offline));
  return { api, scope };
}

/**
 * What the API's policies let a user have through this client. An API that enforces policies knows its users: each has
 * what they were given, directly or by roles. Without a user yet, it is what anybody could have.
 */
async function apiScopesForUser(
  services: Services,
  configuration: TenantConfiguration,
  client: Client,
  api: ResourceServer,
  userId: string | undefined,
): Promise<readonly string[]> {
  const scopes = await apiScopesForClient(services, configuration, client, api, userId);
  if (!api.enforce_policies || api.is_system || userId === undefined) return scopes;
  const permissions = new Set(await permissionsAt(services.database.read, configuration.tenant, userId, api.id));
  return scopes.filter((scope) => permissions.has(scope));
}

async function apiScopesForClient(
  services: Services,
  configuration: TenantConfiguration,
  client: Client,
  api: ResourceServer,
  userId: string | undefined,
): Promise<readonly string[]> {
  const all = api.scopes?.map((scope) => scope.value) ?? [];
  // Administrators alone get scopes of the Management API for themselves, those of their roles, and only through the
  // dashboard's client.
  if (api.is_system) {
    if (client.client_id !== configuration.settings.dashboard_client_id || userId === undefined) return [];
    const theirs = await administratorScopes(services.database.read, configuration.tenant, userId);
    return all.filter((scope) => theirs.has(scope));
  }
  const policy = api.subject_type_authorization?.user?.policy ?? 'allow_all';
  if (policy === 'allow_all') return all;
  const grant = await services.directory.clientGrant(configuration, client, api.identifier, 'user');
  if (policy === 'deny_all' || !grant) {
    throw new OAuthError(
      'access_denied',
      `Client "${client.client_id}" is not authorized to access resource server "${api.identifier}".`,
    );
  }
  return grant.allow_all_scopes ? all : (grant.scope ?? []);
}

/** The most that an error repeats of the scopes of a request, in characters. */
const SHOWN_SCOPES = 600;

/** What a client may have for itself: only what a client grant says. No scope asked for means all that is granted. */
export async function accessForClient(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  client: Client,
  request: { audience: string | undefined; scope: readonly string[] },
): Promise<{ api: ResourceServer; scope: readonly string[] }> {
  const api = await findApi(services, configuration, context, request.audience);
  if (!api) throw new OAuthError('invalid_request', 'Missing required parameter: audience');
  const grant = await services.directory.clientGrant(configuration, client, api.identifier, 'client');
  if (!grant || api.subject_type_authorization?.client?.policy === 'deny_all') {
    const description = `Client is not authorized to access "${api.identifier}". You need to create a "client-grant" associated to this API.`;
    throw new OAuthError('access_denied', description);
  }
  const granted = grant.allow_all_scopes ? (api.scopes?.map((scope) => scope.value) ?? []) : (grant.scope ?? []);
  const missing = request.scope.filter((name) => !granted.includes(name)).join(', ');
  if (missing)
    throw new OAuthError('access_denied', `Client has not been granted scopes: ${missing.slice(0, SHOWN_SCOPES)}`);
  return { api, scope: request.scope.length === 0 ? granted : request.scope };
}
