/** What the operations of `/clients` do. */
import { ApiError } from '../../http/errors.ts';
import { randomSecret } from '../../keys/secrets.ts';
import { listSigningKeys } from '../../keys/signing.ts';
import type { AccessToken } from '../../oidc/access-token.ts';
import { isPlainObject, withChanges } from '../../schema/resource.ts';
import { removeClientGrant } from '../client-grants/store.ts';
import { listCollection, pageAfter, pickFields } from '../lists.ts';
import { removeClientFromOrganizations } from '../organizations/clients/store.ts';
import { removeInvitationsOf } from '../organizations/invitations/store.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { clientsBeyond } from '../powers.ts';
import { removePoliciesOfClient } from '../rate-limit-policies/store.ts';
import { removeDependants } from '../removals.ts';
import { removeDeviceKeysOfClient } from '../users/records.ts';
import { wildcardMatcher } from '../wildcards.ts';
import { attachCredentials, removeCredentials } from './credentials.ts';
import { checkClient, newClient } from './defaults.ts';
import {
  createClient,
  deleteClient,
  getClient,
  listClientConnections,
  listClients,
  rotateClientSecret,
  updateClient,
} from './operations.ts';
import { type Client, clientResource } from './schema.ts';

export const clientRoutes: Route[] = [
  handle(listClients, async (call) => {
    const { query } = call;
    const filtered = ['is_global', 'is_first_party', 'app_type', 'external_client_id', 'q'] as const;
    // It belongs to the server, not to what is deployed to the tenant.
    const dashboard = call.configuration.settings.dashboard_client_id;
    const filter = filtered.some((name) => query[name] !== undefined)
      ? (client: Client) => matches(client, query, dashboard)
      : undefined;
    const show = await presenter(call);
    return listCollection(
      call.sql,
      call.context.tenant,
      call.services.stores.clients,
      clientResource,
      query,
      show,
      filter,
    );
  }),

  handle(createClient, async (call) => {
    const { services, context, sql } = call;
    const client = newClient(call.body, context.tenant);
    await attachCredentials(call, client);
    checkClient(client);
    if (client.resource_server_identifier) await linkResourceServer(call, client);
    await services.stores.clients.insert(sql, context.tenant, client, context.now);
    await services.configurations.touch(sql, context.tenant);
    const show = await presenter(call);
    return { ...(show(client) as object), ...secretOf(client) };
  }),

  handle(getClient, async (call) => (await presenter(call))(await requireClient(call))),

  handle(updateClient, async (call) => {
    const { services, context, sql, body } = call;
    const current = await requireClient(call);
    if (current.global && Object.keys(body).some((name) => !GLOBAL_FIELDS.has(name))) {
      throw new ApiError(
        400,
        'The global client takes changes of its login page and cross-origin settings only',
        'invalid_body',
      );
    }
    const client = withChanges(clientResource, current, body) as Client;
    if (isPlainObject(body.jwt_configuration))
      client.jwt_configuration = { ...current.jwt_configuration, ...body.jwt_configuration };
    if (body.client_authentication_methods && body.token_endpoint_auth_method === undefined)
      delete client.token_endpoint_auth_method;
    await attachCredentials(call, client);
    checkClient(client);
    await services.stores.clients.replace(sql, context.tenant, client, context.now);
    await services.configurations.touch(sql, context.tenant);
    return (await presenter(call))(client);
  }),

  handle(deleteClient, async (call) => {
    const { services, context, sql } = call;
    const { tenant } = context;
    const client = await services.stores.clients.get(sql, tenant, call.params.id);
    if (!client) return;
    if (client.global) throw new ApiError(400, 'The global client cannot be deleted', 'operation_not_supported');
    if (client.client_id === call.configuration.settings.dashboard_client_id) {
      throw new ApiError(400, "The dashboard's own client cannot be deleted", 'operation_not_supported');
    }
    await services.stores.clients.remove(sql, tenant, client.client_id);
    await removeCredentials(call, client.client_id);
    await removePoliciesOfClient(sql, tenant, client.client_id);
    await removeDeviceKeysOfClient(sql, tenant, client.client_id);
    await removeClientFromOrganizations(sql, tenant, client.client_id);
    await removeInvitationsOf(sql, services.vault, tenant, 'client', client.client_id);
    for (const grant of await services.stores.clientGrants.findAll(sql, tenant, 'client', client.client_id)) {
      await removeClientGrant(sql, tenant, services.stores.clientGrants, grant.id);
    }
    for (const connection of await services.stores.connections.list(sql, tenant)) {
      if (!connection.enabled_clients?.includes(client.client_id)) continue;
      const enabled_clients = connection.enabled_clients.filter((id) => id !== client.client_id);
      await services.stores.connections.replace(sql, tenant, { ...connection, enabled_clients }, context.now);
    }
    await removeDependants(call, 'client', client.client_id);
    await services.configurations.touch(sql, tenant);
  }),

  handle(rotateClientSecret, async (call) => {
    const { services, context, sql } = call;
    const client = { ...(await requireClient(call)), client_secret: randomSecret(48) };
    await services.stores.clients.replace(sql, context.tenant, client, context.now);
    await services.configurations.touch(sql, context.tenant);
    return { ...((await presenter(call))(client) as object), ...secretOf(client) };
  }),

  handle(listClientConnections, async (call) => {
    const client = await requireClient(call);
    const { query } = call;
    const connections = (await call.services.stores.connections.list(call.sql, call.context.tenant)).filter(
      (connection) => connection.enabled_clients?.includes(client.client_id) ?? false,
    );
    const { page, next } = pageAfter(query, connections, ({ id }) => id);
    return { connections: page.map(({ enabled_clients: _, ...shown }) => pickFields(shown, query)), ...next };
  }),
];

