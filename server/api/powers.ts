/**
 * Nobody changes what has more power over the tenant than they have: users who administer it, clients that may use the
 * Management API. Else a scope such as `update:users` would be every scope: set an administrator's password, be them.
 * The pipeline asks for what an operation names in its path or as `user_id`; handlers that find a user or client
 * another way ask here themselves.
 *
 * Also what a person does not get to see: the secrets of what they may not change.
 */
import { ApiError } from '../http/errors.ts';
import { type AccessToken, isFromBefore } from '../oidc/access-token.ts';
import type { Operation } from '../schema/operation.ts';
import { isPlainObject, type Resource, resourceOf } from '../schema/resource.ts';
import type { Sql } from '../storage/database.ts';
import { type AdministratorRole, scopesOfRoles } from '../tenants/administrator-roles.ts';
import { administratorScopes, getAdministrator, listAdministrators } from '../tenants/administrators.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import type { Call } from './pipeline.ts';
import { getUser } from './users/store.ts';

type Where = Pick<Call, 'services' | 'sql' | 'context' | 'configuration' | 'caller'>;

/** Whether the token is a person's, not a client's own: `sub` is then a user. */
function isPerson({ sub, azp }: AccessToken): boolean {
  return sub !== `${azp}@clients`;
}

/**
 * The token with what its user may do by now, which may be less than when it was given.
 * @throws ApiError 401 when the user's password was changed since
 */
export async function withPowersOfToday(sql: Sql, tenant: string, caller: AccessToken): Promise<AccessToken> {
  if (!isPerson(caller)) return caller;
  const user = await getUser(sql, tenant, caller.sub);
  if (user && isFromBefore(caller, user)) throw new ApiError(401, 'Invalid token');
  const scopes = await administratorScopes(sql, tenant, caller.sub);
  return { ...caller, scope: caller.scope.filter((scope) => scopes.has(scope)) };
}

const IN_PATH = /^\/(users|clients)\/\{(\w+)\}/;

/** @throws ApiError 403 when the operation is about somebody or something with more power than the caller */
export async function requirePower(operation: Operation, call: Where & Pick<Call, 'params' | 'body'>): Promise<void> {
  const [, kind, name] = IN_PATH.exec(operation.path) ?? [];
  const params = call.params as Readonly<Record<string, string>>;
  if (kind === 'users') await requirePowerOverUser(call, params[name!]!);
  if (kind === 'clients') await requirePowerOverClient(call, params[name!]!);
  const body: unknown = call.body;
  if (isPlainObject(body) && typeof body.user_id === 'string') await requirePowerOverUser(call, body.user_id);
}

/** @throws ApiError 403 when the user is an administrator who may do what the caller may not */
export async function requirePowerOverUser({ sql, context, caller }: Where, userId: string): Promise<void> {
  const administrator = await getAdministrator(sql, context.tenant, userId);
  if (!administrator || userId === caller.sub) return;
  requireAll(
    caller,
    scopesOfRoles(administrator.roles),
    'The user is an administrator with more scopes than the token',
  );
}

/** @throws ApiError 403 when the roles give scopes that the caller has not */
export function requirePowerOfRoles(caller: AccessToken, roles: readonly AdministratorRole[]): void {
  requireAll(caller, scopesOfRoles(roles), 'The roles give more scopes than the token');
}

/** As `requirePowerOverUser`, for everybody of a connection. */
export async function requirePowerOverUsersOf(call: Where, connection: string): Promise<void> {
  const { sql, context } = call;
  for (const { user_id } of await listAdministrators(sql, context.tenant)) {
    if ((await getUser(sql, context.tenant, user_id))?.connection === connection)
      await requirePowerOverUser(call, user_id);
  }
}

async function requirePowerOverClient(call: Where, clientId: string): Promise<void> {
  // Clients themselves go by the vendor's rules, under which these scopes alone decide.
  if (!isPerson(call.caller)) return;
  const scopes = (await powersOfClients(call)).get(clientId) ?? [];
  requireAll(call.caller, scopes, 'The client may use the Management API with more scopes than the token');
}

