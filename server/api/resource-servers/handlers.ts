/** What the operations of `/resource-servers` do. */
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../http/errors.ts';
import { randomHex, randomSecret } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { removeClientGrant } from '../client-grants/store.ts';
import { invalidBody } from '../invalid.ts';
import { listCollection } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { removePermissionsOfApi } from '../roles/permissions.ts';
import {
  createResourceServer,
  deleteResourceServer,
  getResourceServer,
  listResourceServers,
  updateResourceServer,
} from './operations.ts';
import { type ResourceServer, resourceServerResource } from './schema.ts';

export const resourceServerRoutes: Route[] = [
  handle(listResourceServers, (call) => {
    const { query, services, context } = call;
    const wanted =
      query.identifiers === undefined
        ? undefined
        : new Set([query.identifiers].flat().flatMap((text) => text.split(',')));
    const filter = wanted && ((api: ResourceServer) => wanted.has(api.identifier));
    return listCollection(
      call.sql,
      context.tenant,
      services.stores.resourceServers,
      resourceServerResource,
      query,
      presenter(call),
      filter,
    );
  }),

  handle(createResourceServer, async (call) => {
    const { services, context, sql, body } = call;
    const { resourceServers } = services.stores;
    if (await resourceServers.find(sql, context.tenant, 'identifier', body.identifier as string)) {
      throw new ApiError(409, 'The specified resource server identifier already exists', 'resource_conflict');
    }
    const api = withDefaults(resourceServerResource, body) as ResourceServer;
    api.id = randomHex(24);
    check(api);
    await resourceServers.insert(sql, context.tenant, withSecret(api), context.now);
    await services.configurations.touch(sql, context.tenant);
    return presenter(call)(api);
  }),

  handle(getResourceServer, async (call) => presenter(call)(await requireApi(call))),

  handle(updateResourceServer, async (call) => {
    const { services, context, sql, body } = call;
    const current = await requireApi(call);
    // What is sent as it is changes nothing: deployment tools send back what they have exported.
    const isChange = ([name, value]: [string, unknown]) =>
      !SYSTEM_FIELDS.has(name) && !isDeepStrictEqual(value, current[name as keyof ResourceServer]);
    if (current.is_system && Object.entries(body).some(isChange)) {
      throw new ApiError(
        400,
        'The Management API takes changes of its token lifetime and consent only',
        'operation_not_supported',
      );
    }
    const api = withChanges(resourceServerResource, current, body) as ResourceServer;
    check(api);
    await services.stores.resourceServers.replace(sql, context.tenant, withSecret(api), context.now);
    const remaining = new Set(api.scopes?.map((scope) => scope.value));
    const gone = current.scopes?.filter(({ value }) => !remaining.has(value)) ?? [];
    if (gone.length > 0) await removePermissionsOfApi(sql, context.tenant, api.id, [...remaining]);
    await services.configurations.touch(sql, context.tenant);
    return presenter(call)(api);
  }),

  handle(deleteResourceServer, async (call) => {
    const { services, context, sql } = call;
    const api = await findApi(call);
    if (!api) return;
    if (api.is_system) throw new ApiError(400, 'The Management API cannot be deleted', 'operation_not_supported');
    await services.stores.resourceServers.remove(sql, context.tenant, api.id);
    await removePermissionsOfApi(sql, context.tenant, api.id);
    for (const grant of await services.stores.clientGrants.findAll(sql, context.tenant, 'audience', api.identifier)) {
      await removeClientGrant(sql, context.tenant, services.stores.clientGrants, grant.id);
    }
    await services.configurations.touch(sql, context.tenant);
  }),
];

const SYSTEM_FIELDS = new Set([
  'token_lifetime',
  'token_lifetime_for_web',
  'skip_consent_for_verifiable_first_party_clients',
]);

async function findApi(call: Call): Promise<ResourceServer | undefined> {
  const { resourceServers } = call.services.stores;
  const { id } = call.params as { id: string };
  return (
    (await resourceServers.get(call.sql, call.context.tenant, id)) ??
    (await resourceServers.find(call.sql, call.context.tenant, 'identifier', id))
  );
}

async function requireApi(call: Call): Promise<ResourceServer> {
  const api = await findApi(call);
  if (!api) throw new ApiError(404, 'The resource server does not exist', 'inexistent_resource_server');
  return api;
}

function check(api: ResourceServer): void {
  const values = api.scopes?.map((scope) => scope.value) ?? [];
  const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (twice >= 0) {
    throw invalidBody(`Array items are not unique (indexes ${values.indexOf(values[twice]!)} and ${twice})`, 'scopes');
  }
  if (values.some((value) => /\s/.test(value))) {
    // RFC 6749 §3.3: a scope token holds no space.
    throw invalidBody('A scope holds no space', 'scopes');
  }
}

/** HS256 needs a secret that both sides know; one is made when none is given. */
function withSecret(api: ResourceServer): ResourceServer {
  if (api.signing_alg === 'HS256') api.signing_secret ??= randomSecret(32);
  return api;
}

function presenter(call: Call): (api: ResourceServer) => unknown {
  const showSecret = call.caller.scope.includes('update:resource_servers');
  return ({ signing_secret, ...api }) => (signing_secret && showSecret ? { ...api, signing_secret } : api);
}