/** What may be changed of the client that stands for all clients. */
const GLOBAL_FIELDS = new Set([
  'custom_login_page',
  'custom_login_page_on',
  'custom_login_page_preview',
  'cross_origin_authentication',
  'cross_origin_auth',
  'cross_origin_loc',
  'allowed_logout_urls',
]);

async function requireClient(call: Call): Promise<Client> {
  const { id } = call.params as { id: string };
  const client = await call.services.stores.clients.get(call.sql, call.context.tenant, id);
  if (!client) throw new ApiError(404, 'The client does not exist', 'inexistent_client');
  return client;
}

/**
 * Makes the function that turns a stored client into an answer. The secret is shown to callers with `read:client_keys`
 * only, and that of a client with more power than a person has not to that person. The certificates are the tenant's, the
 * same for each client.
 */
async function presenter(call: Call): Promise<(client: Client) => unknown> {
  const { services, context, caller, query } = call;
  const signing_keys = await call.configuration.memo('client signing_keys', async () => {
    const keys = await listSigningKeys(services.database.read, context.tenant);
    const current = keys.find((key) => key.status === 'current');
    // Recorded: the members are there; the certificate is the one that counts.
    return current ? [{ cert: current.certificate, pkcs7: current.certificate, subject: 'deprecated' }] : [];
  });
  const isBeyond = await clientsBeyond(call);
  return (client) => {
    const { client_secret, ...rest } = client;
    const shown =
      mayReadSecret(caller, client) && !isBeyond(client.client_id)
        ? { ...rest, client_secret, signing_keys }
        : { ...rest, signing_keys };
    const picked = pickFields(shown, query as object);
    // Recorded: these are there even when other fields are asked for.
    const { tenant } = client;
    return (query as { include_fields?: boolean })?.include_fields === false
      ? picked
      : { ...picked, tenant, signing_keys };
  };
}

function mayReadSecret(caller: AccessToken, client: Client): boolean {
  return caller.scope.includes('read:client_keys') && !client.client_authentication_methods;
}

/** The secret of a client that was just made or given a new one: whoever did that must see it once. */
function secretOf(client: Client): { client_secret?: string } {
  return client.client_authentication_methods || !client.client_secret ? {} : { client_secret: client.client_secret };
}

type ListFilter = {
  is_global?: boolean;
  is_first_party?: boolean;
  app_type?: string;
  external_client_id?: string;
  q?: string;
};

function matches(client: Client, query: ListFilter, dashboard: unknown): boolean {
  const isGlobal = client.global === true || client.client_id === dashboard;
  if (query.is_global !== undefined && isGlobal !== query.is_global) return false;
  if (query.is_first_party !== undefined && (client.is_first_party ?? true) !== query.is_first_party) return false;
  if (query.app_type && !query.app_type.split(',').includes(client.app_type ?? '')) return false;
  if (query.external_client_id && client.external_client_id !== query.external_client_id) return false;
  return query.q === undefined || query.q.split(/\s+AND\s+/i).every((term) => matchesTerm(client, term));
}

/** One `field:value` term of the search language, or a word that the name contains. */
function matchesTerm(client: Client, term: string): boolean {
  const [, name, value] = /^([\w.]+):"?([^"]*)"?$/.exec(term.trim()) ?? [];
  if (name === undefined) return client.name.toLowerCase().includes(term.trim().toLowerCase());
  const found = name.split('.').reduce<unknown>((at, key) => (isPlainObject(at) ? at[key] : undefined), client);
  return found !== undefined && wildcardMatcher(value!)(String(found));
}

/** A client of type `resource_server` stands for an API that must exist and has no other client. */
async function linkResourceServer(call: Call, client: Client): Promise<void> {
  const { stores } = call.services;
  const identifier = client.resource_server_identifier!;
  const api = await stores.resourceServers.find(call.sql, call.context.tenant, 'identifier', identifier);
  if (!api) throw new ApiError(404, 'The resource server does not exist', 'inexistent_resource_server');
  await stores.resourceServers.replace(
    call.sql,
    call.context.tenant,
    { ...api, client_id: client.client_id },
    call.context.now,
  );
}