/** Whether a person with this token may know how a client proves itself: as the client they could do all it can do. */
export async function clientsBeyond(call: Where): Promise<(clientId: string) => boolean> {
  if (!isPerson(call.caller)) return () => false;
  const powers = await powersOfClients(call);
  const own = new Set(call.caller.scope);
  return (clientId) => (powers.get(clientId) ?? []).some((scope) => !own.has(scope));
}

/** What clients may do at the Management API, for those that may do anything. */
function powersOfClients({ services, configuration }: Where): Promise<ReadonlyMap<string, readonly string[]>> {
  return configuration.memo('powers of clients', () => readPowers(services, configuration));
}

async function readPowers(
  { database, stores }: Where['services'],
  { tenant, settings }: TenantConfiguration,
): Promise<Map<string, string[]>> {
  const api = await stores.resourceServers.find(database.read, tenant, 'system', 'true');
  const all = api?.scopes?.map(({ value }) => value) ?? [];
  const grants = api ? await stores.clientGrants.findAll(database.read, tenant, 'audience', api.identifier) : [];
  const powers = new Map<string, string[]>();
  for (const { client_id, scope, allow_all_scopes } of grants) {
    const more = allow_all_scopes ? all : (scope ?? []);
    if (client_id) powers.set(client_id, [...(powers.get(client_id) ?? []), ...more]);
  }
  // Who may change where the dashboard's client sends its codes gets what administrators get.
  powers.set(String(settings.dashboard_client_id), all);
  return powers;
}

function requireAll(caller: AccessToken, scopes: Iterable<string>, problem: string): void {
  const own = new Set(caller.scope);
  const missing = [...scopes].filter((scope) => !own.has(scope));
  if (missing.length === 0) return;
  throw new ApiError(403, `${problem}, which lacks ${missing.slice(0, 3).join(', ')}`, 'insufficient_power');
}

/** Members of secret fields that are credentials; the rest of such a field, such as a password policy, is shown. */
const CREDENTIAL =
  /(secret|token|authorization|password|passphrase|api_?key|write_?key|private_?key|access_?key|scripts)$|^(configuration|sumoSourceAddress|pass)$/i;
const HIDDEN = '*****';

/**
 * An answer as the caller may see it: who looks at settings without the scope to change them sees no secrets in them.
 * Clients see what the vendor shows them.
 */
export function withoutSecrets(operation: Operation, caller: AccessToken, answer: unknown): unknown {
  const resource = readResource(operation);
  if (!resource || resource.secrets.length === 0 || !isPerson(caller)) return answer;
  const changing = operation.scopes.flatMap((scope) =>
    ['update:', 'create:'].map((verb) => scope.replace('read:', verb)),
  );
  if (changing.some((scope) => caller.scope.includes(scope))) return answer;
  if (Array.isArray(answer)) return answer.map((item) => hidden(resource, item));
  if (!isPlainObject(answer)) return answer;
  const items = answer[resource.plural];
  if (!Array.isArray(items)) return hidden(resource, answer);
  return { ...answer, [resource.plural]: items.map((item) => hidden(resource, item)) };
}

function readResource({ response }: Operation): Resource | undefined {
  const either = (response as { anyOf?: NonNullable<Operation['response']>[] } | undefined)?.anyOf;
  return resourceOf(response) ?? either?.map(resourceOf).find(Boolean);
}

function hidden(resource: Resource, item: unknown): unknown {
  if (!isPlainObject(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, resource.secrets.includes(name) ? concealed(value) : value]),
  );
}

function concealed(value: unknown): unknown {
  if (typeof value === 'string') return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : concealed(item)));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !CREDENTIAL.test(name) || typeof inner === 'string')
      .map(([name, inner]) => [
        name,
        CREDENTIAL.test(name) ? HIDDEN : typeof inner === 'string' ? inner : concealed(inner),
      ]),
  );
}
